package org.isocenter.sequence.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.isocenter.model.Rotation;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Waveform;

/**
 * Amplitude and slew on the device's axes, after the block's rotation, between all corners of all three axes; joins between
 * blocks; and rest at the end.
 *
 * <p>Each physical axis has its own amplifier, so the limits of one axis are the hard ones. The vectors' lengths are reported
 * beside them, against √3 times the limit: they can fail only where an axis fails.
 *
 * <p>A jump (between blocks, at the edge of an event, or a ramp of no duration) may be as large as the slew limit makes in one
 * gradient raster of the sequence, but no more than in the customary 10 µs: it is played as one step of the staircase.
 */
final class GradientRules implements BlockRule {
    /** Combinations remembered as already looked at; beyond that they are looked at again. */
    private static final int REMEMBERED = 200_000;

    private static final long LONGEST_STEP_PS = 10_000_000;

    private record Combination(int gx, int gy, int gz, int extensions) {}

    /** First and last value of an event that touches its block's start (first) or ends at its end (last). */
    private record Ends(double first, double last) {}

    private final Sequence sequence;
    private final double hertzPerMilliTesla;
    private final Worst[] amplitude = new Worst[3];
    private final Worst[] slew = new Worst[3];
    private final Worst amplitudeVector;
    private final Worst slewVector;
    private final Worst joins;
    private final Worst rest;
    private final Set<Combination> seen = new HashSet<>();
    private final Ends[] ends;
    private Vec3 before = Vec3.ZERO;
    private int lastBlock;

    GradientRules(Sequence sequence, SystemLimits limits) {
        this.sequence = sequence;
        this.hertzPerMilliTesla = limits.gammaHertzPerTesla() * 1e-3;
        this.ends = new Ends[sequence.gradientCount() + 1];
        double most = limits.gradientHertzPerMeter() / hertzPerMilliTesla;
        double steepest = limits.slewHertzPerMeterPerSecond() / limits.gammaHertzPerTesla();
        for (Axis axis : Axis.values()) {
            String letter = TimingRules.letter(axis);
            amplitude[axis.ordinal()] =
                    Worst.atMost("gradient amplitude " + letter, most, "mT/m", SafetyCheck.TOLERANCE);
            slew[axis.ordinal()] = Worst.atMost("gradient slew " + letter, steepest, "T/m/s", SafetyCheck.TOLERANCE);
        }
        amplitudeVector = Worst.atMost("gradient amplitude vector", Math.sqrt(3) * most, "mT/m", SafetyCheck.TOLERANCE);
        slewVector = Worst.atMost("gradient slew vector", Math.sqrt(3) * steepest, "T/m/s", SafetyCheck.TOLERANCE);
        long stepPs = Math.min(sequence.rasters().gradientPs(), LONGEST_STEP_PS);
        double step = steepest * stepPs * 1e-9;
        joins = Worst.atMost("gradient jump", step, "mT/m", SafetyCheck.TOLERANCE);
        rest = Worst.atMost("gradient at the end", step, "mT/m", SafetyCheck.TOLERANCE);
    }

    @Override
    public void block(int block) {
        lastBlock = block;
        if (sequence.blockDurationPs(block) == 0) {
            return;
        }
        int gx = sequence.gradientId(block, Axis.X);
        int gy = sequence.gradientId(block, Axis.Y);
        int gz = sequence.gradientId(block, Axis.Z);
        boolean silent = gx == 0 && gy == 0 && gz == 0;
        Rotation rotation = silent ? Rotation.IDENTITY : sequence.rotation(block);
        long durationPs = sequence.blockDurationPs(block);
        Vec3 start = rotation.apply(new Vec3(first(gx), first(gy), first(gz)));
        jump(start.minus(before), block, 0, "start of the block");
        before = rotation.apply(new Vec3(last(gx, durationPs), last(gy, durationPs), last(gz, durationPs)));
        Combination combination = new Combination(gx, gy, gz, sequence.extensionId(block));
        if (silent || seen.contains(combination)) {
            return;
        }
        if (seen.size() < REMEMBERED) {
            seen.add(combination);
        }
        inside(block, rotation);
    }

    private double first(int id) {
        return id == 0 || sequence.gradient(id).delayPs() > 0 ? 0 : ends(id).first;
    }

    private double last(int id, long durationPs) {
        return id == 0 || sequence.gradient(id).endPs(sequence.rasters()) < durationPs ? 0 : ends(id).last;
    }

    private Ends ends(int id) {
        if (ends[id] == null) {
            Gradient gradient = sequence.gradient(id);
            Waveform waveform = gradient.waveform(sequence.rasters());
            double[] values = waveform.hertzPerMeter();
            ends[id] = new Ends(values[0], values[values.length - 1]);
        }
        return ends[id];
    }

