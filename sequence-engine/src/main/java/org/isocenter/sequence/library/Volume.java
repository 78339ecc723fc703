package org.isocenter.sequence.library;

import org.isocenter.model.Encoding;
import org.isocenter.model.Protocol;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.design.LineSampling;
import org.isocenter.sequence.design.ViewOrder;

/**
 * What is encoded, in numbers: a stack of 2D slices, or one slab with partitions.
 *
 * @param fov extent along read, phase and slice in metres; along slice the thickness of one slice or of the slab
 * @param partitions 1 for 2D
 * @param slices 1 for 3D
 * @param spacingMeters between the centres of neighbouring slices
 */
record Volume(Vec3 fov, int matrix, int lines, int partitions, int slices, double spacingMeters) {

    static Volume stack(Protocol protocol) {
        double thickness = protocol.number("thickness");
        return new Volume(
                new Vec3(protocol.number("FOV"), protocol.number("FOVphase"), thickness),
                protocol.count("matrix"),
                protocol.count("matrixPhase"),
                1,
                protocol.count("slices"),
                thickness + protocol.number("gap"));
    }

    static Volume slab(Protocol protocol) {
        return new Volume(
                new Vec3(protocol.number("FOV"), protocol.number("FOVphase"), protocol.number("slab")),
                protocol.count("matrix"),
                protocol.count("matrixPhase"),
                protocol.count("partitions"),
                1,
                0);
    }

    double voxelDepthMeters() {
        return fov.z() / partitions;
    }

    double kPhasePerMeter(int line) {
        return ViewOrder.kPerMeter(line, lines, fov.y());
    }

    double kSlicePerMeter(int partition) {
        return ViewOrder.kPerMeter(partition, partitions, fov.z());
    }

    double largestKPhasePerMeter() {
        return ViewOrder.largestKPerMeter(lines, fov.y());
    }

    double largestKSlicePerMeter() {
        return ViewOrder.largestKPerMeter(partitions, fov.z());
    }

    Encoding encoding(int averages, int echoTrainLength) {
        return encoding(LineSampling.full(lines, partitions), averages, 1, echoTrainLength);
    }

    /** @param contrasts echoes that become images of their own */
    Encoding encoding(LineSampling sampling, int averages, int contrasts, int echoTrainLength) {
        int over = FrequencyEncoding.OVERSAMPLING;
        return new Encoding(
                over * matrix,
                lines,
                partitions,
                new Vec3(over * fov.x(), fov.y(), fov.z()),
                matrix,
                lines,
                partitions,
                fov,
                sampling.step1(),
                sampling.step2(),
                slices,
                averages,
                contrasts,
                1,
                slices > 1 ? spacingMeters : 0,
                Encoding.Trajectory.CARTESIAN,
                echoTrainLength,
                sampling.parallelImaging());
    }
}
