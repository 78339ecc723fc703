/** Images and k-space on the screen. */
package org.isocenter.app.viewer;
