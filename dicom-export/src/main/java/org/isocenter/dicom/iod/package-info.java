/** Information objects: what a scan becomes in DICOM. */
package org.isocenter.dicom.iod;
