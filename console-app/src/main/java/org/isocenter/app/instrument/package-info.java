/** The instruments beside the scanner: what they are, how they are, and what can be done with them by hand. */
package org.isocenter.app.instrument;
