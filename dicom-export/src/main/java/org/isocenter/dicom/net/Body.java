package org.isocenter.dicom.net;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** An encoded data set on its way out. */
record Body(InputStream in, long length) {
    static Body of(byte[] bytes) {
        return new Body(new ByteArrayInputStream(bytes), bytes.length);
    }
}
