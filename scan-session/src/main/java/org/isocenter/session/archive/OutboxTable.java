package org.isocenter.session.archive;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isocenter.session.archive.Archive.Owner;

/** The statements about the outbox's rows. For one thread at a time, inside the caller's transaction. */
final class OutboxTable {
    private final Connection connection;

    OutboxTable(Connection connection) {
        this.connection = connection;
    }

    /** Where a scan's images are to go when it ends. */
    void putExports(String scanId, List<ScanExport> exports) throws SQLException {
        String sql = "INSERT INTO scan_export (scan_number, destination, kind, commits)"
                + " VALUES ((SELECT number FROM scan WHERE id = ?),?,?,?)";
        for (ScanExport export : exports) {
            update(sql, scanId, export.destination(), export.kind().name(), export.commits() ? 1 : 0);
        }
    }

    /** Puts in what a scan has left, for all places where it is to go. */
    void addResults(ArchivedScan scan, List<ArchivedInstance> instances, Instant now) throws SQLException {
        if (instances.isEmpty()) {
            return;
        }
        for (ScanExport export : exports(scan.id())) {
            if (export.kind() == OutboxKind.IMAGING_STUDY) {
                add(
                        OutboxEntry.message(
                                export.destination(),
                                OutboxKind.IMAGING_STUDY,
                                scan.studyInstanceUid(),
                                new byte[0],
                                Optional.of(scan.id())),
                        now);
                continue;
            }
            for (ArchivedInstance instance : instances) {
                add(
                        new OutboxEntry(
                                export.destination(),
                                OutboxKind.INSTANCE,
                                instance.sopInstanceUid(),
                                instance.sopClassUid(),
                                Optional.of(scan.directory().resolve(instance.path())),
                                Optional.empty(),
                                Optional.of(scan.id()),
                                export.commits()),
                        now);
            }
        }
    }

