package org.isocenter.session.outbox;

import java.io.IOException;
import java.nio.file.Path;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.data.VR;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.session.archive.OutboxEntry;

/** Small made-up images to send. */
public final class TestImages {
    private TestImages() {}

    /** More than a peer's buffer holds: DCMTK's servers do not notice that less than 4 kB could not be written. */
    static final int PIXEL_BYTES = 16_384;

    public static String uid(int number) {
        return "2.25.10" + number;
    }

    /** Writes the image of this number, for a destination that does not commit. */
    public static OutboxEntry entry(String destination, Path folder, int number) throws IOException {
        Path file = write(folder.resolve("image-" + number + ".dcm"), UID.MRImageStorage, uid(number));
        return OutboxEntry.instance(destination, UID.MRImageStorage, uid(number), file, false);
    }

    static Path write(Path file, String sopClass, String uid) throws IOException {
        Attributes image = new Attributes();
        image.setString(Tag.SOPClassUID, sopClass);
        image.setString(Tag.SOPInstanceUID, uid);
        image.setString(Tag.Modality, "MR");
        image.setString(Tag.PatientID, "T-1");
        image.setString(Tag.StudyInstanceUID, "2.25.1");
        image.setString(Tag.SeriesInstanceUID, "2.25.2");
        image.setBytes(Tag.PixelData, VR.OW, new byte[PIXEL_BYTES]);
        DicomWriter.write(file, image);
        return file;
    }
}
