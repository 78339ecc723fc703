package org.isocenter.sequence.trajectory;

import org.isocenter.model.Vec3;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;

/**
 * What an excitation selects: spins at r with G·r = f are on resonance with a pulse of offset f.
 *
 * @param gradient during the pulse's centre on the device's axes, Hz/m; zero for an unselective pulse
 * @param offsetMeters of the slice's centre from the isocentre, along the gradient
 */
record SliceSelection(Vec3 gradient, double offsetMeters) {
    /** Weaker gradients select nothing: 1 kHz/m is 0.02 mT/m. */
    private static final double WEAK_HERTZ_PER_METER = 1000;

    static final SliceSelection NONE = new SliceSelection(Vec3.ZERO, 0);

    /** @param block of the excitation; NONE for -1 */
    static SliceSelection of(Sequence sequence, int block, double larmorHertz) {
        if (block < 0) {
            return NONE;
        }
        RfPulse pulse = sequence.rfPulse(sequence.rfId(block));
        long center = pulse.delayPs() + Math.round(pulse.centerSeconds() * 1e12);
        double[] g = new double[3];
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            g[axis.ordinal()] = id == 0
                    ? 0
                    : sequence.gradient(id).waveform(sequence.rasters()).at(center);
        }
        Vec3 gradient = sequence.rotation(block).apply(new Vec3(g[0], g[1], g[2]));
        double strength = gradient.norm();
        if (strength < WEAK_HERTZ_PER_METER) {
            return NONE;
        }
        return new SliceSelection(gradient, pulse.frequencyOffsetHertz(larmorHertz) / strength);
    }

    /** Thickness from the pulse's bandwidth; NaN when not selective or not known. Slow: for one excitation, not for all. */
    double thicknessMeters(RfPulse pulse, Rasters rasters) {
        return isSelective() ? RfFacts.bandwidthHertz(pulse, rasters) / gradient.norm() : Double.NaN;
    }

    boolean isSelective() {
        return gradient.norm() > 0;
    }

    /** Unit vector along which the offset counts. */
    Vec3 normal() {
        return gradient.normalized();
    }
}
