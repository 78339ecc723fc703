package org.isocenter.dicom.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Dictionary;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.data.VR;

/**
 * Writes data sets in Explicit or Implicit VR Little Endian (PS3.5 annexes A.1 and A.2), command sets (PS3.7 6.3.1), and
 * files (PS3.10). Any thread.
 */
public final class DicomWriter {
    private static final int PREAMBLE_BYTES = 128;
    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_END = 0xFFFEE00D;
    private static final int SEQUENCE_END = 0xFFFEE0DD;
    private static final int UNDEFINED_LENGTH = -1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 12);
    private final boolean explicit;

    private DicomWriter(boolean explicit) {
        this.explicit = explicit;
    }

    /**
     * Writes a Part 10 file. It appears under its name when it is whole and on the disk, and not before; a file of that name
     * is replaced.
     *
     * @param dataset with SOPClassUID and SOPInstanceUID, from which the file meta information is made
     */
    public static void write(Path file, Attributes dataset) throws IOException {
        byte[] bytes = toFileBytes(dataset);
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The bytes of a Part 10 file in Explicit VR Little Endian. */
    public static byte[] toFileBytes(Attributes dataset) {
        DicomWriter writer = new DicomWriter(true);
        writer.putFileStart(
                required(dataset, Tag.SOPClassUID), required(dataset, Tag.SOPInstanceUID), UID.ExplicitVRLittleEndian);
        writer.put(dataset);
        return writer.out.toByteArray();
    }

    /**
     * What stands in a Part 10 file before its data set: preamble, prefix and file meta information.
     *
     * @param transferSyntax of the data set that is to follow, whatever it is
     */
    public static byte[] toFileStart(String sopClassUid, String sopInstanceUid, String transferSyntax) {
        DicomWriter writer = new DicomWriter(true);
        writer.putFileStart(sopClassUid, sopInstanceUid, transferSyntax);
        return writer.out.toByteArray();
    }

    /** Writes the data set alone in Explicit VR Little Endian, without preamble and file meta information. */
    public static void writeDataset(OutputStream stream, Attributes dataset) throws IOException {
        writeDataset(stream, dataset, UID.ExplicitVRLittleEndian);
    }

    /**
     * Writes the data set alone.
     *
     * @param transferSyntax {@link UID#ExplicitVRLittleEndian} or {@link UID#ImplicitVRLittleEndian}
     */
    public static void writeDataset(OutputStream stream, Attributes dataset, String transferSyntax) throws IOException {
        written(dataset, transferSyntax).out.writeTo(stream);
    }

    /** The bytes of the data set alone, as {@link #writeDataset(OutputStream, Attributes, String)} writes them. */
    public static byte[] toBytes(Attributes dataset, String transferSyntax) {
        return written(dataset, transferSyntax).out.toByteArray();
    }

    /** The bytes of a command set: group 0000 in Implicit VR Little Endian, with its group length set right. */
    public static byte[] toCommandBytes(Attributes command) {
        return withGroupLength(command, Tag.CommandGroupLength, false).out.toByteArray();
    }

    private static DicomWriter written(Attributes dataset, String transferSyntax) {
        boolean explicit = UID.ExplicitVRLittleEndian.equals(transferSyntax);
        if (!explicit && !UID.ImplicitVRLittleEndian.equals(transferSyntax)) {
            throw new IllegalArgumentException("transfer syntax " + transferSyntax + " is not written here");
        }
        DicomWriter writer = new DicomWriter(explicit);
        writer.put(dataset);
        return writer;
    }

    /** A group whose first element tells how many bytes come behind it. */
    private static DicomWriter withGroupLength(Attributes group, int lengthTag, boolean explicit) {
        DicomWriter measured = new DicomWriter(explicit);
        Attributes whole = group.copy();
        whole.setInt(lengthTag, 0);
        measured.put(whole);
        DicomWriter writer = new DicomWriter(explicit);
        // The length itself is a UL: 12 bytes with either kind of header.
        whole.setInt(lengthTag, measured.out.size() - 12);
        writer.put(whole);
        return writer;
    }

    private void putFileStart(String sopClassUid, String sopInstanceUid, String transferSyntax) {
        Attributes meta = new Attributes();
        meta.setBytes(Tag.FileMetaInformationVersion, VR.OB, new byte[] {0, 1});
        meta.setString(Tag.MediaStorageSOPClassUID, sopClassUid);
        meta.setString(Tag.MediaStorageSOPInstanceUID, sopInstanceUid);
        meta.setString(Tag.TransferSyntaxUID, transferSyntax);
        meta.setString(Tag.ImplementationClassUID, UID.ImplementationClass);
        meta.setString(Tag.ImplementationVersionName, UID.ImplementationVersion);
        out.writeBytes(new byte[PREAMBLE_BYTES]);
        out.writeBytes(new byte[] {'D', 'I', 'C', 'M'});
        out.writeBytes(withGroupLength(meta, Tag.FileMetaInformationGroupLength, true)
                .out
                .toByteArray());
    }

    private static String required(Attributes dataset, int tag) {
        String value = dataset.getString(tag);
        if (value == null) {
            throw new IllegalArgumentException("a DICOM file cannot be written without " + Dictionary.describe(tag));
        }
        return value;
    }

    private void put(Attributes attributes) {
        for (int tag : attributes.tags()) {
            VR vr = attributes.vr(tag);
            if (vr == VR.SQ) {
                putSequence(tag, attributes.getSequence(tag));
            } else {
                byte[] value = attributes.getBytes(tag);
                putHeader(tag, vr, value.length);
                out.writeBytes(value);
            }
        }
    }

    /** Of undefined length, so that nothing has to be measured first. */
    private void putSequence(int tag, List<Attributes> items) {
        putHeader(tag, VR.SQ, items.isEmpty() ? 0 : UNDEFINED_LENGTH);
        for (Attributes item : items) {
            putDelimiter(ITEM, UNDEFINED_LENGTH);
            put(item);
            putDelimiter(ITEM_END, 0);
        }
        if (!items.isEmpty()) {
            putDelimiter(SEQUENCE_END, 0);
        }
    }

    private void putHeader(int tag, VR vr, int length) {
        ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        putTag(header, tag);
        if (explicit) {
            header.put((byte) vr.name().charAt(0)).put((byte) vr.name().charAt(1));
        }
        if (explicit && !vr.hasLongHeader()) {
            header.putShort((short) length);
        } else if (explicit) {
            header.putShort((short) 0).putInt(length);
        } else {
            header.putInt(length);
        }
        out.write(header.array(), 0, header.position());
    }

    private void putDelimiter(int tag, int length) {
        ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        putTag(header, tag);
        out.writeBytes(header.putInt(length).array());
    }

    private static void putTag(ByteBuffer header, int tag) {
        header.putShort((short) (tag >>> 16)).putShort((short) tag);
    }
}