    /** Walks the union of the three axes' corners; between two of them all axes are straight lines. */
    private void inside(int block, Rotation rotation) {
        CornerWalker[] walkers = new CornerWalker[3];
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            walkers[axis.ordinal()] = new CornerWalker(
                    id == 0 ? Waveform.ZERO : sequence.gradient(id).waveform(sequence.rasters()));
        }
        long durationPs = sequence.blockDurationPs(block);
        long from = 0;
        Vec3 left = null;
        while (from < durationPs) {
            long to = durationPs;
            for (CornerWalker walker : walkers) {
                to = Math.min(to, walker.nextCornerAfter(from));
            }
            Vec3 a = rotation.apply(valuesAt(walkers, from));
            Vec3 b = rotation.apply(valuesAt(walkers, to));
            if (left != null) {
                jump(a.minus(left), block, from, "corner");
            }
            amplitudes(a, block, from);
            amplitudes(b, block, to);
            slews(b.minus(a), block, from, to);
            left = b;
            from = to;
        }
    }

    private static Vec3 valuesAt(CornerWalker[] walkers, long ps) {
        return new Vec3(walkers[0].onLine(ps), walkers[1].onLine(ps), walkers[2].onLine(ps));
    }

    private void amplitudes(Vec3 hertzPerMeter, int block, long inBlockPs) {
        double[] values = {hertzPerMeter.x(), hertzPerMeter.y(), hertzPerMeter.z()};
        for (Axis axis : Axis.values()) {
            double now = Math.abs(values[axis.ordinal()]) / hertzPerMilliTesla;
            Worst check = amplitude[axis.ordinal()];
            check.see(
                    now,
                    () -> place(block, axis, inBlockPs) + Worst.number(now) + " mT/m; at most "
                            + Worst.number(check.result().limit())
                            + " mT/m passes: a longer gradient of the same area, or a larger field of view");
        }
        double length = hertzPerMeter.norm() / hertzPerMilliTesla;
        amplitudeVector.see(
                length, () -> at(block, inBlockPs) + ", gradient vector: " + Worst.number(length) + " mT/m");
    }

    private void slews(Vec3 change, int block, long from, long to) {
        double[] values = {change.x(), change.y(), change.z()};
        double scale = 1e9 / ((to - from) * hertzPerMilliTesla);
        for (Axis axis : Axis.values()) {
            double now = Math.abs(values[axis.ordinal()]) * scale;
            Worst check = slew[axis.ordinal()];
            check.see(
                    now,
                    () -> place(block, axis, from) + Worst.number(now) + " T/m/s; at most "
                            + Worst.number(check.result().limit()) + " T/m/s passes: a ramp of "
                            + Worst.us(
                                    longerRampPs(to - from, now / check.result().limit())) + " instead of "
                            + Worst.us(to - from));
        }
        double length = change.norm() * scale;
        slewVector.see(length, () -> at(block, from) + ", gradient vector: " + Worst.number(length) + " T/m/s");
    }

    private double longerRampPs(long nowPs, double factor) {
        long raster = sequence.rasters().gradientPs();
        return Math.ceil(nowPs * factor / raster - 1e-6) * raster;
    }

    private void jump(Vec3 change, int block, long inBlockPs, String where) {
        double[] values = {change.x(), change.y(), change.z()};
        for (Axis axis : Axis.values()) {
            double now = Math.abs(values[axis.ordinal()]) / hertzPerMilliTesla;
            joins.see(
                    now,
                    () -> place(block, axis, inBlockPs) + "jumps by " + Worst.number(now) + " mT/m at the " + where
                            + "; at most " + Worst.number(joins.result().limit())
                            + " mT/m passes: join them with a ramp");
        }
    }

    private String place(int block, Axis axis, long inBlockPs) {
        return at(block, inBlockPs) + ", gradient " + TimingRules.letter(axis)
                + (sequence.rotation(block).isIdentity() ? ": " : " after rotation: ");
    }

    private String at(int block, long inBlockPs) {
        return "block " + (block + 1) + " at " + Worst.ms(sequence.startPs(block) + inBlockPs);
    }

    @Override
    public List<CheckResult> results() {
        double[] values = {before.x(), before.y(), before.z()};
        for (Axis axis : Axis.values()) {
            double now = Math.abs(values[axis.ordinal()]) / hertzPerMilliTesla;
            rest.see(
                    now,
                    () -> at(lastBlock, sequence.blockDurationPs(lastBlock)) + ", gradient "
                            + TimingRules.letter(axis) + ": still " + Worst.number(now)
                            + " mT/m when the sequence ends; add a ramp to zero");
        }
        List<CheckResult> results = new ArrayList<>();
        for (Worst check : amplitude) {
            results.add(check.result());
        }
        results.add(amplitudeVector.result());
        for (Worst check : slew) {
            results.add(check.result());
        }
        results.add(slewVector.result());
        results.add(joins.result());
        results.add(rest.result());
        return results;
    }
}
