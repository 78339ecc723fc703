/** Runs a scan from a protocol or sequence file to images, DICOM and the archive, and finishes scans that were cut short. */
package org.isocenter.session.run;
