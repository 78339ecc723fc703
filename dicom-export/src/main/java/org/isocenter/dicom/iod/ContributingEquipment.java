package org.isocenter.dicom.iod;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.Code;
import org.isocenter.model.Provenance;
import org.isocenter.model.ScanHeader;

/**
 * By what an object came to be, where every program can read it: contributing equipment (PS3.3 C.12.1, type 3). One item for
 * the scan, one for the reconstruction.
 */
final class ContributingEquipment {
    private static final Code ACQUISITION = new Code("109101", "DCM", "Acquisition Equipment");
    private static final Code PROCESSING = new Code("109102", "DCM", "Processing Equipment");

    private static final String MEASUREMENT = "measurement ";
    private static final String SEQUENCE = "sequence SHA-256 ";
    private static final String CALIBRATION = "calibration ";
    private static final String COMMIT = "commit ";
    private static final String RECONSTRUCTION = "reconstruction ";
    private static final String PARTS = "; ";

    private ContributingEquipment() {}

    /** @param notes is told when the chain of steps was too long */
    static void write(Attributes to, ScanHeader header, Processing processing, List<String> notes) {
        Provenance provenance = Provenance.of(header);
        List<String> scan = new ArrayList<>();
        add(scan, MEASUREMENT, header.measurementId());
        add(scan, SEQUENCE, provenance.sequenceSha256());
        add(scan, CALIBRATION, provenance.calibrationId());
        add(scan, COMMIT, provenance.commit());
        List<Attributes> items = new ArrayList<>();
        items.add(item(to, ACQUISITION, header, String.join(PARTS, scan), notes));
        if (!processing.steps().isEmpty()) {
            items.add(item(to, PROCESSING, header, RECONSTRUCTION + processing.steps(), notes));
        }
        to.setSequence(Tag.ContributingEquipmentSequence, items);
    }

    private static Attributes item(
            Attributes parent, Code purpose, ScanHeader header, String description, List<String> notes) {
        Attributes item = parent.newItem();
        Codes.write(item, Tag.PurposeOfReferenceCodeSequence, List.of(purpose));
        new AcquisitionModules(item, new TextWriter(item, new ArrayList<>())).writeEquipment(header.scanner());
        new TextWriter(item, notes).describe(Tag.ContributionDescription, description);
        return item;
    }

    private static void add(List<String> parts, String what, String value) {
        if (!value.isEmpty()) {
            parts.add(what + value);
        }
    }

    /** What {@link #write} wrote; null when it is not there. */
    static ImageProvenance read(Attributes from) {
        String scan = "";
        String software = "";
        String reconstruction = "";
        for (Attributes item : from.getSequence(Tag.ContributingEquipmentSequence)) {
            String text = text(item, Tag.ContributionDescription);
            if (text.startsWith(MEASUREMENT)) {
                scan = text;
                software = text(item, Tag.SoftwareVersions);
            } else if (text.startsWith(RECONSTRUCTION)) {
                reconstruction = text.substring(RECONSTRUCTION.length());
            }
        }
        return scan.isEmpty()
                ? null
                : new ImageProvenance(
                        part(scan, MEASUREMENT),
                        part(scan, SEQUENCE),
                        part(scan, CALIBRATION),
                        software,
                        part(scan, COMMIT),
                        reconstruction);
    }

    private static String text(Attributes item, int tag) {
        return Objects.requireNonNullElse(item.getString(tag), "");
    }

    private static String part(String text, String what) {
        for (String part : text.split(PARTS)) {
            if (part.startsWith(what)) {
                return part.substring(what.length());
            }
        }
        return "";
    }
}
