package org.isocenter.dicom.iod;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Coils;
import org.isocenter.model.Encoding;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Provenance;
import org.isocenter.model.Quantity;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.SequenceParameters;

/** A scan in the terms of enhanced MR images (PS3.3 C.8.13), for those scans that tell all that these must. */
final class EnhancedFacts {
    private final ImageGroup group;
    private final ScanHeader header;
    private final SequenceParameters sequence;
    private final Encoding encoding;
    private final Provenance provenance;
    private final Coils coils;

    /** @param header of which nothing is {@link #missing} */
    EnhancedFacts(ImageGroup group, ScanHeader header) {
        this.group = group;
        this.header = header;
        this.sequence = header.sequence();
        this.encoding = AcquisitionModules.encoding(header, group.first()).orElseThrow();
        this.provenance = Provenance.of(header);
        this.coils = Coils.of(header);
    }

    static List<String> missing(ImageGroup group, ScanHeader header) {
        SequenceParameters sequence = header.sequence();
        PatientGeometry geometry = group.first().geometry();
        Provenance provenance = Provenance.of(header);
        List<String> missing = new ArrayList<>();
        require(missing, header.start() != null, "when the scan began");
        require(missing, AcquisitionModules.encoding(header, group.first()).isPresent(), "the encoding");
        positive(missing, header.scanner().fieldTesla(), "the field strength");
        require(missing, AcquisitionModules.isProton(header.scanner()), "the nucleus");
        positive(missing, sequence.repetitionTimeSeconds(), "TR");
        positive(missing, sequence.flipAngleRadians(), "the flip angle");
        positive(missing, sequence.averages(), "the number of averages");
        positive(missing, sequence.dwellSeconds(), "the sampling interval");
        double echoTime =
                AcquisitionModules.echoTimeSeconds(sequence, group.first().contrast());
        require(missing, echoTime >= 0, "TE");
        positive(missing, geometry.sliceThicknessMeters(), "the slice thickness");
        positive(missing, provenance.durationSeconds(), "how long the scan took");
        require(missing, provenance.bodySarWattsPerKilogram() >= 0, "the specific absorption rate");
        require(missing, provenance.nerveStimulationPercent() >= 0, "the gradients' output");
        Coils coils = Coils.of(header);
        boolean several = header.scanner().receiverChannels() > 1;
        require(missing, several || coils.receive() != Coils.Kind.UNKNOWN, "what kind of coil receives");
        require(missing, coils.transmit() != Coils.Kind.UNKNOWN, "what kind of coil transmits");
        require(missing, !group.processing().kSpaceFiltering().isEmpty(), "how k-space was filtered");
        return missing;
    }

    private static void positive(List<String> missing, double value, String what) {
        require(missing, value > 0 && Double.isFinite(value), what);
    }

    private static void require(List<String> missing, boolean known, String what) {
        if (!known) {
            missing.add(what);
        }
    }

    ImageGroup group() {
        return group;
    }

    ScanHeader header() {
        return header;
    }

    SequenceParameters sequence() {
        return sequence;
    }

    Encoding encoding() {
        return encoding;
    }

    Provenance provenance() {
        return provenance;
    }

    Coils coils() {
        return coils;
    }

    /** OTHER where the standard has no word for it, or nobody has told. */
    String parallelTechnique() {
        String technique = group.processing().parallelTechnique();
        return technique.isEmpty() ? "OTHER" : technique;
    }

    String kSpaceFiltering() {
        return group.processing().kSpaceFiltering();
    }

    boolean scanning(String term) {
        return sequence.scanningSequence().contains(term);
    }

    boolean variant(String term) {
        return sequence.sequenceVariant().contains(term);
    }

    boolean isVolumetric() {
        return "3D".equals(sequence.acquisitionType()) || encoding.encodedZ() > 1;
    }

    boolean isRectilinear() {
        return encoding.trajectory() == Trajectory.CARTESIAN || encoding.trajectory() == Trajectory.EPI;
    }

    boolean isEchoPlanar() {
        return scanning("EP") || encoding.trajectory() == Trajectory.EPI;
    }

    /** Spin echoes, gradient echoes alone otherwise. */
    boolean isSpinEcho() {
        return scanning("SE");
    }

    double echoTimeSeconds() {
        return AcquisitionModules.echoTimeSeconds(sequence, group.first().contrast());
    }

    int echoTrainLength() {
        return Math.max(1, sequence.echoTrainLength());
    }

    /** Image type, and type of all frames (PS3.3 C.8.13.3.1.1). */
    String[] frameType() {
        Quantity quantity = group.quantity();
        String flavor = group.isDiffusionWeighted() || quantity == Quantity.DIFFUSION ? "DIFFUSION" : "VOLUME";
        String derived = switch (quantity) {
            case DIFFUSION -> "ADC";
            case T1 -> "T1_MAP";
            case T2 -> "T2_MAP";
            case T2_STAR -> "T2_STAR_MAP";
            default -> "NONE";
        };
        return new String[] {quantity.isMap() ? "DERIVED" : "ORIGINAL", "PRIMARY", flavor, derived};
    }

    String complexComponent() {
        return switch (group.quantity()) {
            case PHASE, REAL, IMAGINARY -> group.quantity().name();
            default -> "MAGNITUDE";
        };
    }

    String contrast() {
        return group.isDiffusionWeighted() ? "DIFFUSION" : "UNKNOWN";
    }
}
