package org.isocenter.dicom.iod;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.data.VR;
import org.isocenter.model.ScanHeader;

/**
 * Keeps pictures that are no images of the body, such as plots and reports: one as Secondary Capture Image Storage (PS3.3 A.8.1),
 * several pages as one Multi-frame True Color Secondary Capture (A.8.5). Any thread.
 */
public final class SecondaryCaptureWriter {
    private static final int BITS = 8;

    private SecondaryCaptureWriter() {}

    /**
     * Writes the pages into {@code directory}, which is made when missing, as {@code SSSS-IIIII.dcm} with the numbers of series
     * and image.
     *
     * @param pages at least one; several must be of one size, and in colour. They may show nothing by which the patient is known
     * @param what they show, in words
     * @throws DicomValueException when an identifier cannot be written as it is, see {@link MrImageWriter#problems}
     * @throws FileAlreadyExistsException when the file exists; nothing is overwritten
     */
    public static WrittenSeries write(
            List<RasterImage> pages, String what, ScanHeader header, SeriesIdentity series, Path directory)
            throws IOException {
        RasterImage first = pages.get(0);
        if (pages.size() > 1 && !pages.stream().allMatch(page -> page.isLike(first) && page.samplesPerPixel() == 3)) {
            throw new IllegalArgumentException("pages of one object must be of one size, and in colour");
        }
        List<String> notes = new ArrayList<>();
        Attributes object = object(pages, what, header, series, notes);
        return new WrittenSeries(DicomFiles.write(List.of(object), directory), notes);
    }

    private static Attributes object(
            List<RasterImage> pages, String what, ScanHeader header, SeriesIdentity series, List<String> notes) {
        boolean several = pages.size() > 1;
        Attributes to = SeriesModules.begin(
                several ? UID.MultiFrameTrueColorSecondaryCaptureImageStorage : UID.SecondaryCaptureImageStorage,
                header,
                series,
                notes);
        // It lies nowhere in the patient.
        to.remove(Tag.FrameOfReferenceUID);
        to.remove(Tag.PositionReferenceIndicator);
        to.setString(Tag.SOPInstanceUID, UID.create());
        to.setInt(Tag.InstanceNumber, series.firstInstanceNumber());
        to.setString(Tag.ConversionType, "WSD");
        to.setString(Tag.ImageType, "DERIVED", "SECONDARY");
        to.setEmpty(Tag.PatientOrientation);
        new AnatomyModule(header.study()).writeSingle(to);
        if (header.study().phantom()) {
            to.setString(Tag.QualityControlImage, "YES");
        }
        TextWriter text = new TextWriter(to, notes);
        new AcquisitionModules(to, text).writeEquipment(header.scanner());
        ContributingEquipment.write(to, header, Processing.UNKNOWN, notes);
        text.describe(Tag.DerivationDescription, what);
        writePixels(to, pages.get(0));
        if (several) {
            to.setInt(Tag.NumberOfFrames, pages.size());
            to.setBytes(Tag.FrameIncrementPointer, VR.AT, FrameDimensions.pointerBytes(Tag.PageNumberVector));
            to.setInt(
                    Tag.PageNumberVector, IntStream.rangeClosed(1, pages.size()).toArray());
        }
        ByteArrayOutputStream samples = new ByteArrayOutputStream();
        pages.forEach(page -> samples.writeBytes(page.samples()));
        to.setBytes(Tag.PixelData, VR.OB, samples.toByteArray());
        return to;
    }

    /** The image pixel module but for the pixels themselves. */
    private static void writePixels(Attributes to, RasterImage picture) {
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
    }
}
