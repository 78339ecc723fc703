/** What people read: the words of the window, and numbers as they are written there. */
package org.isocenter.app.text;
