/** Threads: the one way on to the JavaFX thread, and the one way off it. */
package org.isocenter.app.fx;
