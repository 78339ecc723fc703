package org.isocenter.dicom.net;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.data.VR;
import org.isocenter.dicom.file.DicomWriter;

/** Small made-up objects to send. */
final class Objects {
    static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

    private Objects() {}

    static Attributes image(String instance, int rows) {
        Attributes image = new Attributes();
        image.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        image.setString(Tag.SOPClassUID, UID.MRImageStorage);
        image.setString(Tag.SOPInstanceUID, instance);
        image.setString(Tag.Modality, "MR");
        image.setString(Tag.PatientName, "Прüfung^A");
        image.setString(Tag.PatientID, "T-1");
        image.setString(Tag.StudyInstanceUID, "2.25.1");
        image.setString(Tag.SeriesInstanceUID, "2.25.2");
        Attributes code = new Attributes();
        code.setString(Tag.CodeValue, "X");
        image.setSequence(Tag.RequestedProcedureCodeSequence, List.of(code));
        image.setInt(Tag.Rows, rows);
        image.setInt(Tag.Columns, 256);
        image.setInt(Tag.BitsAllocated, 16);
        byte[] pixels = new byte[rows * 512];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 31);
        }
        image.setBytes(Tag.PixelData, VR.OW, pixels);
        return image;
    }

    static Path file(Path folder, String instance, int rows) throws IOException {
        Path file = folder.resolve(instance + ".dcm");
        DicomWriter.write(file, image(instance, rows));
        return file;
    }
}
