package org.isocenter.hardware.stream;

/** Sends windows as READOUT frames, in as many parts as the host's frames need. One thread. */
public final class ReadoutSender {
    private static final int SAMPLE_BYTES = 8;
    private final Exchange exchange;
    private final FrameWriter frame;

    /** @param largest longest frame that the host takes */
    public ReadoutSender(Exchange exchange, int largest) {
        this.exchange = exchange;
        frame = new FrameWriter(largest);
    }

    /**
     * Puts one window.
     *
     * @param index of the window in the table
     * @param clipped whether a sample met the converter's end
     * @param startTick at which it started
     * @param real planar: sample s of channel c at {@code c*samples+s}
     * @param imaginary as {@code real}
     * @param timeoutMillis how long to wait for room
     * @return false when there was no room: then nothing of it or only a part is sent
     */
    public boolean send(
            int index,
            boolean clipped,
            long startTick,
            int channels,
            int samples,
            float[] real,
            float[] imaginary,
            int timeoutMillis)
            throws InterruptedException {
        int most = (frame.largestPayload() - ReadoutHeader.BYTES) / (SAMPLE_BYTES * channels);
        for (int first = 0; first < samples; first += most) {
            int part = Math.min(most, samples - first);
            new ReadoutHeader(index, clipped, false, channels, startTick, samples, first, part)
                    .write(frame, real, imaginary);
            if (!exchange.put(frame, timeoutMillis)) {
                return false;
            }
        }
        return true;
    }
}
