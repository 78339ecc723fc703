package org.isocenter.hardware.stream;

/** Puts the parts of windows together. One thread. */
final class ReadoutCollector {
    private final int channels;
    private final int windows;
    private final int longest;
    private Window window;
    private int filled;
    private int nextIndex;

    /**
     * @param channels receive channels that the device has
     * @param windows of the table
     * @param longest samples of the table's longest window
     */
    ReadoutCollector(int channels, int windows, int longest) {
        this.channels = channels;
        this.windows = windows;
        this.longest = longest;
    }

    /** One window with all its samples, planar. */
    record Window(int index, int channels, int samples, float[] real, float[] imaginary) {}

    /**
     * The next part.
     *
     * @return the window when it is whole, else null
     * @throws FrameFormatException when the part does not follow the one before
     */
    Window take(Frame frame) throws FrameFormatException {
        ReadoutHeader part = ReadoutHeader.read(frame);
        if (part.channels() != channels || part.whole() > longest) {
            throw new FrameFormatException("a READOUT frame brings " + part.channels() + " channels of " + part.whole()
                    + " samples where the table asks for " + channels + " of " + longest + " at most");
        }
        if (part.index() >= windows) {
            throw new FrameFormatException(
                    "a READOUT frame brings window " + part.index() + " of a table of " + windows);
        }
        if (window == null) {
            if (part.index() < nextIndex || part.first() != 0) {
                throw new FrameFormatException("a READOUT frame brings window " + part.index() + " from sample "
                        + part.first() + " where window " + nextIndex + " should begin");
            }
            int all = part.channels() * part.whole();
            window = new Window(part.index(), part.channels(), part.whole(), new float[all], new float[all]);
            filled = 0;
        } else if (part.index() != window.index
                || part.first() != filled
                || part.whole() != window.samples
                || part.channels() != window.channels) {
            throw new FrameFormatException("a READOUT frame brings window " + part.index() + " from sample "
                    + part.first() + " where window " + window.index + " should go on at sample " + filled);
        }
        for (int channel = 0; channel < part.channels(); channel++) {
            int from = channel * part.whole() + part.first();
            for (int s = from; s < from + part.samples(); s++) {
                window.real[s] = frame.f32();
                window.imaginary[s] = frame.f32();
            }
        }
        filled += part.samples();
        if (filled < window.samples) {
            return null;
        }
        Window whole = window;
        window = null;
        nextIndex = whole.index + 1;
        return whole;
    }
}
