package org.isocenter.model;

import java.util.List;

/**
 * What a sequence is, in DICOM's terms (PS3.3 C.8.3.1); NaN or empty where it is not known, and then nothing is written.
 *
 * @param sequenceName short name of the sequence: "tse3d"
 * @param scanningSequence SE, IR, GR, EP, RM
 * @param sequenceVariant SK, SS, SP, NONE …
 * @param acquisitionType "2D" or "3D"
 * @param repetitionTimeSeconds TR
 * @param echoTimesSeconds effective TE of each contrast
 * @param inversionTimeSeconds TI or NaN
 * @param flipAngleRadians of the excitation
 * @param echoTrainLength echoes per excitation
 * @param averages number of averages
 * @param sliceThicknessMeters nominal
 * @param dwellSeconds of one (oversampled) sample
 * @param diffusion weighting of the images with each value of the counter SET; empty where there is none
 */
public record SequenceParameters(
        String sequenceName,
        List<String> scanningSequence,
        List<String> sequenceVariant,
        String acquisitionType,
        double repetitionTimeSeconds,
        List<Double> echoTimesSeconds,
        double inversionTimeSeconds,
        double flipAngleRadians,
        int echoTrainLength,
        int averages,
        double sliceThicknessMeters,
        double dwellSeconds,
        List<Diffusion> diffusion) {

    public SequenceParameters {
        scanningSequence = List.copyOf(scanningSequence);
        sequenceVariant = List.copyOf(sequenceVariant);
        echoTimesSeconds = List.copyOf(echoTimesSeconds);
        diffusion = List.copyOf(diffusion);
    }

    /** The weighting of images with this value of the counter SET; null where there is none. */
    public Diffusion diffusionOfSet(int set) {
        return set >= 0 && set < diffusion.size() ? diffusion.get(set) : null;
    }

    /** Not weighted by diffusion. */
    public SequenceParameters(
            String sequenceName,
            List<String> scanningSequence,
            List<String> sequenceVariant,
            String acquisitionType,
            double repetitionTimeSeconds,
            List<Double> echoTimesSeconds,
            double inversionTimeSeconds,
            double flipAngleRadians,
            int echoTrainLength,
            int averages,
            double sliceThicknessMeters,
            double dwellSeconds) {
        this(
                sequenceName,
                scanningSequence,
                sequenceVariant,
                acquisitionType,
                repetitionTimeSeconds,
                echoTimesSeconds,
                inversionTimeSeconds,
                flipAngleRadians,
                echoTrainLength,
                averages,
                sliceThicknessMeters,
                dwellSeconds,
                List.of());
    }
}
