package org.isocenter.hardware.stream;

/**
 * What a READOUT says of its samples. They follow it: for each channel real and imaginary part, f32, sample by sample.
 *
 * @param index of the window in the table
 * @param clipped whether a sample met the converter's end
 * @param lossy whether samples were lost and are zero
 * @param startTick of the window
 * @param whole samples of the window, per channel
 * @param first of them that is in this part
 * @param samples in this part, per channel
 */
public record ReadoutHeader(
        int index, boolean clipped, boolean lossy, int channels, long startTick, int whole, int first, int samples) {
    static final int BYTES = 32;
    private static final int CLIPPED = 1;
    private static final int LOSSY = 2;
    /** Of one window, all channels: 2 GB would not fit into an array. */
    private static final long MOST_SAMPLES = 1L << 28;

    static ReadoutHeader read(Frame frame) throws FrameFormatException {
        int index = frame.count();
        int flags = frame.u16();
        int channels = frame.u16();
        long start = frame.u64();
        int whole = frame.count();
        int first = frame.count();
        int samples = frame.count();
        frame.skip(4);
        if (channels == 0
                || samples == 0
                || (long) first + samples > whole
                || (long) channels * whole > MOST_SAMPLES
                || (long) channels * samples * 8 != frame.remaining()) {
            throw new FrameFormatException(
                    "a READOUT frame of window " + index + " has " + channels + " channels, samples "
                            + first + " to " + ((long) first + samples) + " of " + whole + ", and " + frame.remaining()
                            + " bytes of them");
        }
        return new ReadoutHeader(
                index, (flags & CLIPPED) != 0, (flags & LOSSY) != 0, channels, start, whole, first, samples);
    }

    /**
     * Writes a part of a window.
     *
     * @param real planar: sample s of channel c at {@code c*whole+s}
     * @param imaginary as {@code real}
     */
    void write(FrameWriter frame, float[] real, float[] imaginary) {
        frame.begin(FrameType.READOUT)
                .u32(index)
                .u16((clipped ? CLIPPED : 0) | (lossy ? LOSSY : 0))
                .u16(channels)
                .u64(startTick)
                .u32(whole)
                .u32(first)
                .u32(samples)
                .u32(0);
        for (int channel = 0; channel < channels; channel++) {
            int from = channel * whole + first;
            for (int s = from; s < from + samples; s++) {
                frame.f32(real[s]).f32(imaginary[s]);
            }
        }
    }
}
