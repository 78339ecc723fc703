package org.isocenter.model;

/** Range of one encoding counter, and the value at the centre of k-space. MRD's encodingLimits. */
public record EncodingLimits(int minimum, int maximum, int center) {
    public static final EncodingLimits NONE = new EncodingLimits(0, 0, 0);

    /** 0 … {@code count}-1, centred at {@code count/2}. */
    public static EncodingLimits ofCount(int count) {
        return new EncodingLimits(0, count - 1, count / 2);
    }

    public int count() {
        return maximum - minimum + 1;
    }
}
