package org.isocenter.dicom.iod;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.model.Diffusion;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;

/**
 * Turns a reconstructed volume into MR Image Storage objects (PS3.3 A.4), one per slice, in the order of the slice index.
 * Nothing is invented: what the header does not know is left out or empty, as the attribute's type allows. Any thread.
 */
public final class MrImageWriter {

    /**
     * @param files one per slice, in order
     * @param notes for the user: what had to be shortened or could not be kept
     */
    public record Result(List<Path> files, List<String> notes) {
        public Result {
            files = List.copyOf(files);
            notes = List.copyOf(notes);
        }
    }

    private MrImageWriter() {}

    /**
     * What in a study DICOM cannot hold (names or numbers that are too long, UIDs that are none), each as a sentence; empty
     * when images of it can be written. For before a scan.
     */
    public static List<String> problems(Study study) {
        List<String> problems = new ArrayList<>();
        new StudyModules(new Attributes(), problem -> problems.add(problem.getMessage())).write(study);
        return problems;
    }

    /**
     * Writes the volume into {@code directory}, which is made when missing, as {@code SSSS-IIIII.dcm} with the numbers of
     * series and image. Either all files are there afterwards, or none.
     *
     * @throws DicomValueException when an identifier cannot be written as it is, see {@link #problems}
     * @throws IllegalArgumentException when the volume's geometry is none
     * @throws FileAlreadyExistsException when one of the files exists; nothing is overwritten
     */
    public static Result write(ImageVolume volume, ScanHeader header, SeriesIdentity series, Path directory)
            throws IOException {
        List<String> notes = new ArrayList<>();
        List<Attributes> objects = objects(volume, header, series, notes);
        List<Path> files = new ArrayList<>();
        for (Attributes object : objects) {
            Path file = directory.resolve(
                    String.format(Locale.ROOT, "%04d-%05d.dcm", series.number(), object.getInt(Tag.InstanceNumber, 0)));
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            files.add(file);
        }
        Files.createDirectories(directory);
        int written = 0;
        try {
            for (; written < files.size(); written++) {
                DicomWriter.write(files.get(written), objects.get(written));
            }
        } finally {
            if (written < files.size()) {
                for (Path file : files.subList(0, written)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        return new Result(files, notes);
    }

    /** The objects that {@link #write} writes; adds to {@code notes}. */
    static List<Attributes> objects(ImageVolume volume, ScanHeader header, SeriesIdentity series, List<String> notes) {
        ImagePlane plane = new ImagePlane(volume);
        StoredPixels pixels = new StoredPixels(volume);
        Attributes shared = new Attributes();
        shared.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        shared.setString(Tag.SOPClassUID, UID.MRImageStorage);
        shared.setString(Tag.Modality, "MR");
        Quantity quantity = volume.quantity();
        shared.setString(Tag.ImageType, imageType(quantity));
        new StudyModules(shared, problem -> {
                    throw problem;
                })
                .write(header.study());
        TextWriter text = new TextWriter(shared, notes);
        text.describe(Tag.StudyDescription, header.study().description());
        new AcquisitionModules(shared, text).write(header, volume);
        writeSeries(shared, header, series, text);
        plane.writeShared(shared);
        pixels.writeShared(shared);
        if (quantity.isMap()) {
            text.describe(Tag.DerivationDescription, "Map of the " + quantity.words() + " in " + quantity.symbol());
        }
        text.describe(Tag.ImageComments, comments(volume, pixels, notes));
        List<Attributes> objects = new ArrayList<>();
        for (int slice = 0; slice < volume.slices(); slice++) {
            Attributes object = shared.copy();
            object.setString(Tag.SOPInstanceUID, UID.create());
            object.setInt(Tag.InstanceNumber, series.firstInstanceNumber() + slice);
            plane.writeSlice(object, slice);
            pixels.writeSlice(object, slice);
            objects.add(object);
        }
        return objects;
    }

    /** PS3.3 C.8.3.1.1.1 has terms for some maps; parts of the complex image are told by a fourth value, as is usual. */
    private static String[] imageType(Quantity quantity) {
        return switch (quantity) {
            case MAGNITUDE -> new String[] {"ORIGINAL", "PRIMARY", "OTHER"};
            case PHASE -> new String[] {"ORIGINAL", "PRIMARY", "PHASE MAP", "PHASE"};
            case REAL -> new String[] {"ORIGINAL", "PRIMARY", "OTHER", "REAL"};
            case IMAGINARY -> new String[] {"ORIGINAL", "PRIMARY", "OTHER", "IMAGINARY"};
            case DIFFUSION -> new String[] {"DERIVED", "PRIMARY", "DIFFUSION MAP"};
            case T1 -> new String[] {"DERIVED", "PRIMARY", "T1 MAP"};
            case T2 -> new String[] {"DERIVED", "PRIMARY", "T2 MAP"};
            default -> new String[] {"DERIVED", "PRIMARY", "OTHER"};
        };
    }

    private static void writeSeries(Attributes to, ScanHeader header, SeriesIdentity series, TextWriter text) {
        to.setString(Tag.SeriesInstanceUID, series.instanceUid());
        to.setInt(Tag.SeriesNumber, series.number());
        to.setInt(Tag.AcquisitionNumber, series.acquisitionNumber());
        text.describe(Tag.SeriesDescription, series.description());
        ZoneOffset zone = header.study().start() != null
                ? header.study().start().getOffset()
                : series.time().getOffset();
        StudyModules.writeZone(to, zone);
        StudyModules.writeMoment(to, Tag.AcquisitionDate, Tag.AcquisitionTime, header.start(), zone);
        StudyModules.writeMoment(to, Tag.SeriesDate, Tag.SeriesTime, series.time(), zone);
        StudyModules.writeMoment(to, Tag.ContentDate, Tag.ContentTime, series.time(), zone);
        StudyModules.writeMoment(to, Tag.InstanceCreationDate, Tag.InstanceCreationTime, series.time(), zone);
    }

    private static String comments(ImageVolume volume, StoredPixels pixels, List<String> notes) {
        List<String> comments = new ArrayList<>();
        if (volume.acquiredFraction() < 1) {
            // Rounded down: what is not whole is never called 100 %.
            double percent = Math.floor(1000 * volume.acquiredFraction()) / 10;
            comments.add(String.format(Locale.ROOT, "Partial scan: %.1f %% of the data acquired.", percent));
        }
        if (volume.diffusion() != null) {
            comments.add(weighting(volume.diffusion()));
        }
        if (pixels.unusable() > 0) {
            String lost = pixels.unusable() + " voxels were no "
                    + volume.quantity().words() + " (negative or not a number) and are stored as 0.";
            comments.add(lost);
            notes.add("DICOM series: " + lost);
        }
        comments.add(String.format(
                Locale.ROOT,
                volume.quantity().hasUnit()
                        ? "One stored unit is %.3g %s of the %s."
                        : "One stored unit is %.6g%s of the reconstructed %s.",
                pixels.valuePerUnit(),
                volume.quantity().symbol(),
                volume.quantity().words()));
        return String.join(" ", comments);
    }

    /** In words: the attributes for it, (0018,9087) and (0018,9089), are not the plain MR image's but the enhanced one's. */
    private static String weighting(Diffusion diffusion) {
        String b = String.format(Locale.ROOT, "b = %.0f s/mm2", diffusion.secondsPerSquareMillimeter());
        Vec3 direction = diffusion.direction();
        return diffusion.hasDirection()
                ? String.format(
                        Locale.ROOT, "%s along (%.4f, %.4f, %.4f).", b, direction.x(), direction.y(), direction.z())
                : b + ".";
    }
}
