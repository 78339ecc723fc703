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

/** Writes data sets in Explicit VR Little Endian (PS3.5 annex A.2), and as files (PS3.10). Pure; any thread. */
public final class DicomWriter {
    private static final int PREAMBLE_BYTES = 128;
    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_END = 0xFFFEE00D;
    private static final int SEQUENCE_END = 0xFFFEE0DD;
    private static final int UNDEFINED_LENGTH = -1;
    private static final String VERSION_NAME = "ISOCENTER";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);

    private DicomWriter() {}

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

    /** The bytes of a Part 10 file. */
    public static byte[] toFileBytes(Attributes dataset) {
        DicomWriter writer = new DicomWriter();
        writer.out.writeBytes(new byte[PREAMBLE_BYTES]);
        writer.out.writeBytes(new byte[] {'D', 'I', 'C', 'M'});
        writer.put(fileMeta(dataset));
        writer.put(dataset);
        return writer.out.toByteArray();
    }

    /** Writes the data set alone, without preamble and file meta information. */
    public static void writeDataset(OutputStream stream, Attributes dataset) throws IOException {
        DicomWriter writer = new DicomWriter();
        writer.put(dataset);
        writer.out.writeTo(stream);
    }

    private static Attributes fileMeta(Attributes dataset) {
        Attributes meta = new Attributes();
        meta.setBytes(Tag.FileMetaInformationVersion, VR.OB, new byte[] {0, 1});
        meta.setString(Tag.MediaStorageSOPClassUID, required(dataset, Tag.SOPClassUID));
        meta.setString(Tag.MediaStorageSOPInstanceUID, required(dataset, Tag.SOPInstanceUID));
        meta.setString(Tag.TransferSyntaxUID, UID.ExplicitVRLittleEndian);
        meta.setString(Tag.ImplementationClassUID, UID.ImplementationClass);
        meta.setString(Tag.ImplementationVersionName, VERSION_NAME);
        DicomWriter measured = new DicomWriter();
        measured.put(meta);
        meta.setInt(Tag.FileMetaInformationGroupLength, measured.out.size());
        return meta;
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
        ByteBuffer header = ByteBuffer.allocate(vr.hasLongHeader() ? 12 : 8).order(ByteOrder.LITTLE_ENDIAN);
        putTag(header, tag);
        header.put((byte) vr.name().charAt(0)).put((byte) vr.name().charAt(1));
        if (vr.hasLongHeader()) {
            header.putShort((short) 0).putInt(length);
        } else {
            header.putShort((short) length);
        }
        out.writeBytes(header.array());
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
