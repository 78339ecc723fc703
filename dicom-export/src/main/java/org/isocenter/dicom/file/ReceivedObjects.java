package org.isocenter.dicom.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;

/**
 * A folder of objects that were received, each a Part 10 file named by its SOP Instance UID, in the encoding in which it came.
 * A file appears when it is whole and on the disk, and is never replaced; of an object that failed nothing is left. Takes no
 * more memory than a buffer. Any thread, and several programs at once.
 */
public final class ReceivedObjects {
    private static final String PART = ".part";
    private static final int BUFFER_BYTES = 1 << 16;
    /** Behind all that a file can hold: some systems keep others from reading what is locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /** What became of an object. */
    public enum Outcome {
        /** It is kept. */
        NEW,
        /** The same was here already. */
        SAME,
        /** Another one of its UID is here, and stays. */
        OTHER,
        /** Its data set is of another SOP class or instance than its header says: not kept. */
        MISMATCH,
        /** Its header does not say a valid SOP Instance UID: not kept. */
        NAMELESS
    }

    /**
     * An object's fate.
     *
     * @param file that holds it, or the other one; null for {@link Outcome#MISMATCH} and {@link Outcome#NAMELESS}
     */
    public record Received(Outcome outcome, Path file) {}

    /** Gives an object. */
    @FunctionalInterface
    public interface Source {
        /** Writes a whole Part 10 file. */
        void writeTo(OutputStream out) throws IOException;
    }

    private final Path folder;

    /** @param folder is made when it is missing; what programs that were killed left half-written in it is deleted */
    public ReceivedObjects(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, ".*" + PART)) {
            for (Path part : parts) {
                deleteUnlessWritten(part);
            }
        }
    }

    /** Another program may be at it: then it is locked. */
    private static void deleteUnlessWritten(Path part) throws IOException {
        boolean left;
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false)) {
            left = lock != null;
        } catch (OverlappingFileLockException e) {
            left = false;
        }
        if (left) {
            Files.deleteIfExists(part);
        }
    }

    public Path folder() {
        return folder;
    }

    /**
     * Keeps an object.
     *
     * @throws DicomFormatException when it cannot be read as far as its UIDs
     * @throws IOException of the source, or when it cannot be written
     */
    public Received keep(Source source) throws IOException {
        Path part = folder.resolve("." + UID.create() + PART);
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.lock(LOCKED_BYTE, 1, false);
            source.writeTo(Channels.newOutputStream(channel));
            channel.force(true);
            return keep(part);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Received keep(Path part) throws IOException {
        DicomFileStart start = DicomReader.readStart(part);
        String instance = start.meta().getString(Tag.MediaStorageSOPInstanceUID);
        if (instance == null || !UID.isValid(instance)) {
            return new Received(Outcome.NAMELESS, null);
        }
        Attributes beginning = DicomReader.readBeginning(part, start, Tag.SOPInstanceUID);
        if (!instance.equals(beginning.getString(Tag.SOPInstanceUID))
                || !String.valueOf(start.meta().getString(Tag.MediaStorageSOPClassUID))
                        .equals(beginning.getString(Tag.SOPClassUID))) {
            return new Received(Outcome.MISMATCH, null);
        }
        Path file = folder.resolve(instance + ".dcm");
        synchronized (this) {
            if (Files.exists(file)) {
                return new Received(isSame(part, start, file) ? Outcome.SAME : Outcome.OTHER, file);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Received(Outcome.NEW, file);
    }

    /** Whether their data sets are: headers tell who wrote the file. */
    private static boolean isSame(Path one, DicomFileStart start, Path other) throws IOException {
        DicomFileStart otherStart = DicomReader.readStart(other);
        if (!start.transferSyntax().equals(otherStart.transferSyntax())) {
            return DicomReader.isRead(start.transferSyntax())
                    && DicomReader.isRead(otherStart.transferSyntax())
                    && DicomReader.read(one)
                            .dataset()
                            .equals(DicomReader.read(other).dataset());
        }
        try (InputStream first = Files.newInputStream(one);
                InputStream second = Files.newInputStream(other)) {
            first.skipNBytes(start.datasetOffset());
            second.skipNBytes(otherStart.datasetOffset());
            byte[] a = new byte[BUFFER_BYTES];
            byte[] b = new byte[BUFFER_BYTES];
            while (true) {
                int count = first.readNBytes(a, 0, a.length);
                if (count != second.readNBytes(b, 0, b.length) || !Arrays.equals(a, 0, count, b, 0, count)) {
                    return false;
                }
                if (count < a.length) {
                    return true;
                }
            }
        }
    }
}
