package org.isocenter.session.hospital;

import java.time.Duration;
import java.util.List;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.DicomNetException;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.workflow.CommitmentHandler;
import org.isocenter.dicom.workflow.StorageCommitment;
import org.isocenter.model.SopReference;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxStore;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.outbox.Batch;
import org.isocenter.session.outbox.Delivery;

/**
 * Asks archives to promise that they keep images (PS3.4 annex J). Some answer at once on the same association, which is kept open for
 * that for a moment; most open one of their own later, which the listener takes.
 */
public final class CommitmentDelivery implements Delivery {
    /** What an archive that answers at once needs for it; one that answers later does not mind. */
    private static final Duration ANSWER_AT_ONCE = Duration.ofSeconds(2);

    private final OutboxStore store;
    private final CommitmentAnswers answers;

    public CommitmentDelivery(OutboxStore store, CommitmentAnswers answers) {
        this.store = store;
        this.answers = answers;
    }

    @Override
    public boolean takes(OutboxKind kind, Destination destination) {
        return kind == OutboxKind.COMMITMENT && destination instanceof Destination.Dimse;
    }

    @Override
    public void deliver(Batch batch) {
        Destination.Dimse destination = (Destination.Dimse) batch.destination();
        Services services = new CommitmentHandler(answers).addTo(Services.NONE);
        Association association;
        try {
            association = Association.open(
                    destination.peer(),
                    batch.settings().net(destination),
                    List.of(StorageCommitment.CONTEXT),
                    services,
                    batch::whenStopped);
        } catch (DicomNetException e) {
            batch.unopened(batch.open(), e);
            return;
        }
        try (association) {
            int asked = 0;
            for (OutboxRow row : batch.rows()) {
                List<SopReference> instances = store.instancesOf(row);
                if (instances.isEmpty()) {
                    batch.outcome(row, OutboxOutcome.COMMITTED);
                    continue;
                }
                DimseStatus status = StorageCommitment.ask(association, row.subjectUid(), instances);
                batch.outcome(row, outcome(status));
                asked += status.isDone() ? 1 : 0;
            }
            while (asked > 0 && association.serveOne(ANSWER_AT_ONCE)) {
                asked--;
            }
        } catch (DicomNetException e) {
            batch.broken(e.getMessage());
        }
    }

    private static OutboxOutcome outcome(DimseStatus status) {
        if (status.isDone()) {
            return OutboxOutcome.SENT;
        }
        return status.isTransient()
                ? OutboxOutcome.temporary(status.describe())
                : OutboxOutcome.permanent(status.describe());
    }
}
