package org.isocenter.session.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The statements about whom SAR monitors have guarded last. For one thread at a time, inside the caller's transaction. */
final class GuardedPatientTable {
    private final Connection connection;

    GuardedPatientTable(Connection connection) {
        this.connection = connection;
    }

    void guard(String device, String patientId) throws SQLException {
        String sql = "INSERT OR REPLACE INTO guarded_patient (device, patient_id) VALUES (?,?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, device);
            insert.setString(2, patientId);
            insert.executeUpdate();
        }
    }

    Optional<String> guarded(String device) throws SQLException {
        String sql = "SELECT patient_id FROM guarded_patient WHERE device = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, device);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }
}
