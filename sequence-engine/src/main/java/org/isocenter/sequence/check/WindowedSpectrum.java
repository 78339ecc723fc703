package org.isocenter.sequence.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Waveform;
import org.isocenter.sequence.check.LineSpectrum.Lines;

/**
 * The spectrum of the gradients on the device's axes, in windows of {@value #WINDOW_SECONDS} s that overlap by half, each less its
 * mean and under a Hann window w; frequencies are multiples of a third of the window's inverse. The amplitude given is {@code 2·|∫ w·g·e^{-iωt}
 * dt| / ∫ w dt}: a steady sinusoid g of amplitude A at that frequency gives A. (Pulseq's toolboxes take the same windows and
 * scale otherwise: theirs is {@code √(8/(3T))·|∫ w·g·e^{-iωt} dt|}.)
 *
 * <p>Exact for piecewise-linear gradients, without sampling. Only half a window's integrals are kept; each event's integral is
 * computed once, for trapezoids once per set of ramp times.
 */
final class WindowedSpectrum {
    static final double WINDOW_SECONDS = 0.05;
    /** Frequencies per inverse of the window. */
    private static final int PADDING = 3;

    static final double SPACING_HERTZ = 1 / (PADDING * WINDOW_SECONDS);
    private static final long HALF_PS = 25_000_000_000L;
    /** Numbers kept of events' integrals. */
    private static final long REMEMBERED = 2_000_000;

    /** Takes the amplitudes of one window, in Hz/m per axis and frequency; the arrays are used again. */
    interface Sink {
        void window(long startPs, int lastBlock, double[][] amplitude);
    }

    private record Ramps(long rise, long flat, long fall, long delay) {}

    private final Sequence sequence;
    private final int[] asked;
    private final LineSpectrum spectrum;
    private final Sink sink;
    /** Places of k and of k ± {@link #PADDING} in the spectrum, for each frequency asked for. */
    private final int[] center;

    private final int[] below;
    private final int[] above;
    private final double[][] window; // transform of the Hann window itself, re and im
    private final double[] halfRe;
    private final double[] halfIm;

    private final Map<Ramps, Lines> trapezoids = new HashMap<>();
    private final Lines[] others;
    private final double[][] matrices;
    private long remembered;

    private final Lines[] earlier = new Lines[3];
    private final Lines[] current = new Lines[3];
    private boolean earlierSilent = true;
    private boolean currentSilent = true;
    private long half;
    private final double[][] amplitude;

    /** @param asked the frequencies wanted, as multiples of the spacing; rising, from 1 on */
    WindowedSpectrum(Sequence sequence, int[] asked, Sink sink) {
        this.sequence = sequence;
        this.asked = asked.clone();
        this.sink = sink;
        SortedSet<Integer> needed = new TreeSet<>();
        for (int k : asked) {
            needed.add(k);
            needed.add(Math.abs(k - PADDING));
            needed.add(k + PADDING);
        }
        int[] ks = needed.stream().mapToInt(Integer::intValue).toArray();
        spectrum = new LineSpectrum(ks, SPACING_HERTZ);
        int n = asked.length;
        center = new int[n];
        below = new int[n];
        above = new int[n];
        window = new double[2][n];
        amplitude = new double[3][n];
        for (int i = 0; i < n; i++) {
            center[i] = Arrays.binarySearch(ks, asked[i]);
            below[i] = Arrays.binarySearch(ks, Math.abs(asked[i] - PADDING));
            above[i] = Arrays.binarySearch(ks, asked[i] + PADDING);
            hann(asked[i], i);
        }
        halfRe = new double[ks.length];
        halfIm = new double[ks.length];
        for (int i = 0; i < ks.length; i++) {
            double angle = 2 * Math.PI * ks[i] * SPACING_HERTZ * WINDOW_SECONDS / 2;
            halfRe[i] = Math.cos(angle);
            halfIm[i] = -Math.sin(angle);
        }
        for (int a = 0; a < 3; a++) {
            earlier[a] = new Lines(ks.length);
            current[a] = new Lines(ks.length);
        }
        others = new Lines[sequence.gradientCount() + 1];
        matrices = new double[sequence.extensionListCount() + 1][];
    }

    /** Transform of the Hann window at k, from those of the rectangle at k and its neighbours. */
    private void hann(int k, int into) {
        double[] sum = new double[2];
        addRectangle(k, 0.5, sum);
        addRectangle(k - PADDING, -0.25, sum);
        addRectangle(k + PADDING, -0.25, sum);
        window[0][into] = sum[0];
        window[1][into] = sum[1];
    }

    private static void addRectangle(int k, double factor, double[] sum) {
        double w = 2 * Math.PI * k * SPACING_HERTZ;
        double angle = w * WINDOW_SECONDS;
        sum[0] += factor * (k == 0 ? WINDOW_SECONDS : Math.sin(angle) / w);
        sum[1] += factor * (k == 0 ? 0 : (Math.cos(angle) - 1) / w);
    }

