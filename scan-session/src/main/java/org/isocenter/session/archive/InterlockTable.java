package org.isocenter.session.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.hardware.Interlock;

/** The statements about interlocks. For one thread at a time, inside the caller's transaction. */
final class InterlockTable {
    private final Connection connection;

    InterlockTable(Connection connection) {
        this.connection = connection;
    }

    void latch(String device, Interlock interlock, String scanId) throws SQLException {
        for (Interlock each : latched(device)) {
            if (each.kind() == interlock.kind()) {
                return;
            }
        }
        String sql = "INSERT INTO interlock (device, kind, reason, since, scan_id) VALUES (?,?,?,?,?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, device);
            insert.setString(2, interlock.kind().name());
            insert.setString(3, interlock.reason());
            insert.setString(4, interlock.since().toString());
            insert.setString(5, scanId);
            insert.executeUpdate();
        }
    }

    void acknowledge(String device, Instant now) throws SQLException {
        String sql = "UPDATE interlock SET acknowledged = ? WHERE device = ? AND acknowledged IS NULL";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, now.toString());
            update.setString(2, device);
            update.executeUpdate();
        }
    }

    List<Interlock> latched(String device) throws SQLException {
        return interlocks("device = ? AND acknowledged IS NULL", device);
    }

    List<Interlock> ofScan(String scanId) throws SQLException {
        return interlocks("scan_id = ?", scanId);
    }

    private List<Interlock> interlocks(String condition, String argument) throws SQLException {
        String sql = "SELECT kind, reason, since FROM interlock WHERE " + condition + " ORDER BY number";
        List<Interlock> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, argument);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(new Interlock(
                            Interlock.Kind.valueOf(row.getString(1)),
                            row.getString(2),
                            Instant.parse(row.getString(3))));
                }
            }
        }
        return found;
    }
}
