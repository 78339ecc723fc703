package org.isocenter.session.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/** The tables, and the steps from each version of them to the next. A step, once released, never changes. */
final class Schema {
    private static final List<String> STEPS = List.of("""
            CREATE TABLE study (
              uid TEXT PRIMARY KEY, id TEXT NOT NULL, accession TEXT NOT NULL, description TEXT NOT NULL,
              referring TEXT NOT NULL, frame_uid TEXT NOT NULL, start TEXT NOT NULL,
              patient_name TEXT NOT NULL, patient_id TEXT NOT NULL, birth_date TEXT, sex TEXT NOT NULL, weight_kg REAL,
              position TEXT NOT NULL, body_part TEXT NOT NULL, phantom INTEGER NOT NULL);
            CREATE TABLE scan (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              id TEXT NOT NULL UNIQUE, study_uid TEXT NOT NULL REFERENCES study (uid),
              protocol TEXT NOT NULL, sequence TEXT NOT NULL, start TEXT NOT NULL,
              state TEXT NOT NULL, readouts INTEGER NOT NULL, expected INTEGER NOT NULL, directory TEXT NOT NULL,
              owner_pid INTEGER NOT NULL, owner_start TEXT NOT NULL);
            CREATE INDEX scan_study ON scan (study_uid);
            CREATE TABLE series (
              uid TEXT PRIMARY KEY, scan_number INTEGER NOT NULL REFERENCES scan (number) ON DELETE CASCADE,
              number INTEGER NOT NULL, description TEXT NOT NULL, images INTEGER NOT NULL);
            CREATE INDEX series_scan ON series (scan_number);
            CREATE TABLE file (
              scan_number INTEGER NOT NULL REFERENCES scan (number) ON DELETE CASCADE,
              path TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (scan_number, path));
            """, """
            CREATE TABLE interlock (
              number INTEGER PRIMARY KEY AUTOINCREMENT, device TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL,
              since TEXT NOT NULL, scan_id TEXT, acknowledged TEXT);
            CREATE INDEX interlock_device ON interlock (device);
            """, """
            CREATE TABLE performed_step (
              number INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,
              study_uid TEXT NOT NULL REFERENCES study (uid), step TEXT NOT NULL, state TEXT NOT NULL, ended TEXT);
            CREATE INDEX performed_step_study ON performed_step (study_uid);
            ALTER TABLE study ADD COLUMN scheduled TEXT NOT NULL DEFAULT '';
            ALTER TABLE scan ADD COLUMN step_uid TEXT REFERENCES performed_step (uid);
            """, """
            CREATE TABLE scan_export (
              scan_number INTEGER NOT NULL REFERENCES scan (number) ON DELETE CASCADE, destination TEXT NOT NULL,
              kind TEXT NOT NULL, commits INTEGER NOT NULL, PRIMARY KEY (scan_number, destination));
            CREATE TABLE outbox (
              number INTEGER PRIMARY KEY AUTOINCREMENT, destination TEXT NOT NULL, kind TEXT NOT NULL,
              subject TEXT NOT NULL, sop_class TEXT NOT NULL, path TEXT, message BLOB, scan_id TEXT,
              state TEXT NOT NULL, reason TEXT NOT NULL, attempts INTEGER NOT NULL, next_attempt INTEGER NOT NULL,
              created INTEGER NOT NULL, changed INTEGER NOT NULL, commits INTEGER NOT NULL,
              commitment INTEGER REFERENCES outbox (number), owner_pid INTEGER, owner_start TEXT);
            CREATE UNIQUE INDEX outbox_instance ON outbox (destination, subject) WHERE kind = 'INSTANCE';
            CREATE INDEX outbox_subject ON outbox (destination, subject);
            CREATE INDEX outbox_state ON outbox (state, destination, next_attempt);
            CREATE INDEX outbox_commitment ON outbox (commitment);
            CREATE INDEX outbox_scan ON outbox (scan_id);
            CREATE TABLE outbox_transaction (uid TEXT PRIMARY KEY, number INTEGER NOT NULL REFERENCES outbox (number));
            """, """
            UPDATE performed_step SET state = 'IN_PROGRESS' WHERE state = 'IN PROGRESS';
            ALTER TABLE performed_step ADD COLUMN reason TEXT NOT NULL DEFAULT '';
            ALTER TABLE performed_step ADD COLUMN told TEXT;
            ALTER TABLE performed_step ADD COLUMN owner_pid INTEGER;
            ALTER TABLE performed_step ADD COLUMN owner_start TEXT;
            CREATE INDEX scan_step ON scan (step_uid);
            """, """
            ALTER TABLE performed_step ADD COLUMN scheduled TEXT NOT NULL DEFAULT '';
            UPDATE performed_step SET scheduled = (SELECT scheduled FROM study WHERE uid = study_uid);
            """, """
            CREATE TABLE guarded_patient (device TEXT PRIMARY KEY, patient_id TEXT NOT NULL);
            """, """
            ALTER TABLE outbox ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0;
            """, """
            ALTER TABLE study ADD COLUMN body_side TEXT NOT NULL DEFAULT '';
            """);

    private Schema() {}

    /** Brings the database to the newest version, in one transaction. Refuses one that a newer program has made. */
    static void migrate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Takes the write lock first: of two programs that start at once, the second waits and finds all done.
            statement.execute("BEGIN IMMEDIATE");
            try {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, applied TEXT NOT NULL)");
                int version;
                try (ResultSet result = statement.executeQuery("SELECT coalesce(max(version), 0) FROM migration")) {
                    version = result.getInt(1);
                }
                if (version > STEPS.size()) {
                    throw new SQLException("it is of version " + version
                            + ", made by a newer Isocenter; this one knows " + STEPS.size() + ": update Isocenter");
                }
                for (int step = version; step < STEPS.size(); step++) {
                    statement.executeUpdate(STEPS.get(step));
                    record(connection, step + 1);
                }
                statement.execute("COMMIT");
            } catch (SQLException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    private static void record(Connection connection, int version) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO migration VALUES (?, ?)")) {
            insert.setInt(1, version);
            insert.setString(2, Instant.now().toString());
            insert.executeUpdate();
        }
    }
}
