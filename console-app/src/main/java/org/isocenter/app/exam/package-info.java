/** Who lies in the magnet, what has been scanned, what comes next, and what was scanned before. */
package org.isocenter.app.exam;
