package org.isocenter.dicom.web;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.data.VR;
import org.isocenter.dicom.file.DicomWriter;

/** Synthetic images and settings for the tests of this package. */
final class WebExamples {
    static final String NAME = "Wang^XiaoDong=王^小東=ワン^シャオドン";

    private WebExamples() {}

    static WebSettings settings(URI base, Optional<Path> credentials) {
        return impatient(base, credentials, Duration.ofSeconds(30));
    }

    static WebSettings impatient(URI base, Optional<Path> credentials, Duration patience) {
        return new WebSettings(base, credentials, Optional.empty(), patience, patience, patience);
    }

    /** A small MR image; the same number gives the same instance of the same series. */
    static Attributes image(String study, int number) {
        Attributes image = new Attributes();
        image.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        image.setString(Tag.ImageType, "ORIGINAL", "PRIMARY", "OTHER");
        image.setString(Tag.SOPClassUID, UID.MRImageStorage);
        image.setString(Tag.SOPInstanceUID, study + ".1." + number);
        image.setString(Tag.StudyDate, "20261123");
        image.setString(Tag.StudyTime, "081500");
        image.setString(Tag.AccessionNumber, "A" + number % 2);
        image.setString(Tag.Modality, "MR");
        image.setString(Tag.StudyDescription, "Голова");
        image.setString(Tag.PatientName, NAME);
        image.setString(Tag.PatientID, "P-1");
        image.setString(Tag.PatientSex, "O");
        image.setDouble(Tag.SliceThickness, 5);
        image.setString(Tag.StudyInstanceUID, study);
        image.setString(Tag.SeriesInstanceUID, study + ".1");
        image.setString(Tag.StudyID, "1");
        image.setInt(Tag.SeriesNumber, 1);
        image.setInt(Tag.InstanceNumber, number);
        image.setInt(Tag.SamplesPerPixel, 1);
        image.setString(Tag.PhotometricInterpretation, "MONOCHROME2");
        image.setInt(Tag.Rows, 16);
        image.setInt(Tag.Columns, 16);
        image.setInt(Tag.BitsAllocated, 16);
        image.setInt(Tag.BitsStored, 16);
        image.setInt(Tag.HighBit, 15);
        image.setInt(Tag.PixelRepresentation, 0);
        byte[] pixels = new byte[16 * 16 * 2];
        new Random(number).nextBytes(pixels);
        image.setBytes(Tag.PixelData, VR.OW, pixels);
        return image;
    }

    /** Files of instances 1 to {@code count}. */
    static List<Path> files(Path folder, String study, int count) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            Path file = folder.resolve(number + ".dcm");
            DicomWriter.write(file, image(study, number));
            files.add(file);
        }
        return files;
    }
}
