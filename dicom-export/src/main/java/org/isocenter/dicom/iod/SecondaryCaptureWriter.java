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
import org.isocenter.model.ScanHeader;

/**
 * Keeps pictures that are no images of the body, such as plots, as Secondary Capture Image Storage objects (PS3.3 A.8.1). Any
 * thread.
 */
public final class SecondaryCaptureWriter {
    private static final int BITS = 8;

    private SecondaryCaptureWriter() {}

    /**
     * Writes the pictures into {@code directory}, which is made when missing, as {@code SSSS-IIIII.dcm} with the numbers of
     * series and image. Either all files are there afterwards, or none.
     *
     * @param what the pictures show, in words
     * @throws DicomValueException when an identifier cannot be written as it is, see {@link MrImageWriter#problems}
     * @throws FileAlreadyExistsException when one of the files exists; nothing is overwritten
     */
    public static WrittenSeries write(
            List<RasterImage> pictures, String what, ScanHeader header, SeriesIdentity series, Path directory)
            throws IOException {
        List<String> notes = new ArrayList<>();
        List<Attributes> objects = new ArrayList<>();
        for (RasterImage picture : pictures) {
            Attributes object = object(picture, what, header, series, objects.isEmpty() ? notes : new ArrayList<>());
            object.setInt(Tag.InstanceNumber, series.firstInstanceNumber() + objects.size());
            objects.add(object);
        }
        return new WrittenSeries(DicomFiles.write(objects, directory), notes);
    }

    private static Attributes object(
            RasterImage picture, String what, ScanHeader header, SeriesIdentity series, List<String> notes) {
        Attributes to = SeriesModules.begin(UID.SecondaryCaptureImageStorage, header, series, notes);
        // It lies nowhere in the patient.
        to.remove(Tag.FrameOfReferenceUID);
        to.remove(Tag.PositionReferenceIndicator);
        to.setString(Tag.SOPInstanceUID, UID.create());
        to.setString(Tag.ConversionType, "WSD");
        to.setString(Tag.ImageType, "DERIVED", "SECONDARY");
        to.setEmpty(Tag.PatientOrientation);
        new StudyModules(to, problem -> {
                    throw problem;
                })
                .writeAnatomy(Anatomy.of(header.study()));
        if (header.study().phantom()) {
            to.setString(Tag.QualityControlImage, "YES");
        }
        TextWriter text = new TextWriter(to, notes);
        new AcquisitionModules(to, text).writeEquipment(header.scanner());
        ContributingEquipment.write(to, header, Processing.UNKNOWN, notes);
        text.describe(Tag.DerivationDescription, what);
        boolean colour = picture.samplesPerPixel() == 3;
        to.setInt(Tag.SamplesPerPixel, picture.samplesPerPixel());
        to.setString(Tag.PhotometricInterpretation, colour ? "RGB" : "MONOCHROME2");
        if (colour) {
            to.setInt(Tag.PlanarConfiguration, 0);
        }
        to.setInt(Tag.Rows, picture.rows());
        to.setInt(Tag.Columns, picture.columns());
        to.setInt(Tag.BitsAllocated, BITS);
        to.setInt(Tag.BitsStored, BITS);
        to.setInt(Tag.HighBit, BITS - 1);
        to.setInt(Tag.PixelRepresentation, 0);
        to.setString(Tag.BurnedInAnnotation, "NO");
        to.setString(Tag.LossyImageCompression, "00");
        to.setBytes(Tag.PixelData, VR.OB, picture.samples());
        return to;
    }
}
