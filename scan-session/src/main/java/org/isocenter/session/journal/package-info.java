/** The journal of a scan: every readout is on disk before anyone sees it, and what is on disk can be read after a crash. */
package org.isocenter.session.journal;
