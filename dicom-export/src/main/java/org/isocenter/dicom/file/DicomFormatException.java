package org.isocenter.dicom.file;

import java.io.IOException;
import org.isocenter.dicom.data.Dictionary;

/** Bytes that are not the DICOM that is read here. The message says in what, at which byte and attribute, and what is wrong. */
public final class DicomFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final int tag;

    /**
     * @param source file name, or what else the bytes came from
     * @param offset byte, from 0
     * @param tag attribute that was being read; 0 before the first
     */
    DicomFormatException(String source, long offset, int tag, String problem) {
        super(source + ": at byte " + offset + (tag == 0 ? "" : ", " + Dictionary.describe(tag)) + ": " + problem);
        this.offset = offset;
        this.tag = tag;
    }

    /** The byte, from 0. */
    public long offset() {
        return offset;
    }

    /** The attribute that was being read; 0 before the first. */
    public int tag() {
        return tag;
    }
}
