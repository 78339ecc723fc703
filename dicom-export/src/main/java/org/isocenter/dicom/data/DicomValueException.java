package org.isocenter.dicom.data;

/**
 * A value that its attribute cannot hold. The message names the attribute and the rule; it never repeats text that may
 * identify a patient.
 */
public final class DicomValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int tag;

    public DicomValueException(int tag, String problem) {
        super(Dictionary.describe(tag) + " " + problem);
        this.tag = tag;
    }

    /** The attribute. */
    public int tag() {
        return tag;
    }
}
