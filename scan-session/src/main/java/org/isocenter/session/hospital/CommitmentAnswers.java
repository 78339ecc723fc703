package org.isocenter.session.hospital;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.isocenter.dicom.workflow.CommitmentHandler;
import org.isocenter.dicom.workflow.StorageCommitment;
import org.isocenter.model.SopReference;
import org.isocenter.session.archive.ArchiveException;
import org.isocenter.session.archive.OutboxStore;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.Destinations;
import org.isocenter.session.outbox.SettingsSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Enters archives' answers to commitment requests into the outbox. Any thread. */
public final class CommitmentAnswers implements CommitmentHandler.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(CommitmentAnswers.class);

    private final OutboxStore store;
    private final SettingsSource settings;
    private final Runnable changed;

    /**
     * @param settings tell the titles of those who were asked
     * @param changed called when an answer was entered
     */
    public CommitmentAnswers(OutboxStore store, SettingsSource settings, Runnable changed) {
        this.store = store;
        this.settings = settings;
        this.changed = changed;
    }

    @Override
    public boolean answered(String peerAeTitle, StorageCommitment.Outcome outcome) throws IOException {
        Map<String, String> refused = new LinkedHashMap<>();
        outcome.refused().forEach(each -> refused.put(each.instance().sopInstanceUid(), each.reason()));
        List<String> committed =
                outcome.committed().stream().map(SopReference::sopInstanceUid).toList();
        try {
            if (!wasAsked(peerAeTitle, outcome.transactionUid())) {
                LOG.warn(
                        "{} answered a commitment request that it was not sent ({}): refused",
                        peerAeTitle,
                        outcome.transactionUid());
                return false;
            }
            store.commitmentAnswered(outcome.transactionUid(), committed, refused);
            LOG.info(
                    "{} committed to {} objects and refused {} (transaction {})",
                    peerAeTitle,
                    committed.size(),
                    refused.size(),
                    outcome.transactionUid());
        } catch (ArchiveException e) {
            throw new IOException("the answer to a commitment request could not be kept", e);
        }
        changed.run();
        return true;
    }

    private boolean wasAsked(String aeTitle, String transactionUid) throws IOException {
        Optional<String> asked = store.askedForCommitment(transactionUid);
        return asked.isPresent()
                && Destinations.find(settings.read(), asked.get())
                        .filter(destination -> destination instanceof Destination.Dimse dimse
                                && dimse.aeTitle().equals(aeTitle))
                        .isPresent();
    }
}
