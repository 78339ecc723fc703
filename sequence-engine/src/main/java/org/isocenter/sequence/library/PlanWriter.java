package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.Rotation;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequencePlan;

/** Writes blocks together with what they mean: rotation, labels, and a header for each readout. */
final class PlanWriter {
    private final Sequence.Builder builder;
    private final PatientPosition position;
    private final List<ReadoutHeader> readouts = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private EncodingGeometry geometry;
    private List<Extension> turn = List.of();

    PlanWriter(Rasters rasters, PatientPosition position) {
        this.builder = new Sequence.Builder(rasters);
        this.position = position;
    }

    /** The blocks from here on are of this slice or slab. */
    void at(EncodingGeometry newGeometry) {
        at(newGeometry, Rotation.IDENTITY);
    }

    /** The same, with the gradients turned within the geometry's own axes: a spoke, an arm of a spiral. */
    void at(EncodingGeometry newGeometry, Rotation within) {
        geometry = newGeometry;
        Rotation toDevice =
                position.patientToDevice().after(newGeometry.rotation()).after(within);
        turn = toDevice.isIdentity() ? List.of() : List.of(new Extension.Turn(toDevice));
    }

    void block(long durationPs, RfPulse rf, Gradient read, Gradient phase, Gradient slice) {
        boolean turned = read != null || phase != null || slice != null;
        builder.block(durationPs, rf, read, phase, slice, null, turned ? turn : List.of());
    }

    /** A block with an ADC window and no gradient but the readout's. */
    void readout(long durationPs, Gradient read, Adc adc, int centerSample, int space, EncodingCounters counters) {
        readout(durationPs, read, null, null, adc, centerSample, space, counters, 0);
    }

    /**
     * A block with an ADC window, whose labels are set to the counters and flags.
     *
     * @param centerSample index of the sample nearest to the centre of k-space
     * @param space encoding space; spaces above 0 are told apart by the label SET in the file
     * @param flags of {@link AcquisitionFlags}; those that mark the first and last of a slice are added at the end
     */
    void readout(
            long durationPs,
            Gradient read,
            Gradient phase,
            Gradient slice,
            Adc adc,
            int centerSample,
            int space,
            EncodingCounters counters,
            long flags) {
        boolean turned = read != null || phase != null || slice != null;
        List<Extension> extensions = new ArrayList<>(turned ? turn : List.of());
        label("LIN", counters.step1(), extensions);
        label("PAR", counters.step2(), extensions);
        label("SLC", counters.slice(), extensions);
        label("AVG", counters.average(), extensions);
        label("ECO", counters.contrast(), extensions);
        label("PHS", counters.phase(), extensions);
        label("REP", counters.repetition(), extensions);
        label("SET", counters.set() + space, extensions);
        label("SEG", counters.segment(), extensions);
        mark("NAV", flags & (AcquisitionFlags.NAVIGATION | AcquisitionFlags.PHASE_CORRECTION), extensions);
        mark("REV", flags & AcquisitionFlags.REVERSE, extensions);
        mark("NOISE", flags & AcquisitionFlags.NOISE_MEASUREMENT, extensions);
        long both = flags & AcquisitionFlags.PARALLEL_CALIBRATION_AND_IMAGING;
        mark("REF", flags & AcquisitionFlags.PARALLEL_CALIBRATION | both, extensions);
        mark("IMA", both, extensions);
        double start = (builder.endPs() + adc.delayPs()) * 1e-12;
        readouts.add(new ReadoutHeader(
                readouts.size(),
                flags,
                counters,
                adc.samples(),
                1,
                centerSample,
                0,
                0,
                adc.dwellPs() * 1e-12,
                start,
                space,
                geometry));
        builder.block(durationPs, null, read, phase, slice, adc, extensions);
    }

    private void mark(String name, long flag, List<Extension> extensions) {
        label(name, flag == 0 ? 0 : 1, extensions);
    }

    /** Labels keep their value until they are set anew, and start at 0. */
    private void label(String name, int value, List<Extension> extensions) {
        if (labels.getOrDefault(name, 0) != value) {
            labels.put(name, value);
            extensions.add(new Extension.Label(false, name, value));
        }
    }

    SequencePlan finish(List<Encoding> encodings, SequenceParameters parameters, List<String> notes) {
        Map<String, String> definitions = new LinkedHashMap<>();
        Vec3 fov = encodings.get(0).reconFovMeters();
        definitions.put("Name", parameters.sequenceName());
        definitions.put("FOV", number(fov.x()) + " " + number(fov.y()) + " " + number(fov.z()));
        definitions.put("TR", number(parameters.repetitionTimeSeconds()));
        if (!parameters.echoTimesSeconds().isEmpty()) {
            definitions.put("TE", number(parameters.echoTimesSeconds().get(0)));
        }
        if (!Double.isNaN(parameters.flipAngleRadians())) {
            definitions.put("FA", number(Math.toDegrees(parameters.flipAngleRadians())));
        }
        definitions.put("TotalDuration", number(builder.endPs() * 1e-12));
        definitions.forEach(builder::definition);
        return new SequencePlan(builder.build(), encodings, readouts, parameters, notes);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.9g", value)
                .replaceAll("(\\.\\d*?)0+$", "$1")
                .replaceAll("\\.$", "");
    }
}
