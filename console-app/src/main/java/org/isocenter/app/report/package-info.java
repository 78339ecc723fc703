/** What is known of a scan besides its images: checks, timing, signal-to-noise, notes. */
package org.isocenter.app.report;
