package org.isocenter.dicom.nifti;

import java.io.IOException;

/** Images that are no volume: the message says of which series, and why. */
public final class NiftiException extends IOException {
    private static final long serialVersionUID = 1L;

    NiftiException(String series, String problem) {
        super("series " + series + ": " + problem);
    }
}
