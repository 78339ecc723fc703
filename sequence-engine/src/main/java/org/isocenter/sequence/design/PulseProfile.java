package org.isocenter.sequence.design;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;

/**
 * What one of a sequence's RF pulses does, by frequency from its own: pulses that differ in frequency, phase or delay only are one.
 * Relaxation is left out. Arrays must not be written to.
 *
 * @param number from 1, in the order in which pulses are first played
 * @param pulse on the carrier
 * @param played how often
 * @param firstBlock where for the first time, from 0
 * @param gradientHertzPerMeter under the pulse; 0 without one, NaN where it changes
 * @param seconds duration of the shape
 * @param hertz where the profile is taken
 * @param profile at these frequencies
 */
public record PulseProfile(
        int number,
        RfPulse pulse,
        int played,
        int firstBlock,
        double gradientHertzPerMeter,
        double seconds,
        double[] hertz,
        SliceProfile profile) {

    private static final int SURVEY_POINTS = 1601;
    private static final int POINTS = 801;
    /** The survey looks this many inverse durations to either side. */
    private static final double SURVEY_REACH = 200;

    /** The profile reaches this many widths to either side. */
    private static final double REACH = 2.5;
    /** Where a pulse is weaker than this share of its peak, its gradient does not matter. */
    private static final double WEAK = 0.02;

    private static final int GRADIENT_POINTS = 32;
    /** A gradient that changes by less than this share under the pulse is constant. */
    private static final double STEADY = 1e-3;

    private record Found(int block, int[] played, double gradient) {}

    /** @param most how many different pulses to simulate at most; the ones played first */
    public static List<PulseProfile> of(Sequence sequence, int most) {
        Map<RfPulse, Found> found = new LinkedHashMap<>();
        for (int block = 0; block < sequence.blockCount(); block++) {
            int id = sequence.rfId(block);
            if (id != 0) {
                int at = block;
                found.computeIfAbsent(
                                plain(sequence.rfPulse(id)), p -> new Found(at, new int[1], gradient(sequence, at)))
                        .played[0]++;
            }
        }
        List<PulseProfile> profiles = new ArrayList<>();
        found.forEach((pulse, where) -> {
            if (profiles.size() < most) {
                profiles.add(simulate(profiles.size() + 1, pulse, where, sequence.rasters()));
            }
        });
        return profiles;
    }

    private static RfPulse plain(RfPulse p) {
        return new RfPulse(
                p.amplitudeHertz(),
                p.magnitude(),
                p.phaseCycles(),
                p.timeRaster(),
                p.centerSeconds(),
                0,
                0,
                0,
                0,
                0,
                p.use());
    }

    /** The length of the gradient's vector while the pulse is on, if it stays the same. */
    private static double gradient(Sequence sequence, int block) {
        RfPulse pulse = sequence.rfPulse(sequence.rfId(block));
        long length = pulse.shapeDurationPs(sequence.rasters());
        double peak = Arrays.stream(pulse.magnitude().samples()).max().orElse(0);
        double least = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int i = 0; i < GRADIENT_POINTS; i++) {
            double share = (i + 0.5) / GRADIENT_POINTS;
            int sample = (int) (share * pulse.magnitude().length());
            if (pulse.timeRaster() == null && pulse.magnitude().at(sample) < WEAK * peak) {
                continue;
            }
            double square = 0;
            for (Axis axis : Axis.values()) {
                int id = sequence.gradientId(block, axis);
                if (id != 0) {
                    double value = sequence.gradient(id)
                            .waveform(sequence.rasters())
                            .at(pulse.delayPs() + Math.round(share * length));
                    square += value * value;
                }
            }
            least = Math.min(least, Math.sqrt(square));
            largest = Math.max(largest, Math.sqrt(square));
        }
        return largest - least > STEADY * largest ? Double.NaN : largest;
    }

    private static PulseProfile simulate(int number, RfPulse pulse, Found where, Rasters rasters) {
        double seconds = pulse.shapeDurationPs(rasters) * 1e-12;
        double[] wide = SliceProfile.axis(SURVEY_REACH / seconds, SURVEY_POINTS);
        double[] effect = effect(pulse.use(), SliceProfile.overFrequency(pulse, rasters, 0, wide));
        double width = SliceProfile.width(
                wide, effect, 0.5 * Arrays.stream(effect).max().orElseThrow());
        double reach = Double.isNaN(width) ? SURVEY_REACH / seconds : REACH * width;
        double[] hertz = SliceProfile.axis(reach, POINTS);
        return new PulseProfile(
                number,
                pulse,
                where.played[0],
                where.block,
                where.gradient,
                seconds,
                hertz,
                SliceProfile.overFrequency(pulse, rasters, 0, hertz));
    }

    /** |Mxy|, or for refocusing the share that crushers let through, for inversion and saturation what is taken off Mz. */
    private static double[] effect(RfUse use, SliceProfile profile) {
        return switch (use) {
            case REFOCUSING -> profile.refocused();
            case INVERSION, SATURATION, PREPARATION ->
                Arrays.stream(profile.mz()).map(z -> 1 - z).toArray();
            default -> profile.transverse();
        };
    }

    public double[] effect() {
        return effect(pulse.use(), profile);
    }

    /** By how much the pulse turns magnetisation away from the longitudinal axis at its own frequency, in [0, π]. */
    public double flipRadians() {
        return Math.acos(Math.max(-1, Math.min(1, profile.mz()[hertz.length / 2])));
    }

    /** Full width of the effect at half of its largest value, all bands together; NaN when it has none within the profile. */
    public double bandwidthHertz() {
        double[] effect = effect();
        return SliceProfile.width(
                hertz, effect, 0.5 * Arrays.stream(effect).max().orElseThrow());
    }

    /** How many stretches of frequencies feel at least half of the largest effect: 1 for a plain pulse. */
    public int bands() {
        double[] effect = effect();
        double half = 0.5 * Arrays.stream(effect).max().orElseThrow();
        int bands = effect[0] >= half ? 1 : 0;
        for (int i = 1; i < effect.length; i++) {
            bands += effect[i] >= half && effect[i - 1] < half ? 1 : 0;
        }
        return bands;
    }

    /** Of the slice that the pulse selects, or of all its bands together; NaN without a constant gradient. */
    public double thicknessMeters() {
        return gradientHertzPerMeter > 0 ? bandwidthHertz() / gradientHertzPerMeter : Double.NaN;
    }

    public double peakHertz() {
        return Math.abs(pulse.amplitudeHertz())
                * Arrays.stream(pulse.magnitude().samples())
                        .map(Math::abs)
                        .max()
                        .orElse(0);
    }
}
