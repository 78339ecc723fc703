package org.isocenter.dicom.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;

/**
 * Reads Part 10 files and data sets in Explicit or Implicit VR Little Endian, into memory. Any thread. Whatever the bytes,
 * it either returns or throws {@link DicomFormatException}, and takes no more memory than a small multiple of what it was
 * given. Not read: big endian, deflated, and compressed pixels.
 */
public final class DicomReader {
    private static final long MAX_FILE_BYTES = 512L << 20;
    private static final int PREAMBLE_BYTES = 128;

    private DicomReader() {}

    /** @throws DicomFormatException when it is not a DICOM file that is read here */
    public static DicomFile read(Path file) throws IOException {
        long length = Files.size(file);
        if (length > MAX_FILE_BYTES) {
            throw new DicomFormatException(
                    file.toString(),
                    0,
                    0,
                    "the file has " + length + " bytes; at most " + MAX_FILE_BYTES + " are read");
        }
        return read(file.toString(), Files.readAllBytes(file));
    }

    /** @param source what the bytes came from, for messages */
    public static DicomFile read(String source, byte[] bytes) throws DicomFormatException {
        int start = PREAMBLE_BYTES + 4;
        boolean marked = bytes.length >= start
                && bytes[PREAMBLE_BYTES] == 'D'
                && bytes[PREAMBLE_BYTES + 1] == 'I'
                && bytes[PREAMBLE_BYTES + 2] == 'C'
                && bytes[PREAMBLE_BYTES + 3] == 'M';
        if (!marked) {
            throw new DicomFormatException(
                    source,
                    PREAMBLE_BYTES,
                    0,
                    "expected the letters DICM: this is no DICOM file, or one without a header");
        }
        DatasetParser parser = new DatasetParser(source, bytes, start, true);
        Attributes meta = parser.readFileMeta();
        String transferSyntax = meta.getString(Tag.TransferSyntaxUID);
        if (transferSyntax == null) {
            throw new DicomFormatException(source, start, Tag.TransferSyntaxUID, "is missing");
        }
        return new DicomFile(meta, readDataset(source, bytes, parser.position(), transferSyntax));
    }

    /**
     * A data set alone.
     *
     * @param offset byte at which it begins; it ends with the bytes
     * @param transferSyntax {@link UID#ExplicitVRLittleEndian} or {@link UID#ImplicitVRLittleEndian}
     */
    public static Attributes readDataset(String source, byte[] bytes, int offset, String transferSyntax)
            throws DicomFormatException {
        boolean explicit = UID.ExplicitVRLittleEndian.equals(transferSyntax);
        if (!explicit && !UID.ImplicitVRLittleEndian.equals(transferSyntax)) {
            String shown = UID.isValid(transferSyntax) ? transferSyntax : "that is no UID";
            throw new DicomFormatException(
                    source,
                    offset,
                    Tag.TransferSyntaxUID,
                    "transfer syntax " + shown + " is not read here: convert to Explicit VR Little Endian");
        }
        return new DatasetParser(source, bytes, offset, explicit).readDataset();
    }
}
