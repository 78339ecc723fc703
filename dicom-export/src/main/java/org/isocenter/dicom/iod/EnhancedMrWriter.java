package org.isocenter.dicom.iod;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.data.VR;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.ScanHeader;

/**
 * Turns a group of volumes into one Enhanced MR Image Storage object (PS3.3 A.36.2): a frame per slice, volumes one after the
 * other. Values are stored as in single images: what they mean in their unit is told by a real world value mapping. Any
 * thread.
 */
public final class EnhancedMrWriter {

    private EnhancedMrWriter() {}

    /**
     * What the object must tell and the scan does not, in words; empty when it can be written. Scans of this console know
     * it all; other people's raw data often do not, and nothing is invented for them.
     */
    public static List<String> missing(ImageGroup group, ScanHeader header) {
        return EnhancedFacts.missing(group, header);
    }

    /**
     * Writes the object into {@code directory}, which is made when missing, as {@code SSSS-00001.dcm} with the number of the
     * series.
     *
     * @param extension what the object holds beyond its class
     * @throws DicomValueException when an identifier cannot be written as it is, see {@link MrImageWriter#problems}
     * @throws IllegalArgumentException when the volumes' geometry is none, or something is {@link #missing}
     * @throws FileAlreadyExistsException when the file exists; nothing is overwritten
     */
    public static WrittenSeries write(
            ImageGroup group, ScanHeader header, SeriesIdentity series, Extension extension, Path directory)
            throws IOException {
        List<String> notes = new ArrayList<>();
        Attributes object = object(group, header, series, extension, notes);
        return new WrittenSeries(DicomFiles.write(List.of(object), directory), notes);
    }

    /** The object that {@link #write} writes; adds to {@code notes}. */
    static Attributes object(
            ImageGroup group, ScanHeader header, SeriesIdentity series, Extension extension, List<String> notes) {
        List<String> missing = missing(group, header);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("not known: " + String.join(", ", missing));
        }
        ImagePlane plane = new ImagePlane(group.first());
        StoredPixels pixels = new StoredPixels(group);
        EnhancedFacts facts = new EnhancedFacts(group, header);
        Attributes to = SeriesModules.begin(UID.EnhancedMRImageStorage, header, series, notes);
        to.setString(Tag.SOPInstanceUID, UID.create());
        to.setInt(Tag.InstanceNumber, series.firstInstanceNumber());
        TextWriter text = new TextWriter(to, notes);
        AcquisitionModules acquisition = new AcquisitionModules(to, text);
        acquisition.writeEquipment(header.scanner());
        text.describe(Tag.StationName, header.scanner().stationName());
        if (!to.contains(Tag.DeviceSerialNumber)) {
            // Type 1, but few home-made scanners have one.
            to.setString(Tag.DeviceSerialNumber, "NONE");
        }
        AnatomyModule anatomy = new AnatomyModule(header.study());
        anatomy.writePart(to);
        ContributingEquipment.write(to, header, group.processing(), notes);
        ZoneOffset zone = SeriesModules.zone(header, series);
        PulseSequenceModule.write(to, facts, SeriesModules.moment(header.start(), zone));
        to.setString(Tag.PresentationLUTShape, "IDENTITY");
        to.setEmpty(Tag.AcquisitionContextSequence);
        to.setInt(Tag.NumberOfFrames, group.frames());
        pixels.writeShared(to);
        SeriesModules.noteLost(group, pixels, notes);
        boolean single = group.volumes().size() == 1;
        text.describe(
                Tag.ImageComments,
                SeriesModules.comments(group, single ? group.first().diffusion() : null, pixels));
        FrameDimensions dimensions = new FrameDimensions(group);
        dimensions.writeIndex(to);
        FunctionalGroups groups = new FunctionalGroups(facts, plane, pixels, dimensions);
        groups.write(to, anatomy, SeriesModules.moment(header.start(), zone));
        extension.write(to, header, group.processing());
        to.setBytes(Tag.PixelData, VR.OW, allPixels(group, pixels));
        return to;
    }

    private static byte[] allPixels(ImageGroup group, StoredPixels pixels) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ImageVolume volume : group.volumes()) {
            for (int slice = 0; slice < volume.slices(); slice++) {
                all.writeBytes(pixels.slice(volume, slice));
            }
        }
        return all.toByteArray();
    }
}
