/** Curves with axes. */
package org.isocenter.app.plot;
