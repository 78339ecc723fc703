package org.isocenter.dicom.workflow;

import java.io.IOException;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.DimseHandler;
import org.isocenter.dicom.net.DimseRequest;
import org.isocenter.dicom.net.DimseResponse;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.Operation;
import org.isocenter.dicom.net.Services;

/**
 * Takes archives' answers to commitment requests: N-EVENT-REPORTs, on the association of the request or on one that the archive opens
 * later as the provider of the service (PS3.4 J.3.3). Called on the threads of associations.
 */
public final class CommitmentHandler implements DimseHandler {
    private static final int NO_SUCH_EVENT = 0x0113;
    private static final int INVALID_ARGUMENT = 0x0115;

    /** Keeps an answer. */
    public interface Receiver {
        /**
         * @param peerAeTitle of who answers
         * @return whether this peer was asked under this transaction UID; if not, nothing is kept and the peer is told
         * @throws IOException when it could not be kept: the archive is told, and may report again
         */
        boolean answered(String peerAeTitle, StorageCommitment.Outcome outcome) throws IOException;
    }

    private final Receiver receiver;

    public CommitmentHandler(Receiver receiver) {
        this.receiver = receiver;
    }

    /** The services and this one. */
    public Services addTo(Services services) {
        return services.with(Operation.N_EVENT_REPORT, UID.StorageCommitmentPushModel, this);
    }

    @Override
    public DimseResponse handle(DimseRequest request) throws IOException {
        StorageCommitment.Outcome outcome;
        try {
            outcome = StorageCommitment.outcome(request.typeId(), request.dataset());
        } catch (DicomValueException e) {
            int code = StorageCommitment.isEvent(request.typeId()) ? INVALID_ARGUMENT : NO_SUCH_EVENT;
            return DimseResponse.of(DimseStatus.of(Operation.N_EVENT_REPORT, code));
        }
        boolean asked = receiver.answered(request.peerAeTitle(), outcome);
        return DimseResponse.of(
                asked ? DimseStatus.success() : DimseStatus.of(Operation.N_EVENT_REPORT, INVALID_ARGUMENT));
    }
}
