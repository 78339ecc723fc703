package org.isocenter.dicom.iod;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.Code;
import org.isocenter.model.Provenance;
import org.isocenter.model.ScanHeader;

/** By what an object came to be, where every program can read it: contributing equipment (PS3.3 C.12.1, type 3). */
final class ContributingEquipment {
    private static final Code ACQUISITION = new Code("109101", "DCM", "Acquisition Equipment");

    private ContributingEquipment() {}

    static void write(Attributes to, ScanHeader header) {
        Provenance provenance = Provenance.of(header);
        Attributes item = to.newItem();
        Codes.write(item, Tag.PurposeOfReferenceCodeSequence, List.of(ACQUISITION));
        TextWriter text = new TextWriter(item, new ArrayList<>());
        new AcquisitionModules(item, text).writeEquipment(header.scanner());
        text.describe(Tag.ContributionDescription, description(header.measurementId(), provenance));
        to.setSequence(Tag.ContributingEquipmentSequence, List.of(item));
    }

    private static String description(String measurementId, Provenance provenance) {
        List<String> parts = new ArrayList<>();
        add(parts, "measurement ", measurementId);
        add(parts, "sequence SHA-256 ", provenance.sequenceSha256());
        add(parts, "calibration ", provenance.calibrationId());
        add(parts, "commit ", provenance.commit());
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, String what, String value) {
        if (!value.isEmpty()) {
            parts.add(what + value);
        }
    }
}
