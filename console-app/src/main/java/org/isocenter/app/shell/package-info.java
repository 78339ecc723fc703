/** The window as a whole: what is wired to what, the layout, keys, and the theme. */
package org.isocenter.app.shell;
