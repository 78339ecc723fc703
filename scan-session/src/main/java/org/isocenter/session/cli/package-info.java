/** The command line. Names, options, exit codes and JSON keys are a contract with scripts: extended, never renamed. */
package org.isocenter.session.cli;
