package org.isocenter.session.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.iod.EnhancedMrWriter;
import org.isocenter.dicom.iod.Extension;
import org.isocenter.dicom.iod.ImageGroup;
import org.isocenter.dicom.iod.MrImageWriter;
import org.isocenter.dicom.iod.Processing;
import org.isocenter.dicom.iod.RasterImage;
import org.isocenter.dicom.iod.SecondaryCaptureWriter;
import org.isocenter.dicom.iod.SeriesIdentity;
import org.isocenter.dicom.iod.WrittenSeries;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.ScanHeader;
import org.isocenter.session.archive.ArchivedSeries;

/** A scan's images as DICOM series with running numbers. One thread. */
final class SeriesExport {
    private final ScanHeader header;
    private final String description;
    private final int firstNumber;
    private final Path folder;
    private final OffsetDateTime made = OffsetDateTime.now().withNano(0);
    private final List<ArchivedSeries> series = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param description what the scan's images are called
     * @param firstNumber SeriesNumber of the first
     * @param folder where the files go
     */
    SeriesExport(ScanHeader header, String description, int firstNumber, Path folder) {
        this.header = header;
        this.description = description;
        this.firstNumber = firstNumber;
        this.folder = folder;
    }

    /** What was written so far. */
    List<ArchivedSeries> series() {
        return series;
    }

    /** For the user. */
    List<String> notes() {
        return notes;
    }

    void write(List<ImageVolume> volumes, DicomOutput output, Processing processing) throws IOException {
        Extension extension = output.extended() ? Extension.FULL : Extension.NONE;
        List<ImageGroup> groups = ImageGroup.of(volumes, processing);
        List<ImageGroup> single = new ArrayList<>(
                groups.stream().filter(output.objects()::classic).toList());
        List<ImageGroup> enhanced = new ArrayList<>();
        for (ImageGroup group :
                groups.stream().filter(output.objects()::enhanced).toList()) {
            List<String> missing = EnhancedMrWriter.missing(group, header);
            if (missing.isEmpty()) {
                enhanced.add(group);
                continue;
            }
            if (!single.contains(group)) {
                single.add(group);
            }
            String note = "no enhanced image, but single ones: it must tell " + String.join(", ", missing)
                    + ", which the raw data do not";
            if (!notes.contains(note)) {
                notes.add(note);
            }
        }
        int count = groups.size();
        for (ImageGroup group : single) {
            SeriesIdentity identity = next(group.name(), count);
            add(identity, MrImageWriter.write(group, header, identity, extension, folder));
        }
        for (ImageGroup group : enhanced) {
            SeriesIdentity identity = next(group.name(), count);
            add(identity, EnhancedMrWriter.write(group, header, identity, extension, folder));
        }
    }

    /**
     * Pages that are no images of the body.
     *
     * @param what they show
     * @param name tells the series from others of the scan
     */
    void write(List<RasterImage> pages, String what, String name) throws IOException {
        SeriesIdentity identity = next(name, 2);
        add(identity, SecondaryCaptureWriter.write(pages, what, header, identity, folder));
    }

    private SeriesIdentity next(String name, int count) {
        String whole = count == 1 || name.isEmpty() ? description : description + " " + name;
        return SeriesIdentity.create(firstNumber + series.size(), whole, firstNumber, made);
    }

    private void add(SeriesIdentity identity, WrittenSeries written) {
        notes.addAll(written.notes());
        series.add(new ArchivedSeries(
                identity.instanceUid(),
                identity.number(),
                identity.description(),
                written.files().size()));
    }
}
