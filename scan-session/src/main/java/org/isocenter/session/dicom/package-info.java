/** Whom this console speaks DICOM with, and what for: the settings in the Isocenter home. */
package org.isocenter.session.dicom;