    /** The next block, in order. */
    void block(int block) {
        long startPs = sequence.startPs(block);
        long endPs = startPs + sequence.blockDurationPs(block);
        long at = startPs;
        while (at < endPs) {
            long to = Math.min(endPs, (half + 1) * HALF_PS);
            add(block, startPs, at - startPs, to - startPs);
            at = to;
            if (to == (half + 1) * HALF_PS) {
                close(block);
            }
        }
    }

    /** The last windows, which the sequence does not fill. */
    void end() {
        int last = sequence.blockCount() - 1;
        close(last);
        close(last);
    }

    /** What the block's gradients do between two times from its start. */
    private void add(int block, long startPs, long fromPs, long toPs) {
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            if (id == 0) {
                continue;
            }
            Gradient gradient = sequence.gradient(id);
            long endPs = gradient.endPs(sequence.rasters());
            if (gradient.delayPs() >= toPs || endPs <= fromPs) {
                continue;
            }
            boolean whole = gradient.delayPs() >= fromPs && endPs <= toPs;
            Lines lines = whole ? whole(id, gradient) : part(gradient.waveform(sequence.rasters()), fromPs, toPs);
            double factor = whole && gradient instanceof Gradient.Trapezoid t ? t.amplitudeHertzPerMeter() : 1;
            currentSilent = false;
            spectrum.shift((startPs - half * HALF_PS) * 1e-12);
            turnAndAdd(block, axis, lines, factor);
        }
    }

    /** The whole event; for a trapezoid, that of amplitude 1. */
    private Lines whole(int id, Gradient gradient) {
        if (gradient instanceof Gradient.Trapezoid t) {
            Ramps ramps = new Ramps(t.risePs(), t.flatPs(), t.fallPs(), t.delayPs());
            Lines known = trapezoids.get(ramps);
            if (known != null) {
                return known;
            }
            Lines made = part(unit(t), 0, Long.MAX_VALUE);
            if (remember()) {
                trapezoids.put(ramps, made);
            }
            return made;
        }
        if (others[id] != null) {
            return others[id];
        }
        Lines made = part(gradient.waveform(sequence.rasters()), 0, Long.MAX_VALUE);
        others[id] = remember() ? made : null;
        return made;
    }

    private Waveform unit(Gradient.Trapezoid t) {
        return new Gradient.Trapezoid(1, t.risePs(), t.flatPs(), t.fallPs(), t.delayPs()).waveform(sequence.rasters());
    }

    private Lines part(Waveform waveform, long fromPs, long toPs) {
        return spectrum.of(waveform.timesPs(), waveform.hertzPerMeter(), fromPs, toPs);
    }

    private boolean remember() {
        remembered += 2L * spectrum.size();
        return remembered <= REMEMBERED;
    }

    private void turnAndAdd(int block, Axis axis, Lines lines, double factor) {
        int list = sequence.extensionId(block);
        if (matrices[list] == null) {
            matrices[list] = GradientWalker.rows(sequence.rotation(block));
        }
        for (int a = 0; a < 3; a++) {
            double share = matrices[list][3 * a + axis.ordinal()];
            if (share != 0) {
                spectrum.add(current[a], lines, share * factor);
            }
        }
    }

    private void close(int block) {
        if (!earlierSilent || !currentSilent) {
            for (int a = 0; a < 3; a++) {
                amplitudes(earlier[a], current[a], amplitude[a]);
            }
            sink.window((half - 1) * HALF_PS, block, amplitude);
        }
        for (int a = 0; a < 3; a++) {
            Lines free = earlier[a];
            earlier[a] = current[a];
            current[a] = free;
            if (!earlierSilent) {
                Arrays.fill(free.re, 0);
                Arrays.fill(free.im, 0);
                free.area = 0;
            }
        }
        earlierSilent = currentSilent;
        currentSilent = true;
        half++;
    }

    private void amplitudes(Lines first, Lines second, double[] into) {
        double mean = (first.area + second.area) / WINDOW_SECONDS;
        for (int i = 0; i < asked.length; i++) {
            int c = center[i];
            int b = below[i];
            int d = above[i];
            // Negative frequencies are the complex conjugates of positive ones.
            double sign = asked[i] < PADDING ? -1 : 1;
            double re = 0.5 * re(first, second, c) - 0.25 * (re(first, second, b) + re(first, second, d));
            double im = 0.5 * im(first, second, c) - 0.25 * (sign * im(first, second, b) + im(first, second, d));
            re -= mean * window[0][i];
            im -= mean * window[1][i];
            into[i] = 4 / WINDOW_SECONDS * Math.sqrt(re * re + im * im);
        }
    }

    private double re(Lines first, Lines second, int i) {
        return first.re[i] + halfRe[i] * second.re[i] - halfIm[i] * second.im[i];
    }

    private double im(Lines first, Lines second, int i) {
        return first.im[i] + halfRe[i] * second.im[i] + halfIm[i] * second.re[i];
    }
}
