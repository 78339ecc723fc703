package org.isocenter.sequence.pulseq;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;

/** What a version cannot hold of a sequence, and what it leaves to its readers to guess. */
final class Losses {
    private static final long PS_PER_MICROSECOND = 1_000_000;

    private final Sequence sequence;
    private final PulseqVersion version;
    private final Set<String> losses = new LinkedHashSet<>();
    /** Shapes that were looked at; many events may share a long one. */
    private final Set<Shape> seen = new HashSet<>();

    private Losses(Sequence sequence, PulseqVersion version) {
        this.sequence = sequence;
        this.version = version;
    }

    /** What would be lost, for the user; empty when nothing would. */
    static List<String> of(Sequence sequence, PulseqVersion version) {
        Losses losses = new Losses(sequence, version);
        losses.durations();
        losses.pulses();
        losses.windows();
        losses.gradients();
        losses.extensions();
        return List.copyOf(losses.losses);
    }

    private boolean before(PulseqVersion other) {
        return version.isBefore(other);
    }

    private void durations() {
        if (before(PulseqVersion.V1_4_2)) {
            oldDurations();
            return;
        }
        long raster = WrittenDefinitions.blockRasterPs(sequence);
        for (int block = 0; block < sequence.blockCount(); block++) {
            if (sequence.blockDurationPs(block) / raster > Integer.MAX_VALUE) {
                losses.add("the duration of block " + (block + 1) + " (" + sequence.blockDurationPs(block)
                        + " ps) on the raster of " + raster + " ps that the blocks need");
                return;
            }
        }
    }

    /** Rasters are fixed, and a block lasts as long as its events or a delay in whole microseconds. */
    private void oldDurations() {
        if (!sequence.rasters().equals(Rasters.BEFORE_1_4)) {
            losses.add("rasters other than 10 µs (gradients, blocks), 1 µs (RF) and 0.1 µs (ADC)");
        }
        for (int block = 0; block < sequence.blockCount(); block++) {
            long durationPs = sequence.blockDurationPs(block);
            long endPs = endOfEventsPs(sequence, block);
            if (endPs > durationPs) {
                losses.add("blocks that end before their events do (block " + (block + 1) + ")");
            } else if (endPs < durationPs && durationPs % PS_PER_MICROSECOND != 0) {
                losses.add("durations finer than 1 µs (block " + (block + 1) + ")");
            }
        }
    }

