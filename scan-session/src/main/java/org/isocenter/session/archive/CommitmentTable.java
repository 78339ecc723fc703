package org.isocenter.session.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.isocenter.model.SopReference;

/**
 * The statements about commitment requests: a row of the outbox each, which the instances that it asks about point to. A request that
 * is repeated gets a new transaction UID; an answer to an older one counts too. For one thread at a time, inside the caller's
 * transaction.
 */
final class CommitmentTable {
    /** Of one request. */
    private static final int MOST_INSTANCES = 1000;

    private final Connection connection;
    private final OutboxTable outbox;

    CommitmentTable(Connection connection) {
        this.connection = connection;
        outbox = new OutboxTable(connection);
    }

    /** Asks about all that was sent to a destination and has not been asked about. Returns how many requests that made. */
    int ask(String destination, Supplier<String> newUid, Instant now) throws SQLException {
        String open = "destination = ? AND kind = 'INSTANCE' AND state = 'SENT' AND commits = 1 AND commitment IS NULL";
        int requests = 0;
        while (outbox.number("SELECT count(*) FROM outbox WHERE " + open, destination) > 0) {
            String uid = newUid.get();
            long number = outbox.add(
                    OutboxEntry.message(destination, OutboxKind.COMMITMENT, uid, new byte[0], Optional.empty()), now);
            note(uid, number);
            outbox.update(
                    "UPDATE outbox SET commitment = ? WHERE number IN (SELECT number FROM outbox WHERE " + open
                            + " ORDER BY number LIMIT " + MOST_INSTANCES + ")",
                    number,
                    destination);
            requests++;
        }
        return requests;
    }

    /** Asks again where an answer is overdue. What may have arrived before is asked under a new UID. */
    void askAgain(Supplier<String> newUid, String reason, Instant now) throws SQLException {
        for (OutboxRow row :
                outbox.where("kind = 'COMMITMENT' AND state = 'SENT' AND next_attempt <= ?", now.toEpochMilli())) {
            rename(row, newUid.get());
            outbox.update(
                    "UPDATE outbox SET state = 'PENDING', reason = ?, attempts = attempts + 1, changed = ? WHERE number = ?",
                    reason,
                    now.toEpochMilli(),
                    row.number());
        }
        for (OutboxRow row : outbox.where("kind = 'COMMITMENT' AND state = 'PENDING' AND unanswered = 1")) {
            rename(row, newUid.get());
        }
    }

    private void rename(OutboxRow request, String uid) throws SQLException {
        note(uid, request.number());
        outbox.update("UPDATE outbox SET subject = ?, unanswered = 0 WHERE number = ?", uid, request.number());
    }

    private void note(String uid, long number) throws SQLException {
        outbox.update("INSERT INTO outbox_transaction (uid, number) VALUES (?,?)", uid, number);
    }

    /** What a request still has to ask about. */
    List<SopReference> instances(long request) throws SQLException {
        String sql = "SELECT sop_class, subject FROM outbox WHERE commitment = ? AND state = 'SENT' ORDER BY number";
        List<SopReference> instances = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, request);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    instances.add(new SopReference(row.getString(1), row.getString(2)));
                }
            }
        }
        return instances;
    }

    /** Whom we asked under this UID. */
    Optional<String> destination(String transactionUid) throws SQLException {
        return outbox.where("number IN (SELECT number FROM outbox_transaction WHERE uid = ?)", transactionUid).stream()
                .map(OutboxRow::destination)
                .findFirst();
    }

    /** Enters an answer. False when nobody asked under this UID. */
    boolean answered(String transactionUid, List<String> committed, Map<String, String> failed, Instant now)
            throws SQLException {
        long request = outbox.number("SELECT number FROM outbox_transaction WHERE uid = ?", transactionUid);
        if (request == 0) {
            return false;
        }
        String one = "UPDATE outbox SET state = ?, reason = ?, changed = ? WHERE commitment = ? AND subject = ?"
                + " AND state IN ('SENT', 'FAILED')";
        for (String uid : committed) {
            outbox.update(one, OutboxState.COMMITTED.name(), "", now.toEpochMilli(), request, uid);
        }
        for (Map.Entry<String, String> each : failed.entrySet()) {
            outbox.update(one, OutboxState.FAILED.name(), each.getValue(), now.toEpochMilli(), request, each.getKey());
        }
        if (instances(request).isEmpty()) {
            // Also while it is being sent: the answer may be there before the reply to the question.
            outbox.update(
                    "UPDATE outbox SET state = 'COMMITTED', reason = '', changed = ? WHERE number = ? AND state <> 'CANCELLED'",
                    now.toEpochMilli(),
                    request);
        }
        return true;
    }
}
