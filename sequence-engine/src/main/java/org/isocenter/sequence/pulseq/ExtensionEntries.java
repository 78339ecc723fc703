package org.isocenter.sequence.pulseq;

import org.isocenter.model.Rotation;
import org.isocenter.sequence.Extension;

/** Makes extensions from what a file holds, and refuses what none can be made from. */
final class ExtensionEntries {
    /** As the interpreters have it. */
    private static final int MAX_SHIM_CHANNELS = 256;

    private ExtensionEntries() {}

    static Extension softDelay(Place at, int number, double offsetPs, double factor, String hint)
            throws PulseqFormatException {
        if (!(Math.abs(offsetPs) <= Fields.MAX_EVENT_PS)) {
            throw at.error("offset is longer than 28 hours");
        }
        if (factor == 0) {
            throw at.error("factor is 0; a delay cannot be divided by it");
        }
        if (!hint.matches("[^\\s\\p{Cntrl}#]+")) {
            throw at.error("hint is '" + PulseqText.printable(hint) + "', expected a word");
        }
        return new Extension.SoftDelay(number, Math.round(offsetPs), factor, hint);
    }

    static Extension rotation(Place at, double w, double x, double y, double z) throws PulseqFormatException {
        double norm = Math.sqrt(w * w + x * x + y * y + z * z);
        if (!(Math.abs(norm - 1) <= 1e-3)) {
            throw at.error("the quaternion has the norm " + norm + ", expected 1");
        }
        return new Extension.Turn(new Rotation(w, x, y, z));
    }

    /** @param values how many there are, before they are read */
    static void checkChannels(Place at, int channels, long values) throws PulseqFormatException {
        if (channels > MAX_SHIM_CHANNELS) {
            throw at.error("an RF shim for " + channels + " channels; " + MAX_SHIM_CHANNELS + " are the most");
        }
        if (values != 2L * channels) {
            throw at.error(values + " values for " + channels + " channels, expected twice as many");
        }
    }
}
