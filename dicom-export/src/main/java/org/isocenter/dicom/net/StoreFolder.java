package org.isocenter.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers C-STORE by keeping the object in a folder, as a file named by its SOP Instance UID, in the encoding in which it came.
 * A file appears when it is whole and on the disk. An object that is here already is not replaced: the same again is a
 * success, another one of the same UID is refused. Takes no more memory than a buffer. Any thread.
 */
public final class StoreFolder implements DimseHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StoreFolder.class);
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String PART = ".part";
    private static final int DUPLICATE = 0x0111;
    private static final int INVALID_INSTANCE = 0x0117;

    private final Path folder;
    private final Consumer<Path> onStored;

    /**
     * @param folder is made when it is missing; what an earlier run left half-written in it is deleted
     * @param onStored takes each new file, on the thread of its association
     */
    public StoreFolder(Path folder, Consumer<Path> onStored) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.onStored = onStored;
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, ".*" + PART)) {
            for (Path part : parts) {
                Files.delete(part);
            }
        }
    }

    @Override
    public DimseResponse handle(DimseRequest request) throws IOException {
        String instance = request.sopInstanceUid();
        if (!UID.isValid(instance) || !UID.isValid(request.sopClassUid())) {
            return answer(INVALID_INSTANCE);
        }
        Path part = folder.resolve("." + UID.create() + PART);
        try {
            write(part, request);
            return keep(part, folder.resolve(instance + ".dcm"));
        } catch (DicomNetException e) {
            throw e;
        } catch (IOException e) {
            LOG.error("an object from {} could not be written to {}: {}", request.peerAeTitle(), folder, e.toString());
            return answer(StatusTable.OUT_OF_RESOURCES);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void write(Path part, DimseRequest request) throws IOException {
        byte[] start =
                DicomWriter.toFileStart(request.sopClassUid(), request.sopInstanceUid(), request.transferSyntax());
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(channel, start, start.length);
            InputStream in = request.datasetStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                write(channel, buffer, count);
            }
            channel.force(true);
        }
    }

    private static void write(FileChannel channel, byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private DimseResponse keep(Path part, Path file) throws IOException {
        synchronized (this) {
            if (Files.exists(file)) {
                return answer(Files.mismatch(part, file) < 0 ? StatusTable.SUCCESS : DUPLICATE);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        onStored.accept(file);
        return answer(StatusTable.SUCCESS);
    }

    private static DimseResponse answer(int code) {
        return DimseResponse.of(DimseStatus.of(Operation.C_STORE, code));
    }
}
