package org.isocenter.session.archive;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.isocenter.model.SopReference;
import org.isocenter.session.archive.Archive.Owner;

/**
 * The outbox as the archive keeps it: a row for each thing and each place where it is to go. Several processes can work on one: a row
 * that is being sent belongs to the process that claimed it, for as long as that lives. Any thread; calls may wait for the disk, so
 * not on the FX thread. All calls throw {@link ArchiveException}.
 */
public final class OutboxStore {
    private static final String OPEN =
            "state IN ('PENDING', 'SENDING', 'FAILED') OR state = 'SENT' AND (commits = 1 OR kind = 'COMMITMENT')";

    /** How long rows are kept that are done; see {@link #prune}. */
    public static final Duration KEPT = Duration.ofDays(30);

    private final Archive archive;

    OutboxStore(Archive archive) {
        this.archive = archive;
    }

    /**
     * What came of a claimed row.
     *
     * @param nextAttempt of a failure that may pass; of a commitment request that was sent, when its answer is overdue
     */
    public record Settled(long number, OutboxOutcome outcome, Instant nextAttempt) {
        /** Whether it failed and is tried again by itself. */
        public boolean isTriedAgain() {
            return outcome.kind() == OutboxOutcome.Kind.TEMPORARY || outcome.kind() == OutboxOutcome.Kind.UNANSWERED;
        }
    }

    /**
     * How much is not done yet.
     *
     * @param pending wait for their turn, or are tried again later
     * @param sending are under way
     * @param failed wait for a person
     * @param uncommitted were sent and wait for the promise that they are kept
     */
    public record Counts(int pending, int sending, int failed, int uncommitted) {
        public static final Counts NONE = new Counts(0, 0, 0, 0);
    }

    /** Puts things in, all or none. Returns the rows' numbers, in the same order. */
    public List<Long> add(List<OutboxEntry> entries) {
        Instant now = Instant.now();
        return archive.change(db -> {
            List<Long> numbers = new ArrayList<>();
            for (OutboxEntry entry : entries) {
                numbers.add(table(db).add(entry, now));
            }
            return numbers;
        });
    }

    /** Rows that are not done, the oldest first. */
    public List<OutboxRow> open() {
        return archive.read(db -> table(db).where("(" + OPEN + ") ORDER BY number"));
    }

    /** All rows, the newest first. */
    public List<OutboxRow> newest(int most) {
        return archive.read(db -> table(db).where("TRUE ORDER BY number DESC LIMIT ?", most));
    }

    public Optional<OutboxRow> find(long number) {
        return archive.read(db -> table(db).where("number = ?", number)).stream()
                .findFirst();
    }

    /** The rows of these numbers, in their order; those that there are. */
    public List<OutboxRow> find(List<Long> numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        Set<Long> wanted = Set.copyOf(numbers);
        return archive
                .read(db -> table(db)
                        .where(
                                "number BETWEEN ? AND ? ORDER BY number",
                                Collections.min(wanted),
                                Collections.max(wanted)))
                .stream()
                .filter(row -> wanted.contains(row.number()))
                .toList();
    }

    /** The rows that came of a scan. */
    public List<OutboxRow> ofScan(String scanId) {
        return archive.read(db -> table(db).where("scan_id = ? ORDER BY number", scanId));
    }

    public Counts counts() {
        return archive.read(db -> new Counts(
                count(db, "state = 'PENDING'"),
                count(db, "state = 'SENDING'"),
                count(db, "state = 'FAILED'"),
                count(db, "state = 'SENT' AND commits = 1")));
    }

    private static int count(Tables db, String condition) throws SQLException {
        return Math.toIntExact(table(db).number("SELECT count(*) FROM outbox WHERE " + condition));
    }

    /** Tries these again at once. Returns those for which that made sense. */
    public List<Long> retry(List<Long> numbers) {
        Instant now = Instant.now();
        return changed(numbers, (table, number) -> table.retry(number, now));
    }

    /** These are not wanted any more. Returns those that could still be cancelled: not what is being sent, or done. */
    public List<Long> cancel(List<Long> numbers) {
        Instant now = Instant.now();
        return changed(numbers, (table, number) -> table.cancel(number, now));
    }

    private interface Change {
        boolean of(OutboxTable table, long number) throws SQLException;
    }

    private List<Long> changed(List<Long> numbers, Change change) {
        return archive.change(db -> {
            List<Long> done = new ArrayList<>();
            for (long number : numbers) {
                if (change.of(table(db), number)) {
                    done.add(number);
                }
            }
            return done;
        });
    }

    /**
     * How many images below a folder must not be deleted or overwritten, because they are on their way somewhere, or a destination
     * has not promised yet to keep them.
     */
    public int unfinishedBelow(Path folder) {
        String prefix =
                folder.toAbsolutePath().normalize() + folder.getFileSystem().getSeparator();
        return archive.read(db -> Math.toIntExact(table(db)
                .number(
                        "SELECT count(DISTINCT path) FROM outbox WHERE substr(path, 1, ?) = ? AND (" + OPEN + ")",
                        prefix.length(),
                        prefix)));
    }

