package org.isocenter.app.panel;

import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceBuilder;

/**
 * What a protocol would cost and bring; NaN for what cannot be said of it.
 *
 * @param durationSeconds scan time
 * @param columnMeters voxel size along read
 * @param rowMeters voxel size along phase
 * @param sliceMeters voxel size across
 * @param signalToNoise voxel volume times the root of the total sampling time (Macovski 1996, MRM 36:494), in m³·√s: only
 *     the ratio of two means anything, and contrast is left out
 */
public record Estimate(
        double durationSeconds, double columnMeters, double rowMeters, double sliceMeters, double signalToNoise) {

    /** Nothing is known. */
    public static final Estimate UNKNOWN = new Estimate(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Of a protocol that the builder finds nothing wrong with. */
    public static Estimate of(Protocol protocol, SequenceBuilder builder, SystemLimits limits) {
        double matrix = number(protocol, "matrix", Double.NaN);
        double phaseSteps = number(protocol, "matrixPhase", matrix);
        double partitions = number(protocol, "partitions", 1);
        double fov = number(protocol, "FOV", Double.NaN);
        double column = fov / matrix;
        double row = number(protocol, "FOVphase", fov) / phaseSteps;
        double slice = number(protocol, "thickness", number(protocol, "slab", Double.NaN) / partitions);
        double readoutSeconds = matrix / number(protocol, "BW", Double.NaN);
        double samplingSeconds = readoutSeconds * phaseSteps * partitions * number(protocol, "averages", 1);
        return new Estimate(
                builder.durationSeconds(protocol, limits),
                column,
                row,
                slice,
                column * row * slice * Math.sqrt(samplingSeconds));
    }

    private static double number(Protocol protocol, String parameter, double otherwise) {
        return protocol.has(parameter) ? protocol.number(parameter) : otherwise;
    }

    /** Signal to noise relative to {@code other}'s: 1.2 is 20 % more. */
    public double relativeTo(Estimate other) {
        return signalToNoise / other.signalToNoise;
    }
}
