package org.isocenter.hardware.virtual;

import java.util.List;
import org.isocenter.hardware.GradientImperfections;
import org.isocenter.hardware.Imperfections;
import org.isocenter.model.SystemLimits;

/**
 * How a scanner's fields follow what its gradient amplifiers are told: scale and cross-terms of the axes, their delays and
 * offsets, eddy currents, concomitant fields; and how the main field changes meanwhile. All of it is the same for all spins
 * or linear or quadratic in their place, so it is worked out once for each event of a table. Immutable.
 */
final class ScannerFields {
    private final double[][] matrix = new double[3][3];
    private final double[] offset = new double[3];
    private final List<Double> delaySeconds;
    private final EddyCurrents undisturbed;
    private final ConcomitantFields concomitant;
    private final FieldVariation variation;
    private final double startSeconds;

    /** @param startSeconds of the table since the scanner was connected, in the time of the tables played since then */
    ScannerFields(Imperfections imperfections, SystemLimits limits, double startSeconds) {
        GradientImperfections gradients = imperfections.gradients();
        for (int axis = 0; axis < 3; axis++) {
            for (int other = 0; other < 3; other++) {
                matrix[axis][other] = axis == other
                        ? gradients.scale().get(axis)
                        : gradients.crossTerms().get(axis).get(other);
            }
            offset[axis] = gradients.offsetMicroteslaPerMeter().get(axis) * 1e-6 * limits.gammaHertzPerTesla();
        }
        delaySeconds = gradients.delaySeconds();
        undisturbed = EddyCurrents.none(gradients.eddyCurrents());
        concomitant = new ConcomitantFields(gradients.concomitantAxis(), limits.larmorHertz());
        variation = FieldVariation.of(imperfections.field(), limits.larmorHertz());
        this.startSeconds = startSeconds;
    }

    static ScannerFields perfect(SystemLimits limits) {
        return new ScannerFields(Imperfections.NONE, limits, 0);
    }

    double delaySeconds(int axis) {
        return delaySeconds.get(axis);
    }

    ConcomitantFields concomitant() {
        return concomitant;
    }

    /** The fields as they are from a table's start on. */
    PlayedField atRest() {
        return new PlayedField(this, 0, field(offset[0], offset[1], offset[2]), undisturbed);
    }

    /** The fields from a change of the commanded gradients on. */
    PlayedField after(PlayedField before, float[] commanded, double seconds) {
        double[] played = offset.clone();
        for (int axis = 0; axis < 3; axis++) {
            for (int other = 0; other < 3; other++) {
                played[axis] += matrix[axis][other] * commanded[other];
            }
        }
        double[] step = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            step[axis] = played[axis] - before.steady().axis(axis);
        }
        return new PlayedField(
                this, seconds, field(played[0], played[1], played[2]), before.eddyCurrentsAfter(seconds, step));
    }

    GradientField field(double gx, double gy, double gz) {
        return concomitant.with(gx, gy, gz);
    }

    /** Whether the main field changes with time. */
    boolean varies() {
        return variation != null;
    }

    /** Turns of all spins from one time in the table to another, because the main field changes. */
    double variationTurns(double fromSeconds, double toSeconds) {
        return variation == null ? 0 : variation.turns(startSeconds + fromSeconds, startSeconds + toSeconds);
    }
}