    /** The destinations for which something is due: to be sent, or to be asked whether they keep what was sent. */
    public List<String> destinationsWithDue(Instant now) {
        return archive.read(db -> table(db).destinationsWithDue(now));
    }

    /** When the next row after now is due. */
    public Optional<Instant> nextDue(Instant now) {
        return archive.read(db -> {
            long next = table(db)
                    .number(
                            "SELECT min(next_attempt) FROM outbox WHERE next_attempt > ? AND (state = 'PENDING'"
                                    + " OR state = 'SENT' AND kind = 'COMMITMENT')",
                            now.toEpochMilli());
            return next == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
        });
    }

    /** Takes the rows that are next for a destination, all of one kind: from now on they are this process's to settle. */
    public List<OutboxRow> claim(String destination, int most, Instant now) {
        return archive.change(db -> table(db).claim(destination, most, now, Owner.current()));
    }

    /** Notes what came of claimed rows, in one transaction. */
    public void settle(List<Settled> settled) {
        Instant now = Instant.now();
        archive.change(db -> {
            for (Settled each : settled) {
                table(db).settle(each, now, Owner.current());
            }
            return null;
        });
    }

    /** Gives claimed rows back that were not tried. */
    public void release(List<OutboxRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        archive.change(db -> {
            for (OutboxRow row : rows) {
                table(db).release(row.number(), Owner.current());
            }
            return null;
        });
    }

    /** Gives back what dead processes were sending. Returns how many rows. */
    public int releaseOrphans() {
        return archive.change(db -> table(db).releaseOrphans());
    }

    /**
     * Removes rows that are done since before a moment: committed, or sent where nobody commits, or cancelled. Never one that waits for
     * a promise, and never a file. Who was told of a step stays, without the message. Returns how many rows.
     */
    public int prune(Instant before) {
        return archive.change(db -> table(db).prune(before));
    }

    /**
     * Has what waits for a later time than any row has to wait be done now.
     *
     * @param sending limit for what is to be sent
     * @param answers limit for requests that wait for an answer
     * @return how many rows
     */
    public int hastenBeyond(Instant sending, Instant answers) {
        Instant now = Instant.now();
        return archive.change(db -> table(db).hastenBeyond(sending, answers, now));
    }

    /** Has everything of a kind wait that is due for a destination: it cannot be had now. */
    public void postpone(String destination, OutboxKind kind, Instant until, String reason) {
        archive.change(db -> {
            table(db).postpone(destination, kind, until, reason);
            return null;
        });
    }

    /** Lets what waits for a destination try again now, since that works again; but not what was tried since {@code claimed}. */
    public void hasten(String destination, Instant claimed) {
        Instant now = Instant.now();
        archive.change(db -> {
            table(db).hasten(destination, now, claimed);
            return null;
        });
    }

    /**
     * Makes requests about all instances that a destination has and has not been asked about.
     *
     * @param newUid makes transaction UIDs
     */
    public int askCommitment(String destination, Supplier<String> newUid) {
        Instant now = Instant.now();
        return archive.change(db -> new CommitmentTable(db.connection()).ask(destination, newUid, now));
    }

    /**
     * Has requests sent again whose answer is overdue, and gives those a new transaction UID that may have arrived: an archive must not
     * take it twice.
     */
    public void askCommitmentAgain(Supplier<String> newUid, String reason) {
        Instant now = Instant.now();
        archive.change(db -> {
            new CommitmentTable(db.connection()).askAgain(newUid, reason, now);
            return null;
        });
    }

    /** What a request asks about: what is not committed yet. Empty when nothing is left to ask. */
    public List<SopReference> instancesOf(OutboxRow request) {
        return archive.read(db -> new CommitmentTable(db.connection()).instances(request.number()));
    }

    /** The destination that was asked for commitment under this transaction UID; empty when none was. */
    public Optional<String> askedForCommitment(String transactionUid) {
        return archive.read(db -> new CommitmentTable(db.connection()).destination(transactionUid));
    }

    /**
     * Enters the answer to a commitment request. It may come before the request counts as sent, late, or twice.
     *
     * @param committed SOP instance UIDs
     * @param failed SOP instance UIDs with the reason, a sentence
     * @return false when nobody asked under this UID
     */
    public boolean commitmentAnswered(String transactionUid, List<String> committed, Map<String, String> failed) {
        Instant now = Instant.now();
        return archive.change(
                db -> new CommitmentTable(db.connection()).answered(transactionUid, committed, failed, now));
    }

    private static OutboxTable table(Tables db) {
        return new OutboxTable(db.connection());
    }
}
