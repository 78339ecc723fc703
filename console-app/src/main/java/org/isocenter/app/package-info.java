/** The operator window. */
package org.isocenter.app;
