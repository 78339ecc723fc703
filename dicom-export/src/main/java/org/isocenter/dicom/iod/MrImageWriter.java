package org.isocenter.dicom.iod;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.data.VR;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Study;

/**
 * Turns reconstructed volumes into MR Image Storage objects (PS3.3 A.4), one per slice, in the order of volumes and slices.
 * Nothing is invented: what the header does not know is left out or empty, as the attribute's type allows. Any thread.
 */
public final class MrImageWriter {

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
     * Writes the series into {@code directory}, which is made when missing, as {@code SSSS-IIIII.dcm} with the numbers of
     * series and image. Either all files are there afterwards, or none.
     *
     * @param extension what the objects hold beyond their class
     * @throws DicomValueException when an identifier cannot be written as it is, see {@link #problems}
     * @throws IllegalArgumentException when the volumes' geometry is none
     * @throws FileAlreadyExistsException when one of the files exists; nothing is overwritten
     */
    public static WrittenSeries write(
            ImageGroup group, ScanHeader header, SeriesIdentity series, Extension extension, Path directory)
            throws IOException {
        List<String> notes = new ArrayList<>();
        List<Attributes> objects = objects(group, header, series, extension, notes);
        return new WrittenSeries(DicomFiles.write(objects, directory), notes);
    }

    /** The objects that {@link #write} writes; adds to {@code notes}. */
    static List<Attributes> objects(
            ImageGroup group, ScanHeader header, SeriesIdentity series, Extension extension, List<String> notes) {
        ImagePlane plane = new ImagePlane(group.first());
        StoredPixels pixels = new StoredPixels(group);
        Attributes shared = shared(group, header, series, notes);
        plane.writeShared(shared);
        pixels.writeShared(shared);
        pixels.writeWindow(shared);
        pixels.writeRealWorldMapping(shared);
        SeriesModules.noteLost(group, pixels, notes);
        List<Attributes> objects = new ArrayList<>();
        for (ImageVolume volume : group.volumes()) {
            Attributes ofVolume = shared.copy();
            TextWriter text = new TextWriter(ofVolume, notes);
            new AcquisitionModules(ofVolume, text).writeEcho(header.sequence(), volume.contrast());
            text.describe(Tag.ImageComments, SeriesModules.comments(group, volume.diffusion(), pixels));
            extension.write(ofVolume, header, group.processing());
            extension.writeDiffusion(ofVolume, volume.diffusion());
            for (int slice = 0; slice < volume.slices(); slice++) {
                Attributes object = ofVolume.copy();
                object.setString(Tag.SOPInstanceUID, UID.create());
                object.setInt(Tag.InstanceNumber, series.firstInstanceNumber() + objects.size());
                plane.writeSlice(object, slice);
                byte[] stored = pixels.slice(volume, slice);
                pixels.writeExtremes(object, stored);
                object.setBytes(Tag.PixelData, VR.OW, stored);
                objects.add(object);
            }
        }
        return objects;
    }

    private static Attributes shared(ImageGroup group, ScanHeader header, SeriesIdentity series, List<String> notes) {
        Attributes shared = SeriesModules.begin(UID.MRImageStorage, header, series, notes);
        Quantity quantity = group.quantity();
        shared.setString(Tag.ImageType, imageType(quantity));
        Study study = header.study();
        new AnatomyModule(study).writeSingle(shared);
        if (study.phantom()) {
            shared.setString(Tag.QualityControlImage, "YES");
        }
        TextWriter text = new TextWriter(shared, notes);
        new AcquisitionModules(shared, text).write(header, group.first());
        ContributingEquipment.write(shared, header, group.processing(), notes);
        StudyModules.writeMoment(
                shared, Tag.AcquisitionDate, Tag.AcquisitionTime, header.start(), SeriesModules.zone(header, series));
        if (quantity.isMap()) {
            text.describe(
                    Tag.DerivationDescription,
                    "Map of the " + quantity.words() + (quantity.symbol().isEmpty() ? "" : " in " + quantity.symbol()));
        }
        return shared;
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
}