    static long endOfEventsPs(Sequence sequence, int block) {
        int rf = sequence.rfId(block);
        int adc = sequence.adcId(block);
        Gradient[] gradients = new Gradient[3];
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            gradients[axis.ordinal()] = id == 0 ? null : sequence.gradient(id);
        }
        return BlockEnd.ps(
                sequence.rasters(),
                rf == 0 ? null : sequence.rfPulse(rf),
                gradients,
                adc == 0 ? null : sequence.adc(adc),
                sequence.extensions(sequence.extensionId(block)));
    }

    private void pulses() {
        for (int id = 1; id <= sequence.rfCount(); id++) {
            RfPulse rf = sequence.rfPulse(id);
            if (before(PulseqVersion.V1_5_0) && (rf.frequencyPpm() != 0 || rf.phasePpm() != 0)) {
                losses.add("RF offsets in ppm");
            }
            if (before(PulseqVersion.V1_4_2) && rf.timeRaster() != null) {
                losses.add("RF time shapes");
            }
            wholeMicroseconds("RF pulses", rf.delayPs());
            compressible(rf.magnitude());
            compressible(rf.phaseCycles());
            exactTimes(rf.timeRaster(), sequence.rasters().rfPs());
        }
    }

    private void windows() {
        for (int id = 1; id <= sequence.adcCount(); id++) {
            Adc adc = sequence.adc(id);
            if (before(PulseqVersion.V1_5_0) && (adc.frequencyPpm() != 0 || adc.phasePpm() != 0)) {
                losses.add("ADC offsets in ppm");
            }
            if (before(PulseqVersion.V1_5_0) && adc.phaseShapeRadians() != null) {
                losses.add("ADC phase shapes");
            }
            wholeMicroseconds("ADC windows", adc.delayPs());
        }
    }

    private void gradients() {
        for (int id = 1; id <= sequence.gradientCount(); id++) {
            Gradient gradient = sequence.gradient(id);
            wholeMicroseconds("gradients", gradient.delayPs());
            if (gradient instanceof Gradient.Trapezoid t) {
                wholeMicroseconds("gradients", t.risePs());
                wholeMicroseconds("gradients", t.flatPs());
                wholeMicroseconds("gradients", t.fallPs());
            } else if (gradient instanceof Gradient.Uniform u) {
                if (before(PulseqVersion.V1_5_0) && u.oversampled()) {
                    losses.add("oversampled gradients");
                }
                compressible(u.shape());
            } else if (gradient instanceof Gradient.Corners c) {
                if (before(PulseqVersion.V1_4_2)) {
                    losses.add("gradient time shapes");
                }
                exactTimes(c.timeRaster(), sequence.rasters().gradientPs());
            }
        }
    }

    private void wholeMicroseconds(String what, long ps) {
        if (!version.isBinary() && ps % PS_PER_MICROSECOND != 0) {
            losses.add("times of " + what + " that are no whole microseconds, which only binary files hold");
        }
    }

    /** Before 1.4 all shapes are compressed. */
    private void compressible(Shape shape) {
        if (before(PulseqVersion.V1_4_2)
                && shape != null
                && seen.add(shape)
                && ShapeCodec.compressAnyhow(shape.samples()) == null) {
            losses.add("a shape of " + shape.length() + " samples that readers of that version would unpack wrongly");
        }
    }

    /** Binary files round shapes to single precision; times may not move by it. */
    private void exactTimes(Shape times, long rasterPs) {
        if (!version.isBinary() || times == null || !seen.add(times)) {
            return;
        }
        for (double t : times.samples()) {
            if (Math.round((float) t * (double) rasterPs) != Math.round(t * rasterPs)) {
                losses.add("time shapes finer than single precision");
                return;
            }
        }
    }

    private void extensions() {
        for (int id = 1; id <= sequence.extensionListCount(); id++) {
            for (Extension extension : sequence.extensions(id)) {
                String loss = loss(extension);
                if (loss != null) {
                    losses.add(loss);
                }
            }
        }
    }

    /** Null when the version can hold it. */
    private String loss(Extension extension) {
        if (extension instanceof Extension.Label label) {
            return label(label);
        } else if (extension instanceof Extension.Trigger t) {
            wholeMicroseconds("triggers", t.delayPs());
            wholeMicroseconds("triggers", t.durationPs());
            return before(PulseqVersion.V1_3_1) ? "triggers" : null;
        } else if (extension instanceof Extension.Turn) {
            return before(PulseqVersion.V1_5_1) ? "rotations" : null;
        } else if (extension instanceof Extension.RfShim shim) {
            if (before(PulseqVersion.V1_5_1)) {
                return "RF shims";
            }
            return version.isBinary() || ExtensionText.fits(shim) ? null : "RF shims for so many channels";
        } else if (extension instanceof Extension.SoftDelay d) {
            wholeMicroseconds("soft delays", d.offsetPs());
            return before(PulseqVersion.V1_5_0) ? "soft delays" : null;
        }
        String name = PulseqText.printable(((Extension.Unknown) extension).name());
        return before(PulseqVersion.V1_3_1) || version.isBinary() ? "the unknown extension " + name : null;
    }

    private String label(Extension.Label label) {
        if (before(PulseqVersion.V1_3_1)) {
            return "labels";
        }
        String name = PulseqText.printable(label.name());
        if (version.isBinary() && !Labels.DEFINED.contains(label.name())) {
            return "the label " + name + ", which is not one of Pulseq's own";
        }
        return before(PulseqVersion.V1_4_2) && Labels.SINCE_1_4_1.contains(label.name()) ? "the label " + name : null;
    }

    /** What a version before 1.5 leaves to its readers and they would guess otherwise than the sequence has it. */
    static List<String> guesses(Sequence sequence, PulseqVersion version) {
        List<String> guesses = new ArrayList<>();
        if (!version.isBefore(PulseqVersion.V1_5_0)) {
            return guesses;
        }
        OlderRf guess = new OlderRf(sequence.rasters(), sequence.definitions());
        for (int id = 1; id <= sequence.rfCount(); id++) {
            RfPulse rf = sequence.rfPulse(id);
            RfPulse guessed = guess.complete(rf);
            if (guessed.use() != rf.use()) {
                guesses.add("what RF pulses are for; one for " + rf.use().name().toLowerCase(Locale.ROOT)
                        + " will be taken for " + guessed.use().name().toLowerCase(Locale.ROOT));
                break;
            }
        }
        for (int id = 1; id <= sequence.rfCount(); id++) {
            RfPulse rf = sequence.rfPulse(id);
            if (Math.abs(guess.complete(rf).centerSeconds() - rf.centerSeconds()) > 1e-9) {
                guesses.add("the centres of RF pulses");
                break;
            }
        }
        if (edgesDiffer(sequence)) {
            guesses.add("the first and last amplitudes of shaped gradients");
        }
        return guesses;
    }

    private static boolean edgesDiffer(Sequence sequence) {
        EdgeRule rule = new EdgeRule(sequence.rasters());
        for (int block = 0; block < sequence.blockCount(); block++) {
            for (Axis axis : Axis.values()) {
                int id = sequence.gradientId(block, axis);
                Gradient gradient = id == 0 ? null : sequence.gradient(id);
                boolean uniform = gradient instanceof Gradient.Uniform;
                double last = uniform
                        ? EdgeRule.last((Gradient.Uniform) gradient)
                        : gradient == null ? 0 : EdgeRule.end(gradient);
                double first = rule.first(axis, gradient, last, sequence.blockDurationPs(block));
                if (uniform && differ((Gradient.Uniform) gradient, first, last)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean differ(Gradient.Uniform gradient, double first, double last) {
        double tolerance = 1e-5 * Math.abs(gradient.amplitudeHertzPerMeter());
        return Math.abs(gradient.first() - first) > tolerance || Math.abs(gradient.last() - last) > tolerance;
    }
}
