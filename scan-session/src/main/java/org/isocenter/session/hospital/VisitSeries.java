package org.isocenter.session.hospital;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.workflow.PerformedSeries;
import org.isocenter.model.SopReference;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedScan;
import org.isocenter.session.archive.ArchivedSeries;
import org.isocenter.session.run.ScanState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The series of a visit, as the archive has them. A scan that was done and has nothing for DICOM counts as a series without images: it
 * was performed.
 */
final class VisitSeries {
    private static final Logger LOG = LoggerFactory.getLogger(VisitSeries.class);

    /** What an instance of a series is. */
    private record Instance(String seriesUid, SopReference reference, boolean image) {}

    private final Archive archive;
    private final List<ArchivedScan> scans;

    VisitSeries(Archive archive, List<ArchivedScan> scans) {
        this.archive = archive;
        this.scans = scans;
    }

    /** Their UIDs, parted by spaces: to tell whether something is new. */
    String digest() {
        return scans.stream()
                .flatMap(scan -> seriesOf(scan).stream())
                .map(ArchivedSeries::instanceUid)
                .collect(Collectors.joining(" "));
    }

    /** With their instances. @param performingPhysician PN, or empty */
    List<PerformedSeries> withInstances(String performingPhysician) {
        List<PerformedSeries> all = new ArrayList<>();
        for (ArchivedScan scan : scans) {
            Map<String, List<Instance>> instances = instancesOf(scan);
            for (ArchivedSeries series : seriesOf(scan)) {
                List<Instance> own = instances.getOrDefault(series.instanceUid(), List.of());
                all.add(new PerformedSeries(
                        series.instanceUid(),
                        scan.protocolName().isBlank() ? scan.sequence() : scan.protocolName(),
                        series.description(),
                        performingPhysician,
                        "",
                        references(own, true),
                        references(own, false)));
            }
        }
        return all;
    }

    private List<ArchivedSeries> seriesOf(ArchivedScan scan) {
        List<ArchivedSeries> series = archive.series(scan.id());
        if (series.isEmpty() && ScanState.valueOf(scan.state()) == ScanState.DONE) {
            return List.of(new ArchivedSeries(uidOf(scan.id()), 0, "", 0));
        }
        return series;
    }

    /** The same each time that the scan is told of (PS3.5 B.2). */
    private static String uidOf(String scanId) {
        UUID uuid = UUID.nameUUIDFromBytes(scanId.getBytes(StandardCharsets.UTF_8));
        return "2.25." + new BigInteger(uuid.toString().replace("-", ""), 16);
    }

    private static Map<String, List<Instance>> instancesOf(ArchivedScan scan) {
        List<Instance> instances = new ArrayList<>();
        for (Path file : scan.files()) {
            if (!file.toString().endsWith(".dcm") || !Files.exists(file)) {
                continue;
            }
            try {
                Attributes object = DicomReader.read(file).dataset();
                SopReference reference =
                        new SopReference(object.getString(Tag.SOPClassUID), object.getString(Tag.SOPInstanceUID));
                instances.add(new Instance(
                        object.getString(Tag.SeriesInstanceUID), reference, object.contains(Tag.PixelData)));
            } catch (IOException e) {
                LOG.warn("an image of scan {} cannot be told of", scan.id(), e);
            }
        }
        return instances.stream()
                .collect(Collectors.groupingBy(Instance::seriesUid, LinkedHashMap::new, Collectors.toList()));
    }

    private static List<SopReference> references(List<Instance> instances, boolean images) {
        return instances.stream()
                .filter(instance -> instance.image() == images)
                .map(Instance::reference)
                .toList();
    }
}
