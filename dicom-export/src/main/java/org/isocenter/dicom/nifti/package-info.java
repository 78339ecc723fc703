/** Images for programs of research: NIfTI-1 volumes with what BIDS wants to know beside them. */
package org.isocenter.dicom.nifti;
