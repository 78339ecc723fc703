package org.isocenter.dicom.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.isocenter.dicom.file.ReceivedObjects;
import org.isocenter.dicom.web.WebException.Kind;

/** Keeps fetched objects in a folder. One thread at a time. */
public final class ObjectFolder implements DicomWebClient.ObjectSink {
    private final ReceivedObjects objects;
    private final Consumer<ReceivedObjects.Received> onKept;

    /**
     * @param folder is made when it is missing; what an earlier run left half-written in it is deleted
     * @param onKept takes each object that is here now, or of which another version is
     */
    public ObjectFolder(Path folder, Consumer<ReceivedObjects.Received> onKept) throws IOException {
        this.objects = new ReceivedObjects(folder);
        this.onKept = onKept;
    }

    @Override
    public void accept(InputStream object) throws IOException {
        ReceivedObjects.Received received = objects.keep(object::transferTo);
        switch (received.outcome()) {
            case MISMATCH ->
                throw new WebException(
                        Kind.PROTOCOL, "an object that was fetched is another than its header says: tell its archive");
            case NAMELESS ->
                throw new WebException(Kind.PROTOCOL, "an object that was fetched does not tell its SOP Instance UID");
            default -> onKept.accept(received);
        }
    }
}
