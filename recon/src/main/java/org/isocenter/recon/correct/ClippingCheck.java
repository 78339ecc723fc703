package org.isocenter.recon.correct;

import java.util.Locale;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.mrd.MrdNotes;

/**
 * Tells when the receiver was driven beyond its range, which bends what is bright and puts haloes around it. Raw data do not
 * say where the range ends, so its marks are looked for: real or imaginary parts that stay at one and the same largest value
 * (a converter of the base band), or magnitudes with a flat top and steep sides (one at radio frequency). Signals just
 * beyond the range of the latter show neither, and are not found.
 */
public final class ClippingCheck {
    /** Equal but for rounding. */
    private static final float SAME = 1e-6f;
    /** So many samples after one another at the same value are no chance. */
    private static final int RUN = 3;

    private static final int LEAST_SAMPLES = 4;

    private static final float FLAT = 0.99f;
    private static final int FLAT_RUN = 4;
    /** Half a flat top further out, a smooth top is 4 % lower at the most. */
    private static final float STEEP = 0.9f;

    private ClippingCheck() {}

    /**
     * How many samples, in how many readouts, the first of them.
     *
     * @param firstReadout its number; -1 when there is none
     */
    record Found(int samples, int readouts, int firstReadout) {
        boolean isAny() {
            return samples >= LEAST_SAMPLES;
        }
    }

    /** Looks at each receive channel by itself and adds a note for each one that clips. */
    public static void tell(RawData raw, MrdNotes notes) {
        int size = raw.size();
        int channels = 0;
        for (int i = 0; i < size; i++) {
            channels = Math.max(channels, raw.readout(i).header().channels());
        }
        for (int channel = 0; channel < channels; channel++) {
            Found found = find(raw, size, channel);
            if (found.isAny()) {
                notes.add(String.format(
                        Locale.ROOT,
                        "the receiver was driven beyond its range: %d samples of %d readouts are clipped in channel %d, the first"
                                + " in readout %d: lower the receive gain and scan again",
                        found.samples(),
                        found.readouts(),
                        channel,
                        found.firstReadout()));
            }
        }
    }

    static Found find(RawData raw, int size, int channel) {
        float mostPart = 0;
        float mostMagnitude = 0;
        for (int i = 0; i < size; i++) {
            Readout readout = raw.readout(i);
            if (isLookedAt(readout.header(), channel)) {
                for (int at = from(readout, channel); at < to(readout, channel); at++) {
                    float re = Math.abs(readout.real()[at]);
                    float im = Math.abs(readout.imaginary()[at]);
                    mostPart = Math.max(mostPart, Math.max(re, im));
                    mostMagnitude = Math.max(mostMagnitude, re * re + im * im);
                }
            }
        }
        if (mostPart == 0) {
            return new Found(0, 0, -1);
        }
        int samples = 0;
        int readouts = 0;
        int first = -1;
        for (int i = 0; i < size; i++) {
            Readout readout = raw.readout(i);
            if (isLookedAt(readout.header(), channel)) {
                int count = atOneValue(readout, readout.real(), channel, mostPart)
                        + atOneValue(readout, readout.imaginary(), channel, mostPart);
                count = Math.max(count, onFlatTops(readout, channel, (float) Math.sqrt(mostMagnitude)));
                if (count > 0) {
                    samples += count;
                    readouts++;
                    first = first < 0 ? readout.header().scanCounter() : first;
                }
            }
        }
        return new Found(samples, readouts, first);
    }

    private static boolean isLookedAt(ReadoutHeader header, int channel) {
        return !header.has(AcquisitionFlags.DUMMY_SCAN) && channel < header.channels();
    }

    private static int from(Readout readout, int channel) {
        return channel * readout.header().samples() + readout.header().discardPre();
    }

    private static int to(Readout readout, int channel) {
        return (channel + 1) * readout.header().samples() - readout.header().discardPost();
    }

    /** Samples in runs at the largest value, of one sign. */
    private static int atOneValue(Readout readout, float[] part, int channel, float most) {
        int count = 0;
        int run = 0;
        int to = to(readout, channel);
        for (int at = from(readout, channel); at <= to; at++) {
            boolean inside = at < to && Math.abs(part[at]) >= most * (1 - SAME);
            boolean goesOn = inside && (run == 0 || part[at] * part[at - 1] > 0);
            if (!goesOn) {
                // What never changes is no signal that was cut off.
                count += run >= RUN && run < to - from(readout, channel) ? run : 0;
                run = 0;
            }
            run += inside ? 1 : 0;
        }
        return count;
    }

    private static int onFlatTops(Readout readout, int channel, float most) {
        int count = 0;
        int from = from(readout, channel);
        int to = to(readout, channel);
        int start = from;
        while (start < to) {
            int end = start;
            while (end < to && magnitude(readout, end) >= FLAT * most) {
                end++;
            }
            int run = end - start;
            int left = start - 1 - run / 2;
            int right = end + run / 2;
            if (run >= FLAT_RUN
                    && left >= from
                    && right < to
                    && magnitude(readout, left) < STEEP * most
                    && magnitude(readout, right) < STEEP * most) {
                count += run;
            }
            start = Math.max(end, start + 1);
        }
        return count;
    }

    private static double magnitude(Readout readout, int at) {
        return Math.hypot(readout.real()[at], readout.imaginary()[at]);
    }
}
