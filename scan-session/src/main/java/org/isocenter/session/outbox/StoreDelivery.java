package org.isocenter.session.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomFileStart;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.DicomNetException;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.PresentationContext;
import org.isocenter.dicom.net.Services;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.dicom.Destination;

/**
 * Stores instances with C-STORE (PS3.4 annex B): a batch in one association, each file as it is where the peer takes that. What the
 * peer cannot do now (no room, a failure of its own, gone, busy, rejects us) is tried again; what it refuses of an instance waits for a
 * person.
 */
public final class StoreDelivery implements Delivery {
    /** Odd numbers of one byte (PS3.8 9.3.2.2). */
    private static final int MOST_CONTEXTS = 128;

    private static final int DUPLICATE_INSTANCE = 0x0111;

    @Override
    public boolean takes(OutboxKind kind, Destination destination) {
        return kind == OutboxKind.INSTANCE && destination instanceof Destination.Dimse;
    }

    /** A file of the batch, with what has to be agreed upon before it can be sent. */
    private record Item(OutboxRow row, Path file, Set<PresentationContext> contexts) {}

    @Override
    public void deliver(Batch batch) {
        List<Item> items = readable(batch);
        for (int from = 0; from < items.size() && !batch.isStopped() && !batch.isBroken(); ) {
            Set<PresentationContext> contexts = new LinkedHashSet<>();
            int to = from;
            while (to < items.size() && fits(contexts, items.get(to).contexts())) {
                contexts.addAll(items.get(to).contexts());
                to++;
            }
            if (!send(batch, items.subList(from, to), List.copyOf(contexts))) {
                return;
            }
            from = to;
        }
    }

    private static boolean fits(Set<PresentationContext> contexts, Set<PresentationContext> more) {
        long added =
                more.stream().filter(context -> !contexts.contains(context)).count();
        return contexts.size() + added <= MOST_CONTEXTS;
    }

    private static List<Item> readable(Batch batch) {
        List<Item> items = new ArrayList<>();
        for (OutboxRow row : batch.rows()) {
            Path file = row.file().orElseThrow();
            try {
                DicomFileStart start = DicomReader.readStart(file);
                if (!row.subjectUid().equals(start.meta().getString(Tag.MediaStorageSOPInstanceUID))) {
                    batch.outcome(
                            row,
                            OutboxOutcome.permanent("the file holds another object by now (" + file + "): cancel this,"
                                    + " and send the file anew"));
                    continue;
                }
                items.add(new Item(row, file, contexts(row.sopClassUid(), start.transferSyntax())));
            } catch (IOException e) {
                batch.outcome(row, OutboxOutcome.permanent("the file cannot be read: " + e.getMessage()));
            }
        }
        return items;
    }

    /** Each encoding in a context of its own, so that the peer can take the file as it is; beside it the plain ones. */
    private static Set<PresentationContext> contexts(String sopClass, String transferSyntax) {
        Set<String> encodings =
                new LinkedHashSet<>(List.of(transferSyntax, UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian));
        return new LinkedHashSet<>(PresentationContext.ofEach(List.of(sopClass), encodings));
    }

    /** False when the association failed. */
    private static boolean send(Batch batch, List<Item> items, List<PresentationContext> contexts) {
        Destination.Dimse destination = (Destination.Dimse) batch.destination();
        Map<Path, OutboxRow> rows = new LinkedHashMap<>();
        items.forEach(item -> rows.put(item.file(), item.row()));
        Association association;
        try {
            association = Association.open(
                    destination.peer(), batch.settings().net(destination), contexts, Services.NONE, batch::whenStopped);
        } catch (DicomNetException e) {
            boolean othersToo = e.kind() != DicomNetException.Kind.NOTHING_ACCEPTED;
            batch.unopened(othersToo ? batch.open() : List.copyOf(rows.values()), e);
            return !othersToo;
        }
        try (association) {
            association.storeAll(rows.keySet(), new Association.StoreListener() {
                @Override
                public void answered(Path file, DimseStatus status) {
                    batch.outcome(rows.get(file), outcome(status));
                }

                @Override
                public void unreadable(Path file, IOException problem) {
                    batch.outcome(
                            rows.get(file),
                            OutboxOutcome.permanent("the file cannot be read: " + problem.getMessage()));
                }
            });
            return true;
        } catch (DicomNetException e) {
            batch.broken(e.getMessage());
            return false;
        }
    }

    private static OutboxOutcome outcome(DimseStatus status) {
        // It is there already: what answered to it before was lost on the way.
        if (status.isDone() || status.code() == DUPLICATE_INSTANCE) {
            return OutboxOutcome.SENT;
        }
        return status.isTransient()
                ? OutboxOutcome.temporary(status.describe())
                : OutboxOutcome.permanent(status.describe());
    }
}