    private List<ScanExport> exports(String scanId) throws SQLException {
        String sql = "SELECT destination, kind, commits FROM scan_export JOIN scan ON scan.number = scan_number"
                + " WHERE scan.id = ? ORDER BY destination";
        List<ScanExport> exports = new ArrayList<>();
        try (PreparedStatement query = prepared(sql, scanId);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                exports.add(new ScanExport(row.getString(1), OutboxKind.valueOf(row.getString(2)), row.getInt(3) == 1));
            }
        }
        return exports;
    }

    /** An instance that is there already starts anew, unless it is just being sent. Returns the row's number. */
    long add(OutboxEntry entry, Instant now) throws SQLException {
        String sql = """
                INSERT INTO outbox (destination, kind, subject, sop_class, path, message, scan_id, state, reason, attempts,
                  next_attempt, created, changed, commits) VALUES (?,?,?,?,?,?,?,'PENDING','',0,?,?,?,?)
                ON CONFLICT (destination, subject) WHERE kind = 'INSTANCE' DO UPDATE SET state = 'PENDING', reason = '',
                  attempts = 0, next_attempt = excluded.next_attempt, changed = excluded.changed, path = excluded.path,
                  commits = excluded.commits, commitment = NULL WHERE outbox.state <> 'SENDING'
                """;
        update(
                sql,
                entry.destination(),
                entry.kind().name(),
                entry.subjectUid(),
                entry.sopClassUid(),
                entry.file().map(Path::toString).orElse(null),
                entry.message().orElse(null),
                entry.scanId().orElse(null),
                now.toEpochMilli(),
                now.toEpochMilli(),
                now.toEpochMilli(),
                entry.commits() ? 1 : 0);
        return number(
                "SELECT max(number) FROM outbox WHERE destination = ? AND kind = ? AND subject = ?",
                entry.destination(),
                entry.kind().name(),
                entry.subjectUid());
    }

    /**
     * The rows of one kind that are next for a destination and from now on the owner's. Messages go before images; of rows about
     * the same, a later one only when the earlier ones are through. What has failed goes behind what has not.
     */
    List<OutboxRow> claim(String destination, int most, Instant now, Owner owner) throws SQLException {
        String due = """
                FROM outbox AS o WHERE state = 'PENDING' AND destination = ? AND next_attempt <= ? AND NOT EXISTS (
                  SELECT 1 FROM outbox AS e WHERE e.destination = o.destination AND e.subject = o.subject
                  AND e.number < o.number AND e.state NOT IN ('SENT', 'COMMITTED', 'CANCELLED'))
                """;
        Optional<String> kind = text(
                "SELECT kind " + due + " ORDER BY kind = 'INSTANCE', number LIMIT 1", destination, now.toEpochMilli());
        if (kind.isEmpty()) {
            return List.of();
        }
        List<OutboxRow> rows = rows(
                "SELECT * " + due + " AND kind = ? ORDER BY attempts, number LIMIT ?",
                destination,
                now.toEpochMilli(),
                kind.get(),
                most);
        String sql =
                "UPDATE outbox SET state = 'SENDING', changed = ?, owner_pid = ?, owner_start = ? WHERE number = ?";
        for (OutboxRow row : rows) {
            update(sql, now.toEpochMilli(), owner.pid(), owner.start(), row.number());
        }
        return rows;
    }

    /** Notes what came of a row that this owner had claimed. One that has been answered otherwise meanwhile stays as it is. */
    void settle(OutboxStore.Settled settled, Instant now, Owner owner) throws SQLException {
        OutboxOutcome outcome = settled.outcome();
        OutboxState state = switch (outcome.kind()) {
            case SENT -> OutboxState.SENT;
            case COMMITTED -> OutboxState.COMMITTED;
            case TEMPORARY, UNANSWERED -> OutboxState.PENDING;
            case PERMANENT -> OutboxState.FAILED;
        };
        String sql = """
                UPDATE outbox SET state = ?, reason = ?, attempts = attempts + ?, next_attempt = ?, changed = ?,
                  unanswered = max(unanswered, ?), owner_pid = NULL, owner_start = NULL
                WHERE number = ? AND state = 'SENDING' AND owner_pid = ? AND owner_start = ?
                """;
        update(
                sql,
                state.name(),
                outcome.reason(),
                outcome.reason().isEmpty() ? 0 : 1,
                settled.nextAttempt().toEpochMilli(),
                now.toEpochMilli(),
                outcome.kind() == OutboxOutcome.Kind.UNANSWERED ? 1 : 0,
                settled.number(),
                owner.pid(),
                owner.start());
    }

    /** Gives a claimed row back as if nothing had been tried. */
    void release(long number, Owner owner) throws SQLException {
        update(
                "UPDATE outbox SET state = 'PENDING', owner_pid = NULL, owner_start = NULL"
                        + " WHERE number = ? AND state = 'SENDING' AND owner_pid = ? AND owner_start = ?",
                number,
                owner.pid(),
                owner.start());
    }

    /** Gives back what processes had claimed that are no more: it may have been sent. */
    int releaseOrphans() throws SQLException {
        List<Owner> gone = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT DISTINCT owner_pid, owner_start FROM outbox WHERE state = 'SENDING'");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Owner owner = new Owner(row.getLong(1), row.getString(2));
                if (!owner.isAlive()) {
                    gone.add(owner);
                }
            }
        }
        int released = 0;
        for (Owner owner : gone) {
            released += update(
                    "UPDATE outbox SET state = 'PENDING', attempts = attempts + 1, unanswered = 1, owner_pid = NULL,"
                            + " owner_start = NULL WHERE state = 'SENDING' AND owner_pid = ? AND owner_start = ?",
                    owner.pid(),
                    owner.start());
        }
        return released;
    }

    /** Has everything of a kind wait that is due for a destination. */
    void postpone(String destination, OutboxKind kind, Instant until, String reason) throws SQLException {
        update(
                "UPDATE outbox SET next_attempt = max(next_attempt, ?),"
                        + " reason = CASE reason WHEN '' THEN ? ELSE reason END"
                        + " WHERE state = 'PENDING' AND destination = ? AND kind = ?",
                until.toEpochMilli(),
                reason,
                destination,
                kind.name());
    }

    /** Brings what waits for a later time than it can have been given to now. */
    int hastenBeyond(Instant sending, Instant answers, Instant now) throws SQLException {
        return update(
                "UPDATE outbox SET next_attempt = ? WHERE state = 'PENDING' AND next_attempt > ?"
                        + " OR state = 'SENT' AND kind = 'COMMITMENT' AND next_attempt > ?",
                now.toEpochMilli(),
                sending.toEpochMilli(),
                answers.toEpochMilli());
    }

    /**
     * Removes what is done since before a moment. Of a step's beginning it stays to whom it was told; what was told of the patient
     * goes with the rest.
     */
    int prune(Instant before) throws SQLException {
        String told = "kind = 'PERFORMED_STEP_CREATE' AND state = 'SENT'";
        String done = "changed < ? AND NOT (" + told + ") AND (state IN ('COMMITTED', 'CANCELLED')"
                + " OR state = 'SENT' AND commits = 0 AND kind <> 'COMMITMENT')";
        String unused = "kind = 'COMMITMENT' AND NOT EXISTS"
                + " (SELECT 1 FROM outbox AS i WHERE i.commitment = outbox.number)";
        update(
                "UPDATE outbox SET message = NULL WHERE " + told + " AND changed < ? AND message IS NOT NULL",
                before.toEpochMilli());
        int pruned = update("DELETE FROM outbox WHERE kind <> 'COMMITMENT' AND " + done, before.toEpochMilli());
        update(
                "DELETE FROM outbox_transaction WHERE number IN (SELECT number FROM outbox WHERE " + unused + " AND "
                        + done + ")",
                before.toEpochMilli());
        return pruned + update("DELETE FROM outbox WHERE " + unused + " AND " + done, before.toEpochMilli());
    }

    /** Lets what waits for a destination after a failure try again at once, but for the rows of the batch that just was. */
    void hasten(String destination, Instant now, Instant batchClaimed) throws SQLException {
        update(
                "UPDATE outbox SET next_attempt = ? WHERE state = 'PENDING' AND destination = ? AND next_attempt > ?"
                        + " AND changed < ?",
                now.toEpochMilli(),
                destination,
                now.toEpochMilli(),
                batchClaimed.toEpochMilli());
    }

    /** Where something is to be sent now, or was sent and is not asked about. */
    List<String> destinationsWithDue(Instant now) throws SQLException {
        String sql = """
                SELECT destination FROM outbox WHERE state = 'PENDING' AND next_attempt <= ?
                UNION SELECT destination FROM outbox
                WHERE state = 'SENT' AND commits = 1 AND commitment IS NULL AND kind = 'INSTANCE'
                """;
        List<String> found = new ArrayList<>();
        try (PreparedStatement query = prepared(sql, now.toEpochMilli());
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    /** Tries again at once, whatever happened before. */
    boolean retry(long number, Instant now) throws SQLException {
        return update(
                        "UPDATE outbox SET state = 'PENDING', reason = '', attempts = 0, next_attempt = ?, changed = ?,"
                                + " commitment = NULL WHERE number = ? AND state IN ('PENDING', 'FAILED', 'CANCELLED')",
                        now.toEpochMilli(),
                        now.toEpochMilli(),
                        number)
                == 1;
    }

    /** Not wanted any more, unless it is just being sent or done. */
    boolean cancel(long number, Instant now) throws SQLException {
        return update(
                        "UPDATE outbox SET state = 'CANCELLED', changed = ? WHERE number = ? AND (state IN ('PENDING', 'FAILED')"
                                + " OR state = 'SENT' AND (commits = 1 OR kind = 'COMMITMENT'))",
                        now.toEpochMilli(),
                        number)
                == 1;
    }

    /** Rows that meet a condition, in the order of their numbers or as the condition says. */
    List<OutboxRow> where(String condition, Object... arguments) throws SQLException {
        return rows("SELECT * FROM outbox WHERE " + condition, arguments);
    }

    private List<OutboxRow> rows(String sql, Object... arguments) throws SQLException {
        List<OutboxRow> rows = new ArrayList<>();
        try (PreparedStatement query = prepared(sql, arguments);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                rows.add(row(row));
            }
        }
        return rows;
    }

    private static OutboxRow row(ResultSet row) throws SQLException {
        return new OutboxRow(
                row.getLong("number"),
                row.getString("destination"),
                OutboxKind.valueOf(row.getString("kind")),
                row.getString("subject"),
                row.getString("sop_class"),
                Optional.ofNullable(row.getString("path")).map(Path::of),
                Optional.ofNullable(row.getBytes("message")),
                Optional.ofNullable(row.getString("scan_id")),
                OutboxState.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("next_attempt")),
                Instant.ofEpochMilli(row.getLong("created")),
                Instant.ofEpochMilli(row.getLong("changed")),
                row.getInt("commits") == 1,
                row.getInt("unanswered") == 1);
    }

    long number(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement query = prepared(sql, arguments);
                ResultSet row = query.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private Optional<String> text(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement query = prepared(sql, arguments);
                ResultSet row = query.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    int update(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement update = prepared(sql, arguments)) {
            return update.executeUpdate();
        }
    }

    private PreparedStatement prepared(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setObject(i + 1, arguments[i]);
            }
        }
        return statement;
    }
}
