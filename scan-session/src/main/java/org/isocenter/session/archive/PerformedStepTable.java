package org.isocenter.session.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Study;
import org.isocenter.recon.mrd.OrderJson;
import org.isocenter.session.archive.Archive.Owner;

/** The statements about performed procedure steps. For one thread at a time, inside the caller's transaction. */
final class PerformedStepTable {
    private final Connection connection;

    PerformedStepTable(Connection connection) {
        this.connection = connection;
    }

    /** Enters a step that begins; one that is there stays as it is, and this program is at it from now on. */
    void put(Study study) throws SQLException {
        String sql = """
                INSERT INTO performed_step (uid, study_uid, step, scheduled, state, owner_pid, owner_start)
                VALUES (?,?,?,?,?,?,?)
                ON CONFLICT (uid) DO UPDATE SET owner_pid = excluded.owner_pid, owner_start = excluded.owner_start
                """;
        Owner owner = Owner.current();
        update(
                sql,
                study.performed().instanceUid(),
                study.instanceUid(),
                OrderJson.write(study.performed()),
                OrderJson.write(study.orders()),
                StepState.IN_PROGRESS.name(),
                owner.pid(),
                owner.start());
    }

    /** The last step of a study, or null. */
    PerformedStep last(String studyUid) throws SQLException {
        String sql = "SELECT step FROM performed_step WHERE study_uid = ? ORDER BY number DESC LIMIT 1";
        try (PreparedStatement query = prepared(sql, studyUid);
                ResultSet row = query.executeQuery()) {
            return row.next() ? OrderJson.performed(row.getString(1)) : null;
        }
    }

    /** Steps that meet a condition, in the order that it says. */
    List<ArchivedStep> where(String condition, Tables tables, Object... arguments) throws SQLException {
        List<ArchivedStep> steps = new ArrayList<>();
        try (PreparedStatement query = prepared("SELECT * FROM performed_step WHERE " + condition, arguments);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                String ended = row.getString("ended");
                String start = row.getString("owner_start");
                steps.add(new ArchivedStep(
                        study(row, tables),
                        StepState.valueOf(row.getString("state")),
                        Optional.ofNullable(ended).map(OffsetDateTime::parse),
                        row.getString("reason"),
                        Optional.ofNullable(row.getString("told")),
                        start != null && !new Owner(row.getLong("owner_pid"), start).isAlive()));
            }
        }
        return steps;
    }

    private static Study study(ResultSet row, Tables tables) throws SQLException {
        Study study = tables.study(row.getString("study_uid"));
        List<ScheduledStep> scheduled = OrderJson.scheduled(row.getString("scheduled"));
        Study ordered = scheduled.isEmpty() ? study : study.withOrders(scheduled);
        return ordered.withPerformed(OrderJson.performed(row.getString("step")));
    }

    int end(String uid, StepState state, OffsetDateTime when, String reason) throws SQLException {
        return update(
                "UPDATE performed_step SET state = ?, ended = ?, reason = CASE ? WHEN '' THEN reason ELSE ? END"
                        + " WHERE uid = ? AND state = 'IN_PROGRESS'",
                state.name(),
                when.toString(),
                reason,
                reason,
                uid);
    }

    int noteTrouble(String reason, Owner owner) throws SQLException {
        return update(
                "UPDATE performed_step SET reason = ? WHERE state = 'IN_PROGRESS' AND reason = ''"
                        + " AND owner_pid = ? AND owner_start = ?",
                reason,
                owner.pid(),
                owner.start());
    }

    int leaveOpen(String uid) throws SQLException {
        return update("UPDATE performed_step SET owner_pid = NULL, owner_start = NULL WHERE uid = ?", uid);
    }

    int told(String uid, String before, String series) throws SQLException {
        return update("UPDATE performed_step SET told = ? WHERE uid = ? AND told IS ?", series, uid, before);
    }

    int finish(String uid, StepState state) throws SQLException {
        return update(
                "UPDATE performed_step SET state = ? WHERE uid = ? AND state NOT IN ('COMPLETED', 'DISCONTINUED')",
                state.name(),
                uid);
    }

    private int update(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement update = prepared(sql, arguments)) {
            return update.executeUpdate();
        }
    }

    private PreparedStatement prepared(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }
}
