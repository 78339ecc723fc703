package org.isocenter.session.hospital;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.dicom.workflow.CommitmentHandler;
import org.isocenter.dicom.workflow.StorageCommitment;
import org.isocenter.model.SopReference;
import org.isocenter.session.archive.ArchiveException;
import org.isocenter.session.archive.OutboxStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Enters archives' answers to commitment requests into the outbox. Any thread. */
public final class CommitmentAnswers implements CommitmentHandler.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(CommitmentAnswers.class);

    private final OutboxStore store;
    private final Runnable changed;

    /** @param changed called when an answer was entered */
    public CommitmentAnswers(OutboxStore store, Runnable changed) {
        this.store = store;
        this.changed = changed;
    }

    @Override
    public void answered(String peerAeTitle, StorageCommitment.Outcome outcome) throws IOException {
        Map<String, String> refused = new LinkedHashMap<>();
        outcome.refused().forEach(each -> refused.put(each.instance().sopInstanceUid(), each.reason()));
        List<String> committed =
                outcome.committed().stream().map(SopReference::sopInstanceUid).toList();
        try {
            if (store.commitmentAnswered(outcome.transactionUid(), committed, refused)) {
                LOG.info(
                        "{} committed to {} objects and refused {} (transaction {})",
                        peerAeTitle,
                        committed.size(),
                        refused.size(),
                        outcome.transactionUid());
            } else {
                // It would report again and again if it were told: nobody here has asked, or knows of having asked.
                LOG.warn(
                        "{} answered a commitment request that is not known here ({})",
                        peerAeTitle,
                        outcome.transactionUid());
            }
        } catch (ArchiveException e) {
            throw new IOException("the answer to a commitment request could not be kept", e);
        }
        changed.run();
    }
}
