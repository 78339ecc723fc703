package org.isocenter.dicom.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;

/**
 * Reads Part 10 files and data sets in Explicit or Implicit VR Little Endian, into memory. Any thread. Whatever the bytes,
 * it either returns or throws {@link DicomFormatException}, and takes no more memory than a small multiple of what it was
 * given. Big endian, deflated data sets and compressed pixels are refused.
 */
public final class DicomReader {
    private static final long MAX_FILE_BYTES = 512L << 20;
    private static final int PREAMBLE_BYTES = 128;
    private static final int MAX_START_BYTES = 1 << 16;
    private static final String COMPRESSED_PIXELS = "1.2.840.10008.1.2.4.";

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
        DatasetParser parser = new DatasetParser(source, bytes, startOfMeta(source, bytes), true);
        Attributes meta = parser.readFileMeta();
        return new DicomFile(meta, readDataset(source, bytes, parser.position(), transferSyntax(source, meta)));
    }

    /**
     * The beginning of a file: its file meta information, and where its data set begins. The data set is not looked at, so
     * its transfer syntax may be any.
     */
    public static DicomFileStart readStart(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_START_BYTES);
        }
        String source = file.toString();
        DatasetParser parser = new DatasetParser(source, bytes, startOfMeta(source, bytes), true);
        Attributes meta = parser.readFileMeta();
        return new DicomFileStart(meta, transferSyntax(source, meta), parser.position());
    }

    /**
     * The first elements of a file's data set, whose values after them may be compressed.
     *
     * @param start of this file
     * @param lastTag to be read
     * @throws DicomFormatException also when these alone are large
     */
    static Attributes readBeginning(Path file, DicomFileStart start, int lastTag) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(start.datasetOffset());
            bytes = in.readNBytes(MAX_START_BYTES);
        }
        boolean explicit = !UID.ImplicitVRLittleEndian.equals(start.transferSyntax());
        return new DatasetParser(file.toString(), bytes, 0, explicit).readUpTo(lastTag);
    }

    /** Whether data sets in this transfer syntax are read here. */
    static boolean isRead(String transferSyntax) {
        return UID.ExplicitVRLittleEndian.equals(transferSyntax) || UID.ImplicitVRLittleEndian.equals(transferSyntax);
    }

    /**
     * A data set alone, to the end of the bytes.
     *
     * @param offset byte at which it begins
     * @param transferSyntax {@link UID#ExplicitVRLittleEndian} or {@link UID#ImplicitVRLittleEndian}
     * @throws DicomFormatException also for any other transfer syntax
     */
    public static Attributes readDataset(String source, byte[] bytes, int offset, String transferSyntax)
            throws DicomFormatException {
        boolean explicit = UID.ExplicitVRLittleEndian.equals(transferSyntax);
        if (!isRead(transferSyntax)) {
            throw new DicomFormatException(source, offset, Tag.TransferSyntaxUID, refusal(transferSyntax));
        }
        return new DatasetParser(source, bytes, offset, explicit).readDataset();
    }

    /**
     * A data set alone, to the end of the stream, which is left open.
     *
     * @param maxBytes more are refused, before they are in memory
     */
    public static Attributes readDataset(String source, InputStream in, String transferSyntax, int maxBytes)
            throws IOException {
        byte[] bytes = in.readNBytes(maxBytes);
        if (bytes.length == maxBytes && in.read() >= 0) {
            throw new DicomFormatException(
                    source, maxBytes, 0, "more than the " + maxBytes + " bytes that are read here");
        }
        return readDataset(source, bytes, 0, transferSyntax);
    }

    /** A command set (PS3.7 6.3.1): nothing but group 0000, in Implicit VR Little Endian. Its group length is not trusted. */
    public static Attributes readCommand(String source, byte[] bytes) throws DicomFormatException {
        Attributes command = new DatasetParser(source, bytes, 0, false).readDataset();
        for (int tag : command.tags()) {
            if (tag >>> 16 != 0) {
                throw new DicomFormatException(source, 0, tag, "does not belong into a command");
            }
        }
        return command;
    }

    private static int startOfMeta(String source, byte[] bytes) throws DicomFormatException {
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
        return start;
    }

    private static String transferSyntax(String source, Attributes meta) throws DicomFormatException {
        String transferSyntax = meta.getString(Tag.TransferSyntaxUID);
        if (transferSyntax == null) {
            throw new DicomFormatException(source, PREAMBLE_BYTES + 4, Tag.TransferSyntaxUID, "is missing");
        }
        return transferSyntax;
    }

    private static String refusal(String transferSyntax) {
        String kind = switch (transferSyntax) {
            case UID.ExplicitVRBigEndian -> " (big endian)";
            case UID.DeflatedExplicitVRLittleEndian -> " (deflated)";
            default -> transferSyntax.startsWith(COMPRESSED_PIXELS) ? " (compressed pixels)" : "";
        };
        String shown = UID.isValid(transferSyntax) ? transferSyntax : "that is no UID";
        return "transfer syntax " + shown + kind + " is not read here: convert to Explicit VR Little Endian";
    }
}
