package org.isocenter.session.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.isocenter.model.PerformedStep;
import org.isocenter.recon.mrd.OrderJson;

/** The statements about performed procedure steps. For one thread at a time, inside the caller's transaction. */
final class PerformedStepTable {
    private final Connection connection;

    PerformedStepTable(Connection connection) {
        this.connection = connection;
    }

    /** Enters a step that begins; one that is there stays as it is. */
    void put(String studyUid, PerformedStep step) throws SQLException {
        String sql = "INSERT INTO performed_step (uid, study_uid, step, state) VALUES (?,?,?,?) ON CONFLICT DO NOTHING";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, step.instanceUid());
            insert.setString(2, studyUid);
            insert.setString(3, OrderJson.write(step));
            insert.setString(4, "IN PROGRESS");
            insert.executeUpdate();
        }
    }

    /** The last step of a study, or null. */
    PerformedStep last(String studyUid) throws SQLException {
        String sql = "SELECT step FROM performed_step WHERE study_uid = ? ORDER BY number DESC LIMIT 1";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, studyUid);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? OrderJson.performed(row.getString(1)) : null;
            }
        }
    }
}
