/** Images on media that are carried: file-sets with a DICOMDIR (PS3.10, PS3.11 annex D). */
package org.isocenter.dicom.media;
