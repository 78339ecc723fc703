package org.isocenter.session.hospital;

import java.io.IOException;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.DicomNetException;
import org.isocenter.dicom.net.DimseResponse;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.PresentationContext;
import org.isocenter.dicom.net.Services;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.outbox.Batch;
import org.isocenter.session.outbox.Delivery;

/** Tells of performed procedure steps (PS3.4 annex F): N-CREATE and N-SET, a batch in one association. */
public final class PerformedStepDelivery implements Delivery {
    private static final String SOP_CLASS = UID.ModalityPerformedProcedureStep;
    private static final int DUPLICATE_INSTANCE = 0x0111;

    /** In answer to an N-SET: "may no longer be updated" (PS3.4 F.7.2.2.2). */
    private static final int NO_LONGER = 0x0110;

    @Override
    public boolean takes(OutboxKind kind, Destination destination) {
        return (kind == OutboxKind.PERFORMED_STEP_CREATE || kind == OutboxKind.PERFORMED_STEP_SET)
                && destination instanceof Destination.Dimse;
    }

    @Override
    public void deliver(Batch batch) {
        Destination.Dimse destination = (Destination.Dimse) batch.destination();
        Association association;
        try {
            association = Association.open(
                    destination.peer(),
                    batch.settings().net(destination),
                    List.of(PresentationContext.of(SOP_CLASS)),
                    Services.NONE,
                    batch::whenStopped);
        } catch (DicomNetException e) {
            batch.unopened(batch.open(), e);
            return;
        }
        try (association) {
            for (OutboxRow row : batch.rows()) {
                batch.outcome(row, tell(association, row));
            }
        } catch (DicomNetException e) {
            batch.broken(e.getMessage());
        }
    }

    private static OutboxOutcome tell(Association association, OutboxRow row) throws DicomNetException {
        Attributes message;
        try {
            message = DicomReader.readDataset(
                    "the message of row " + row.number(), row.message().orElseThrow(), 0, UID.ExplicitVRLittleEndian);
        } catch (IOException e) {
            return OutboxOutcome.permanent("the message cannot be read: " + e.getMessage());
        }
        boolean begins = row.kind() == OutboxKind.PERFORMED_STEP_CREATE;
        DimseResponse response = begins
                ? association.nCreate(SOP_CLASS, row.subjectUid(), message)
                : association.nSet(SOP_CLASS, row.subjectUid(), message);
        boolean mayHaveEnded = row.unanswered() && message.contains(Tag.PerformedProcedureStepEndDate);
        return begins ? outcomeOfCreate(response.status()) : outcomeOfSet(response.status(), mayHaveEnded);
    }

    /** A duplicate is what we have told ourselves, when the answer was lost on its way. */
    private static OutboxOutcome outcomeOfCreate(DimseStatus status) {
        return status.code() == DUPLICATE_INSTANCE ? OutboxOutcome.SENT : outcome(status, false);
    }

    /** So is a step that may not be updated any more, when what ends it was sent before and its answer was lost. */
    private static OutboxOutcome outcomeOfSet(DimseStatus status, boolean mayHaveEnded) {
        boolean closed = status.code() == NO_LONGER;
        return closed && mayHaveEnded ? OutboxOutcome.SENT : outcome(status, closed);
    }

    private static OutboxOutcome outcome(DimseStatus status, boolean closed) {
        if (status.isDone()) {
            return OutboxOutcome.SENT;
        }
        return status.isTransient() && !closed
                ? OutboxOutcome.temporary(status.describe())
                : OutboxOutcome.permanent(status.describe());
    }
}
