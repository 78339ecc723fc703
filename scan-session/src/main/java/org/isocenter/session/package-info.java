/** A scan from protocol to archive, with no toolkit. */
package org.isocenter.session;
