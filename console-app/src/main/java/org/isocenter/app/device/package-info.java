/** Which scanner, how it is, and what the person at the console prefers. */
package org.isocenter.app.device;
