/** What waits to be sent to the hospital's systems, and the work of sending it. */
package org.isocenter.session.outbox;
