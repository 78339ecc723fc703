package org.isocenter.model;

/**
 * How k-space was sampled and what image is wanted: MRD's encoding element. Matrices count x (readout), y (phase), z
 * (partition); the encoded x includes readout oversampling. A 2D encoding has z = 1 and the slice thickness as its z extent.
 *
 * @param encodedX samples of a readout, with oversampling
 * @param encodedFovMeters extent that the encoded matrix spans, logical axes
 * @param reconX columns of the image
 * @param reconFovMeters extent of the image
 * @param step1 kspace_encoding_step_1 (phase encoding)
 * @param step2 kspace_encoding_step_2 (partition encoding)
 * @param slices number of separate slices
 * @param averages number of averages
 * @param contrasts number of echoes kept apart
 * @param repetitions number of repetitions
 * @param sliceSpacingMeters centre to centre of neighbouring slices; 0 for one slice or 3D
 * @param parallelImaging what was left out for a parallel reconstruction
 * @param description of the trajectory, {@link TrajectoryDescription#NONE} where its type says all
 */
public record Encoding(
        int encodedX,
        int encodedY,
        int encodedZ,
        Vec3 encodedFovMeters,
        int reconX,
        int reconY,
        int reconZ,
        Vec3 reconFovMeters,
        EncodingLimits step1,
        EncodingLimits step2,
        int slices,
        int averages,
        int contrasts,
        int repetitions,
        double sliceSpacingMeters,
        Trajectory trajectory,
        int echoTrainLength,
        ParallelImaging parallelImaging,
        TrajectoryDescription description) {

    /** MRD's trajectory types. */
    public enum Trajectory {
        CARTESIAN,
        EPI,
        RADIAL,
        SPIRAL,
        OTHER
    }

    /** Not undersampled. */
    public Encoding(
            int encodedX,
            int encodedY,
            int encodedZ,
            Vec3 encodedFovMeters,
            int reconX,
            int reconY,
            int reconZ,
            Vec3 reconFovMeters,
            EncodingLimits step1,
            EncodingLimits step2,
            int slices,
            int averages,
            int contrasts,
            int repetitions,
            double sliceSpacingMeters,
            Trajectory trajectory,
            int echoTrainLength) {
        this(
                encodedX,
                encodedY,
                encodedZ,
                encodedFovMeters,
                reconX,
                reconY,
                reconZ,
                reconFovMeters,
                step1,
                step2,
                slices,
                averages,
                contrasts,
                repetitions,
                sliceSpacingMeters,
                trajectory,
                echoTrainLength,
                ParallelImaging.NONE);
    }

    /** The trajectory's type says all. */
    public Encoding(
            int encodedX,
            int encodedY,
            int encodedZ,
            Vec3 encodedFovMeters,
            int reconX,
            int reconY,
            int reconZ,
            Vec3 reconFovMeters,
            EncodingLimits step1,
            EncodingLimits step2,
            int slices,
            int averages,
            int contrasts,
            int repetitions,
            double sliceSpacingMeters,
            Trajectory trajectory,
            int echoTrainLength,
            ParallelImaging parallelImaging) {
        this(
                encodedX,
                encodedY,
                encodedZ,
                encodedFovMeters,
                reconX,
                reconY,
                reconZ,
                reconFovMeters,
                step1,
                step2,
                slices,
                averages,
                contrasts,
                repetitions,
                sliceSpacingMeters,
                trajectory,
                echoTrainLength,
                parallelImaging,
                TrajectoryDescription.NONE);
    }

    /** The same with another image wanted of it. */
    public Encoding withImage(int newReconX, int newReconY, int newReconZ, Vec3 newReconFovMeters) {
        return new Encoding(
                encodedX,
                encodedY,
                encodedZ,
                encodedFovMeters,
                newReconX,
                newReconY,
                newReconZ,
                newReconFovMeters,
                step1,
                step2,
                slices,
                averages,
                contrasts,
                repetitions,
                sliceSpacingMeters,
                trajectory,
                echoTrainLength,
                parallelImaging,
                description);
    }

    /** The same with lines of another length and extent. */
    public Encoding withEncodedRead(int newEncodedX, Vec3 newEncodedFovMeters) {
        return new Encoding(
                newEncodedX,
                encodedY,
                encodedZ,
                newEncodedFovMeters,
                reconX,
                reconY,
                reconZ,
                reconFovMeters,
                step1,
                step2,
                slices,
                averages,
                contrasts,
                repetitions,
                sliceSpacingMeters,
                trajectory,
                echoTrainLength,
                parallelImaging,
                description);
    }

    /** The same measured another number of times. */
    public Encoding withAverages(int newAverages) {
        return new Encoding(
                encodedX,
                encodedY,
                encodedZ,
                encodedFovMeters,
                reconX,
                reconY,
                reconZ,
                reconFovMeters,
                step1,
                step2,
                slices,
                newAverages,
                contrasts,
                repetitions,
                sliceSpacingMeters,
                trajectory,
                echoTrainLength,
                parallelImaging,
                description);
    }

    /** The same with another type and description of the trajectory. */
    public Encoding withTrajectory(Trajectory newTrajectory, TrajectoryDescription newDescription) {
        return new Encoding(
                encodedX,
                encodedY,
                encodedZ,
                encodedFovMeters,
                reconX,
                reconY,
                reconZ,
                reconFovMeters,
                step1,
                step2,
                slices,
                averages,
                contrasts,
                repetitions,
                sliceSpacingMeters,
                newTrajectory,
                echoTrainLength,
                parallelImaging,
                newDescription);
    }
}
