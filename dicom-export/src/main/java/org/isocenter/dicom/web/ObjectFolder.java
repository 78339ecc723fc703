package org.isocenter.dicom.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.web.WebException.Kind;

/**
 * Keeps fetched objects in a folder, each as a file named by its SOP Instance UID that appears when it is whole and on the
 * disk. One that is there already is not replaced. One thread at a time.
 */
public final class ObjectFolder implements DicomWebClient.ObjectSink {
    private final Path folder;
    private final Consumer<Path> onStored;

    /**
     * @param folder is made when it is missing
     * @param onStored takes each new file
     */
    public ObjectFolder(Path folder, Consumer<Path> onStored) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.onStored = onStored;
    }

    @Override
    public void accept(InputStream object) throws IOException {
        Path part = folder.resolve("." + UID.create() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                object.transferTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            String instance = DicomReader.readStart(part).meta().getString(Tag.MediaStorageSOPInstanceUID);
            if (instance == null || !UID.isValid(instance)) {
                throw new WebException(Kind.PROTOCOL, "an object that was fetched does not tell its SOP Instance UID");
            }
            Path file = folder.resolve(instance + ".dcm");
            if (!Files.exists(file)) {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                onStored.accept(file);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
