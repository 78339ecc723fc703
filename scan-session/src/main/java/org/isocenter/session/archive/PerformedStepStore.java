package org.isocenter.session.archive;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.isocenter.model.Study;

/**
 * The performed procedure steps as the archive keeps them, and what the hospital was told of them: a message goes into the outbox in
 * the same transaction as the note that it did, so that each is told once, whenever the program ends. Any thread; calls may wait for
 * the disk, so not on the FX thread. All calls throw {@link ArchiveException}.
 */
public final class PerformedStepStore {
    private final Archive archive;

    PerformedStepStore(Archive archive) {
        this.archive = archive;
    }

    /** Steps that the hospital has not been told the end of, the oldest first. */
    public List<ArchivedStep> open() {
        return archive.read(db -> table(db).where("state NOT IN ('COMPLETED', 'DISCONTINUED') ORDER BY number", db));
    }

    /** All steps, the newest first. */
    public List<ArchivedStep> newest(int most) {
        return archive.read(db -> table(db).where("TRUE ORDER BY number DESC LIMIT ?", db, most));
    }

    /** The step of this SOP instance UID. */
    public Optional<ArchivedStep> find(String uid) {
        return archive.read(db -> table(db).where("uid = ?", db, uid)).stream().findFirst();
    }

    /** The scans of a step that left something, or are under way or cut short, oldest first. */
    public List<ArchivedScan> scans(String uid) {
        return archive.read(db -> db.scansWith("step_uid", uid));
    }

    /** Where the hospital was told that the step begins. */
    public List<String> destinations(String uid) {
        return archive.read(db -> new OutboxTable(db.connection())
                .where("kind = 'PERFORMED_STEP_CREATE' AND subject = ? ORDER BY number", uid).stream()
                        .map(OutboxRow::destination)
                        .distinct()
                        .toList());
    }

    /** Enters a visit that no scan has begun, with its study; one that is there stays as it is. */
    public void begin(Study visit) {
        archive.change(db -> {
            db.putStudy(visit);
            return null;
        });
    }

    /** The visit is over. A step that has been ended before stays as it is. */
    public void end(String uid, OffsetDateTime when) {
        archive.change(db -> table(db).end(uid, StepState.ENDED, when, ""));
    }

    /** The visit was broken off. A step that has been ended before stays as it is. @param reason code value of CID 9301 */
    public void breakOff(String uid, OffsetDateTime when, String reason) {
        archive.change(db -> table(db).end(uid, StepState.BROKEN_OFF, when, reason));
    }

    /** Notes what went wrong during the steps that this program is at. @param reason code value of CID 9301 */
    public void noteTrouble(String reason) {
        archive.change(db -> table(db).noteTrouble(reason, Archive.Owner.current()));
    }

    /** The step goes on after this program: it is not abandoned when that ends. */
    public void leaveOpen(String uid) {
        archive.change(db -> table(db).leaveOpen(uid));
    }

    /**
     * Puts messages about a step into the outbox, and notes what they tell; nothing when another program has told something meanwhile.
     *
     * @param before what had been told when the messages were made
     * @param told series, by their UIDs
     */
    public void tell(String uid, Optional<String> before, String told, List<OutboxEntry> messages) {
        archive.change(db -> {
            if (table(db).told(uid, before.orElse(null), told) == 1) {
                addAll(db, messages);
            }
            return null;
        });
    }

    /**
     * Puts the last messages about a step into the outbox; nothing when another program has done so.
     *
     * @param state COMPLETED or DISCONTINUED
     */
    public void finish(String uid, StepState state, List<OutboxEntry> messages) {
        if (!state.isFinal()) {
            throw new IllegalArgumentException("a step does not finish as " + state);
        }
        archive.change(db -> {
            if (table(db).finish(uid, state) == 1) {
                addAll(db, messages);
            }
            return null;
        });
    }

    private static void addAll(Tables db, List<OutboxEntry> messages) throws SQLException {
        OutboxTable outbox = new OutboxTable(db.connection());
        for (OutboxEntry message : messages) {
            outbox.add(message, Instant.now());
        }
    }

    private static PerformedStepTable table(Tables db) {
        return new PerformedStepTable(db.connection());
    }
}
