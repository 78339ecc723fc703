package org.isocenter.dicom.net;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomFormatException;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.file.ReceivedObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers C-STORE by keeping the object in a folder. One that is here already is a success, another one of the same UID is
 * refused, and so is one whose data set is of another SOP class or instance than the command says. Any thread.
 */
public final class StoreFolder implements DimseHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StoreFolder.class);
    private static final int DUPLICATE = 0x0111;
    private static final int INVALID_INSTANCE = 0x0117;

    private final ReceivedObjects objects;
    private final Consumer<Path> onStored;

    /**
     * @param folder is made when it is missing; what an earlier run left half-written in it is deleted
     * @param onStored takes each new file, on the thread of its association
     */
    public StoreFolder(Path folder, Consumer<Path> onStored) throws IOException {
        this.objects = new ReceivedObjects(folder);
        this.onStored = onStored;
    }

    @Override
    public DimseResponse handle(DimseRequest request) throws IOException {
        if (!UID.isValid(request.sopInstanceUid()) || !UID.isValid(request.sopClassUid())) {
            return answer(INVALID_INSTANCE);
        }
        try {
            ReceivedObjects.Received received = objects.keep(out -> {
                out.write(DicomWriter.toFileStart(
                        request.sopClassUid(), request.sopInstanceUid(), request.transferSyntax()));
                request.datasetStream().transferTo(out);
            });
            return answer(received);
        } catch (DicomNetException | DicomFormatException e) {
            throw e;
        } catch (IOException e) {
            LOG.error(
                    "an object from {} could not be written to {}: {}",
                    request.peerAeTitle(),
                    objects.folder(),
                    e.toString());
            return answer(StatusTable.OUT_OF_RESOURCES);
        }
    }

    private DimseResponse answer(ReceivedObjects.Received received) {
        return answer(
                switch (received.outcome()) {
                    case NEW -> {
                        onStored.accept(received.file());
                        yield StatusTable.SUCCESS;
                    }
                    case SAME -> StatusTable.SUCCESS;
                    case OTHER -> DUPLICATE;
                    case MISMATCH -> StatusTable.DATASET_DOES_NOT_MATCH;
                    case NAMELESS -> INVALID_INSTANCE;
                });
    }

    private static DimseResponse answer(int code) {
        return DimseResponse.of(DimseStatus.of(Operation.C_STORE, code));
    }
}
