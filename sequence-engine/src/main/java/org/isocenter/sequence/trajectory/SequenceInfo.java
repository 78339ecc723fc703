package org.isocenter.sequence.trajectory;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequencePlan;

/**
 * Facts about a sequence for people, whatever version its file has. SI; NaN where something is not known.
 *
 * @param blocks number of blocks
 * @param rfPulses RF pulses played
 * @param gradientEvents gradient events played on the file's x, y and z
 * @param adcWindows ADC windows
 * @param adcSamples samples of all windows together
 * @param durationSeconds of the whole sequence
 * @param fovMeters the FOV definition; null when the file has none
 * @param maxGradientHertzPerMeter per device axis, after rotation
 * @param maxSlewHertzPerMeterPerSecond per device axis, within blocks
 * @param flipAngles pulses that differ in use or flip angle
 * @param kspaceMin smallest k at any sample, 1/m; null without samples
 * @param kspaceMax largest
 * @param resolutionMeters per device axis, one over the width of k-space wherever that lies; NaN where nothing is encoded
 * @param labels value range at the ADC windows of every label that the sequence uses
 * @param parameters TE, TR and the like, as worked out from pulses and readouts
 * @param trajectory kind of trajectory
 * @param unsupported features of the file that this console does not play, or not in full
 */
public record SequenceInfo(
        int blocks,
        int rfPulses,
        List<Integer> gradientEvents,
        int adcWindows,
        long adcSamples,
        double durationSeconds,
        Vec3 fovMeters,
        List<Double> maxGradientHertzPerMeter,
        List<Double> maxSlewHertzPerMeterPerSecond,
        List<FlipAngle> flipAngles,
        Vec3 kspaceMin,
        Vec3 kspaceMax,
        List<Double> resolutionMeters,
        Map<String, Range> labels,
        SequenceParameters parameters,
        String trajectory,
        List<String> unsupported) {

    /** A kind of pulse; NaN radians for one whose angle its integral does not tell. */
    public record FlipAngle(RfUse use, double radians, int pulses) {}

    /** Smallest and largest value. */
    public record Range(int min, int max) {}

    /** @param larmorHertz of the scanner, for offsets in ppm */
    public static SequenceInfo of(Sequence sequence, double larmorHertz) {
        int rf = 0;
        int[] gradients = new int[3];
        for (int block = 0; block < sequence.blockCount(); block++) {
            rf += sequence.rfId(block) == 0 ? 0 : 1;
            for (Axis axis : Axis.values()) {
                gradients[axis.ordinal()] += sequence.gradientId(block, axis) == 0 ? 0 : 1;
            }
        }
        KspaceExtent extent = new KspaceExtent(sequence);
        GradientExtremes extremes = new GradientExtremes(sequence);
        SequencePlan plan = EncodingPlanner.plan(sequence, larmorHertz, PatientPosition.HFS);
        FileDefinitions definitions = new FileDefinitions(sequence.definitions());
        Vec3 fov = new Vec3(definitions.fovMeters(0), definitions.fovMeters(1), definitions.fovMeters(2));
        return new SequenceInfo(
                sequence.blockCount(),
                rf,
                Arrays.stream(gradients).boxed().toList(),
                sequence.adcWindows(),
                extent.samples(),
                sequence.durationPs() * 1e-12,
                Double.isNaN(fov.norm()) ? null : fov,
                Arrays.stream(extremes.hertzPerMeter).boxed().toList(),
                Arrays.stream(extremes.hertzPerMeterPerSecond).boxed().toList(),
                flipAngles(sequence),
                extent.min(),
                extent.max(),
                List.of(extent.resolutionMeters(0), extent.resolutionMeters(1), extent.resolutionMeters(2)),
                labels(sequence),
                plan.parameters(),
                plan.encodings().get(0).trajectory().name(),
                unsupported(sequence));
    }

    private static List<FlipAngle> flipAngles(Sequence sequence) {
        record Kind(RfUse use, long milliradians) {}
        double[] angles = new double[sequence.rfCount() + 1];
        for (int id = 1; id <= sequence.rfCount(); id++) {
            angles[id] = RfFacts.flipAngleRadians(sequence.rfPulse(id), sequence.rasters());
        }
        Map<Kind, FlipAngle> found = new LinkedHashMap<>();
        for (int block = 0; block < sequence.blockCount(); block++) {
            int id = sequence.rfId(block);
            if (id != 0) {
                RfPulse pulse = sequence.rfPulse(id);
                double angle = angles[id];
                long rounded = Double.isNaN(angle) ? -1 : Math.round(angle * 1000);
                found.merge(
                        new Kind(pulse.use(), rounded),
                        new FlipAngle(pulse.use(), angle, 1),
                        (a, b) -> new FlipAngle(a.use, a.radians, a.pulses + 1));
            }
        }
        return List.copyOf(found.values());
    }

    private static Map<String, Range> labels(Sequence sequence) {
        Map<String, Range> ranges = new LinkedHashMap<>();
        LabelState.atAdc(sequence)
                .forEach((name, values) -> ranges.put(
                        name,
                        new Range(
                                Arrays.stream(values).min().orElse(0),
                                Arrays.stream(values).max().orElse(0))));
        return ranges;
    }

    private static List<String> unsupported(Sequence sequence) {
        Set<String> found = new LinkedHashSet<>();
        for (int list = 1; list <= sequence.extensionListCount(); list++) {
            for (Extension extension : sequence.extensions(list)) {
                if (extension instanceof Extension.Unknown unknown) {
                    found.add("extension " + unknown.name() + ": no effect");
                } else if (extension instanceof Extension.RfShim shim
                        && shim.magnitudePhase().size() > 2) {
                    found.add("RF shims of " + shim.magnitudePhase().size() / 2 + " transmit channels");
                }
            }
        }
        return List.copyOf(found);
    }
}
