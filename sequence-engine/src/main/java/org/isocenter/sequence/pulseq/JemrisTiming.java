package org.isocenter.sequence.pulseq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;

/**
 * A sequence that JEMRIS has written as Pulseq, as JEMRIS itself simulates it (docs/decisions/0019). Its shaped gradients are straight
 * lines between samples at the starts of the rasters, where Pulseq has them in the middles ({@code GradPulse::GenerateEvents}); only
 * trapezoids that a rotation made shapes of are sampled in the middles ({@code AtomicSequence::CollectSeqData}). Dwell times are
 * whole nanoseconds there, cut off. Made for one use by one thread.
 */
public final class JemrisTiming {
    /** What such files say that they are created by, and then a version. */
    private static final String WRITER = "JEMRIS";

    /** As fine as anything is simulated. */
    private static final Rasters FINEST = new Rasters(1, 1, 1, 1);

    private static final long NANOSECOND_PS = 1000;
    /** On so many steps for each sample straight lines are played where the system's raster allows it. */
    private static final int STEPS = 10;
    /** Samples have seven digits. */
    private static final double TOLERANCE = 1e-5;

    private final Sequence written;
    private final Rasters rasters;
    private final long dwellStepPs;
    private final int steps;
    private final Set<Integer> shaped = new LinkedHashSet<>();
    private final Set<Adc> filled = new LinkedHashSet<>();

    private JemrisTiming(Sequence written, Rasters system) {
        this.written = written;
        rasters = written.rasters();
        dwellStepPs = system.adcPs();
        long fine = rasters.gradientPs() / STEPS;
        steps = rasters.gradientPs() % STEPS == 0 && fine % system.gradientPs() == 0 ? STEPS : 1;
    }

    /**
     * What JEMRIS meant.
     *
     * @param sequence of the same blocks and durations; the very same when nothing is concerned
     * @param changes what differs from the file as Pulseq defines it, each as a part of a sentence
     */
    public record Meant(Sequence sequence, List<String> changes) {}

    /** Whether this file says that JEMRIS wrote it. */
    public static boolean wrote(PulseqFile file) {
        return file.writer().startsWith(WRITER);
    }

    /** As fine as it can be written. */
    public static Meant of(Sequence written) {
        return of(written, FINEST);
    }

    /**
     * For a system with these rasters: where its gradient raster is too coarse for ten steps in each of the file's, a line is played
     * as its means over the file's rasters; dwell times are of its ADC raster.
     */
    public static Meant of(Sequence written, Rasters system) {
        return new JemrisTiming(written, system).meant();
    }

    private Meant meant() {
        Rasters finer = new Rasters(rasters.gradientPs() / steps, rasters.rfPs(), dwellStepPs, rasters.blockPs());
        Sequence.Builder builder = new Sequence.Builder(finer);
        written.definitions().forEach(builder::definition);
        for (int block = 0; block < written.blockCount(); block++) {
            Gradient[] gradients = new Gradient[3];
            for (Axis axis : Axis.values()) {
                gradients[axis.ordinal()] = gradient(written.gradientId(block, axis));
            }
            int rf = written.rfId(block);
            builder.block(
                    written.blockDurationPs(block),
                    rf == 0 ? null : written.rfPulse(rf),
                    gradients[0],
                    gradients[1],
                    gradients[2],
                    window(block),
                    written.extensions(written.extensionId(block)));
        }
        List<String> changes = changes();
        return changes.isEmpty() ? new Meant(written, changes) : new Meant(builder.build(), changes);
    }

    private List<String> changes() {
        List<String> changes = new ArrayList<>();
        if (!shaped.isEmpty()) {
            changes.add((shaped.size() == 1 ? "a shaped gradient is" : shaped.size() + " shaped gradients are")
                    + " straight lines between samples at the starts of the gradient raster");
        }
        for (Adc adc : filled) {
            changes.add("the dwell time of " + adc.dwellPs() / NANOSECOND_PS + " ns has back what was cut off");
        }
        return changes;
    }

