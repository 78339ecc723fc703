package org.isocenter.recon.correct;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.mrd.MrdNotes;

/**
 * Tells when the receiver was driven beyond its range, which bends what is bright and puts haloes around it. Raw data do not
 * say where the range ends, so its marks are looked for: real or imaginary parts that stay at one and the same largest value
 * (a converter of the base band), or magnitudes with a flat top and steep sides (one at radio frequency, after whose filter
 * some of the height is left). Signals that are less than twice too large for the latter show neither, and are not found.
 */
public final class ClippingCheck {
    /** Equal but for rounding. */
    private static final float SAME = 1e-6f;
    /** So many samples after one another at the same value are no chance. */
    private static final int RUN = 3;

    private static final int LEAST_SAMPLES = 4;

    /** Shares of the largest magnitude that tops are looked at down to. */
    private static final float[] LEVELS = {0.99f, 0.97f, 0.95f};

    private static final int FLAT_RUN = 4;
    /** Half its width further out a smooth top has fallen four times as far; with steep sides at least this many times. */
    private static final float STEEP = 8;

    private ClippingCheck() {}

    /**
     * How many samples, in how many readouts, the first of them.
     *
     * @param firstReadout its number; -1 when there is none
     */
    private record Found(int samples, int readouts, int firstReadout) {
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
        List<Found> all = IntStream.range(0, channels)
                .parallel()
                .mapToObj(channel -> find(raw, size, channel))
                .toList();
        for (int channel = 0; channel < channels; channel++) {
            Found found = all.get(channel);
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

    private static Found find(RawData raw, int size, int channel) {
        float[] parts = new float[size];
        float[] powers = new float[size];
        float mostPart = 0;
        float mostPower = 0;
        for (int i = 0; i < size; i++) {
            Readout readout = raw.readout(i);
            if (isLookedAt(readout.header(), channel)) {
                parts[i] = largestPart(readout, channel);
                powers[i] = largestPower(readout, channel);
                mostPart = Math.max(mostPart, parts[i]);
                mostPower = Math.max(mostPower, powers[i]);
            }
        }
        int samples = 0;
        int readouts = 0;
        int first = -1;
        for (int i = 0; i < size; i++) {
            int count = 0;
            Readout readout = raw.readout(i);
            if (parts[i] > 0 && parts[i] >= mostPart * (1 - SAME)) {
                count = atOneValue(readout, readout.real(), channel, mostPart)
                        + atOneValue(readout, readout.imaginary(), channel, mostPart);
            }
            for (float level : LEVELS) {
                if (powers[i] > 0 && powers[i] >= mostPower * level * level) {
                    count = Math.max(count, onFlatTops(readout, channel, mostPower, level));
                }
            }
            if (count > 0) {
                samples += count;
                readouts++;
                first = first < 0 ? readout.header().scanCounter() : first;
            }
        }
        return new Found(samples, readouts, first);
    }

    private static float largestPart(Readout readout, int channel) {
        float most = 0;
        for (int at = from(readout, channel); at < to(readout, channel); at++) {
            most = Math.max(most, Math.max(Math.abs(readout.real()[at]), Math.abs(readout.imaginary()[at])));
        }
        return most;
    }

    private static float largestPower(Readout readout, int channel) {
        float most = 0;
        for (int at = from(readout, channel); at < to(readout, channel); at++) {
            most = Math.max(most, power(readout, at));
        }
        return most;
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

    /** @param most of squared magnitudes */
    private static int onFlatTops(Readout readout, int channel, float most, float level) {
        float flat = level * level * most;
        float outside = 1 - STEEP * (1 - level);
        float steep = outside * outside * most;
        int count = 0;
        int from = from(readout, channel);
        int to = to(readout, channel);
        int start = from;
        while (start < to) {
            int end = start;
            while (end < to && power(readout, end) >= flat) {
                end++;
            }
            int run = end - start;
            int left = start - 1 - run / 2;
            int right = end + run / 2;
            if (run >= FLAT_RUN
                    && left >= from
                    && right < to
                    && power(readout, left) < steep
                    && power(readout, right) < steep) {
                count += run;
            }
            start = Math.max(end, start + 1);
        }
        return count;
    }

    private static float power(Readout readout, int at) {
        return readout.real()[at] * readout.real()[at] + readout.imaginary()[at] * readout.imaginary()[at];
    }
}
