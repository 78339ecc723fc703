package org.isocenter.dicom.iod;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.Diffusion;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Vec3;

/** What all objects of a series share, whatever their class: patient, study, series, times, and what to say of the values. */
final class SeriesModules {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSSSSSxx", Locale.ROOT);

    private SeriesModules() {}

    /**
     * A data set of the class with patient, study and series.
     *
     * @throws org.isocenter.dicom.data.DicomValueException when an identifier cannot be written as it is
     */
    static Attributes begin(String sopClass, ScanHeader header, SeriesIdentity series, List<String> notes) {
        Attributes to = new Attributes();
        to.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        to.setString(Tag.SOPClassUID, sopClass);
        to.setString(Tag.Modality, "MR");
        new StudyModules(to, problem -> {
                    throw problem;
                })
                .write(header.study());
        TextWriter text = new TextWriter(to, notes);
        text.describe(Tag.StudyDescription, header.study().description());
        to.setString(Tag.SeriesInstanceUID, series.instanceUid());
        to.setInt(Tag.SeriesNumber, series.number());
        to.setInt(Tag.AcquisitionNumber, series.acquisitionNumber());
        text.describe(Tag.SeriesDescription, series.description());
        text.describe(Tag.ProtocolName, header.protocolName());
        ZoneOffset zone = zone(header, series);
        StudyModules.writeZone(to, zone);
        StudyModules.writeMoment(to, Tag.SeriesDate, Tag.SeriesTime, series.time(), zone);
        StudyModules.writeMoment(to, Tag.ContentDate, Tag.ContentTime, series.time(), zone);
        StudyModules.writeMoment(to, Tag.InstanceCreationDate, Tag.InstanceCreationTime, series.time(), zone);
        return to;
    }

    /** The study's time zone: a data set can have only one. */
    static ZoneOffset zone(ScanHeader header, SeriesIdentity series) {
        return header.study().start() != null
                ? header.study().start().getOffset()
                : series.time().getOffset();
    }

    /** The moment as DT, with its zone. */
    static String moment(OffsetDateTime moment, ZoneOffset zone) {
        return MOMENT.format(moment.withOffsetSameInstant(zone));
    }

    /**
     * What a reader of the images should know, in words.
     *
     * @param diffusion of the images that it is written to; null where there is none, or several
     */
    static String comments(ImageGroup group, Diffusion diffusion, StoredPixels pixels) {
        List<String> comments = new ArrayList<>();
        double acquired = group.volumes().stream()
                .mapToDouble(ImageVolume::acquiredFraction)
                .min()
                .orElseThrow();
        if (acquired < 1) {
            // Rounded down: what is not whole is never called 100 %.
            double percent = Math.floor(1000 * acquired) / 10;
            comments.add(String.format(Locale.ROOT, "Partial scan: %.1f %% of the data acquired.", percent));
        }
        if (diffusion != null) {
            comments.add(weighting(diffusion));
        }
        if (pixels.unusable() > 0) {
            comments.add(lost(group, pixels));
        }
        Quantity quantity = group.quantity();
        comments.add(String.format(
                Locale.ROOT,
                quantity.hasUnit()
                        ? "One stored unit is %.3g%s of the %s."
                        : "One stored unit is %.6g%s of the reconstructed %s.",
                pixels.valuePerUnit(),
                quantity.suffix(),
                quantity.words()));
        return String.join(" ", comments);
    }

    static void noteLost(ImageGroup group, StoredPixels pixels, List<String> notes) {
        if (pixels.unusable() > 0) {
            notes.add("DICOM series: " + lost(group, pixels));
        }
    }

    private static String lost(ImageGroup group, StoredPixels pixels) {
        return pixels.unusable() + " voxels were no " + group.quantity().words()
                + " (negative or not a number) and are stored as 0.";
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
