/** What goes to the hospital's systems, and whom this console speaks with. */
package org.isocenter.app.hospital;