    private Gradient gradient(int id) {
        if (id == 0) {
            return null;
        }
        Gradient gradient = written.gradient(id);
        if (!(gradient instanceof Gradient.Uniform uniform) || uniform.oversampled()) {
            return gradient;
        }
        double[] samples = uniform.shape().samples();
        double[] edges = fromMiddles(samples);
        if (!isSampledTrapezoid(samples, edges)) {
            edges = fromStarts(samples);
            if (!isConstant(samples)) {
                shaped.add(id);
            }
        }
        double[] times = new double[edges.length];
        Arrays.setAll(times, i -> steps * (double) i);
        return new Gradient.Corners(
                uniform.amplitudeHertzPerMeter(), new Shape(edges), new Shape(times), uniform.delayPs());
    }

    private static boolean isConstant(double[] samples) {
        return Arrays.stream(samples).allMatch(sample -> Math.abs(sample - samples[0]) < TOLERANCE);
    }

    /** Edges of the rasters; the last line goes on as it came. */
    private static double[] fromStarts(double[] samples) {
        int n = samples.length;
        double[] edges = Arrays.copyOf(samples, n + 1);
        edges[n] = n == 1 ? samples[0] : 2 * samples[n - 1] - samples[n - 2];
        return edges;
    }

    /** Edges of the rasters of what begins at zero and is a straight line within each raster. */
    private static double[] fromMiddles(double[] samples) {
        double[] edges = new double[samples.length + 1];
        for (int i = 0; i < samples.length; i++) {
            edges[i + 1] = 2 * samples[i] - edges[i];
        }
        return edges;
    }

    /** Whether it is a sum of trapezoids: it rises from zero by a ramp, whose first two middles are as 1 to 3, and comes back to zero. */
    private static boolean isSampledTrapezoid(double[] samples, double[] edges) {
        int first = 0;
        while (first < samples.length && samples[first] == 0) {
            first++;
        }
        return first + 1 < samples.length
                && Math.abs(samples[first + 1] - 3 * samples[first]) < TOLERANCE
                && Math.abs(edges[samples.length]) < TOLERANCE * samples.length;
    }

    private Adc window(int block) {
        int id = written.adcId(block);
        if (id == 0) {
            return null;
        }
        Adc adc = written.adc(id);
        long dwellPs = wholeDwellPs(adc, block);
        if (dwellPs <= adc.dwellPs()) {
            return adc;
        }
        filled.add(adc);
        return new Adc(
                adc.samples(),
                dwellPs,
                adc.delayPs(),
                adc.frequencyPpm(),
                adc.phasePpm(),
                adc.frequencyHertz(),
                adc.phaseRadians(),
                adc.phaseShapeRadians());
    }

    /** The dwell time with which the window fills what it belongs to, but for less than a nanosecond for each sample. */
    private long wholeDwellPs(Adc adc, int block) {
        long shortestPs = adc.samples() * adc.dwellPs();
        for (long endPs : ends(block)) {
            long wholePs = endPs - adc.delayPs();
            if (wholePs > shortestPs && wholePs < shortestPs + adc.samples() * NANOSECOND_PS) {
                return wholePs / adc.samples() / dwellStepPs * dwellStepPs;
            }
        }
        return adc.dwellPs();
    }

    /** Where a window may end that fills a gradient, a flat top or a whole block. */
    private List<Long> ends(int block) {
        List<Long> ends = new ArrayList<>();
        for (Axis axis : Axis.values()) {
            int id = written.gradientId(block, axis);
            if (id != 0) {
                Gradient gradient = written.gradient(id);
                if (gradient instanceof Gradient.Trapezoid trapezoid) {
                    ends.add(trapezoid.delayPs() + trapezoid.risePs() + trapezoid.flatPs());
                }
                ends.add(gradient.endPs(rasters));
            }
        }
        ends.add(written.blockDurationPs(block));
        return ends;
    }
}
