/** DICOM objects and files, as a modality needs them. */
package org.isocenter.dicom;
