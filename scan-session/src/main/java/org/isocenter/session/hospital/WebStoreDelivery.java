package org.isocenter.session.hospital;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.web.DicomWebClient;
import org.isocenter.dicom.web.StoreOutcome;
import org.isocenter.dicom.web.WebException;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.outbox.Batch;
import org.isocenter.session.outbox.Delivery;

/**
 * Stores instances with STOW-RS (PS3.18 10.5): a batch in as few requests as its size allows. Those that were in a request that failed
 * go with half as many others the next time, so that one which the server cannot bear is alone in the end.
 */
public final class WebStoreDelivery implements Delivery {
    private static final int MOST_TOGETHER = 100;
    private static final int MOST_HALVINGS = 7;

    @Override
    public boolean takes(OutboxKind kind, Destination destination) {
        return kind == OutboxKind.INSTANCE
                && destination instanceof Destination.Web web
                && web.kind() == Destination.WebKind.DICOMWEB;
    }

    @Override
    public void deliver(Batch batch) {
        Map<Path, OutboxRow> rows = readable(batch);
        try {
            DicomWebClient client = new DicomWebClient(batch.settings().web((Destination.Web) batch.destination()));
            batch.whenStopped(client::abort);
            client.store(
                    new ArrayList<>(rows.keySet()),
                    file -> mostTogether(rows.get(file)),
                    told -> batch.outcome(rows.get(told.file()), outcome(told)));
        } catch (WebException e) {
            boolean ofOneRequest =
                    e.isTemporary() && e.retryAfter().isEmpty() && batch.open().size() < rows.size();
            if (ofOneRequest) {
                batch.leaveRest();
            } else if (!batch.isStopped()) {
                batch.outcome(batch.open(), outcome(e));
            }
        } catch (IOException e) {
            batch.outcome(batch.open(), OutboxOutcome.temporary(e.getMessage()));
        }
    }

    /** What came of a request as a whole. */
    static OutboxOutcome outcome(WebException problem) {
        return problem.isTemporary()
                ? OutboxOutcome.temporary(
                        problem.getMessage(), problem.retryAfter().orElse(Duration.ZERO))
                : OutboxOutcome.permanent(problem.getMessage());
    }

    private static OutboxOutcome outcome(StoreOutcome told) {
        return switch (told.kind()) {
            case STORED, WARNING -> OutboxOutcome.SENT;
            case TRY_LATER -> OutboxOutcome.temporary(told.reason(), told.pause());
            case REFUSED -> OutboxOutcome.permanent(told.reason());
        };
    }

    private static int mostTogether(OutboxRow row) {
        return Math.max(1, MOST_TOGETHER >> Math.min(row.attempts(), MOST_HALVINGS));
    }

    /** The rows by file; those whose file is gone or holds something else are told of at once. */
    private static Map<Path, OutboxRow> readable(Batch batch) {
        Map<Path, OutboxRow> rows = new LinkedHashMap<>();
        List<OutboxRow> all = batch.rows();
        for (OutboxRow row : all) {
            Path file = row.file().orElseThrow();
            try {
                String there = DicomReader.readStart(file).meta().getString(Tag.MediaStorageSOPInstanceUID);
                if (row.subjectUid().equals(there)) {
                    rows.put(file, row);
                } else {
                    batch.outcome(
                            row,
                            OutboxOutcome.permanent("the file holds another object by now (" + file
                                    + "): cancel this, and send the file anew"));
                }
            } catch (IOException e) {
                batch.outcome(row, OutboxOutcome.permanent("the file cannot be read: " + e.getMessage()));
            }
        }
        return rows;
    }
}
