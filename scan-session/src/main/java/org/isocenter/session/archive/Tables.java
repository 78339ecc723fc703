package org.isocenter.session.archive;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Side;
import org.isocenter.model.Study;
import org.isocenter.recon.mrd.OrderJson;
import org.isocenter.session.archive.Archive.Owner;

/** The archive's statements. For one thread at a time, inside the caller's transaction. */
final class Tables {
    private static final String SCAN_COLUMNS =
            "id, study_uid, protocol, sequence, start, state, readouts, expected, directory, owner_pid, owner_start, step_uid";

    private final Connection connection;

    Tables(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Enters the study, or brings what is known of it up to date. */
    void putStudy(Study study) throws SQLException {
        String sql = """
                INSERT INTO study (uid, id, accession, description, referring, frame_uid, start, patient_name, patient_id,
                  birth_date, sex, weight_kg, position, body_part, body_side, phantom, scheduled)
                VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
                ON CONFLICT (uid) DO UPDATE SET id = excluded.id, accession = excluded.accession,
                  description = excluded.description, referring = excluded.referring, frame_uid = excluded.frame_uid,
                  patient_name = excluded.patient_name, patient_id = excluded.patient_id,
                  birth_date = excluded.birth_date, sex = excluded.sex, weight_kg = excluded.weight_kg,
                  position = excluded.position, body_part = excluded.body_part, body_side = excluded.body_side,
                  phantom = excluded.phantom, scheduled = excluded.scheduled
                """;
        Patient patient = study.patient();
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, study.instanceUid());
            insert.setString(2, study.id());
            insert.setString(3, study.accessionNumber());
            insert.setString(4, study.description());
            insert.setString(5, study.referringPhysician());
            insert.setString(6, study.frameOfReferenceUid());
            insert.setString(7, study.start().toString());
            insert.setString(8, patient.name());
            insert.setString(9, patient.id());
            insert.setString(
                    10, patient.birthDate() == null ? null : patient.birthDate().toString());
            insert.setString(11, patient.sex());
            if (Double.isNaN(patient.weightKilograms())) {
                insert.setNull(12, Types.REAL);
            } else {
                insert.setDouble(12, patient.weightKilograms());
            }
            insert.setString(13, study.position().name());
            insert.setString(14, study.anatomy().term());
            insert.setString(15, study.anatomy().side().letter());
            insert.setInt(16, study.phantom() ? 1 : 0);
            insert.setString(17, OrderJson.write(study.orders()));
            insert.executeUpdate();
        }
        if (study.performed() != null) {
            new PerformedStepTable(connection).put(study);
        }
    }

    void insertScan(ScanHeader header, Path directory, int expected, String state, Owner owner) throws SQLException {
        String sql = "INSERT INTO scan (" + SCAN_COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, header.measurementId());
            insert.setString(2, header.study().instanceUid());
            insert.setString(3, header.protocolName());
            insert.setString(4, header.sequence().sequenceName());
            insert.setString(5, header.start().toString());
            insert.setString(6, state);
            insert.setInt(7, 0);
            insert.setInt(8, expected);
            insert.setString(9, directory.toString());
            insert.setLong(10, owner.pid());
            insert.setString(11, owner.start());
            PerformedStep step = header.study().performed();
            insert.setString(12, step == null ? null : step.instanceUid());
            insert.executeUpdate();
        }
    }

    void updateScan(String scanId, String state, int readouts, Owner owner) throws SQLException {
        String sql = "UPDATE scan SET state = ?, readouts = ?, owner_pid = ?, owner_start = ? WHERE id = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, state);
            update.setInt(2, readouts);
            update.setLong(3, owner.pid());
            update.setString(4, owner.start());
            update.setString(5, scanId);
            if (update.executeUpdate() != 1) {
                throw new SQLException("there is no scan " + scanId);
            }
        }
    }

    void deleteScan(String scanId) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM scan WHERE id = ?")) {
            delete.setString(1, scanId);
            delete.executeUpdate();
        }
    }

    void replaceResults(String scanId, List<ArchivedSeries> series, List<ArchivedFile> files) throws SQLException {
        long number = scanNumber(scanId);
        for (String table : List.of("series", "file")) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + table + " WHERE scan_number = ?")) {
                delete.setLong(1, number);
                delete.executeUpdate();
            }
        }
        String insertSeries = "INSERT INTO series (uid, scan_number, number, description, images) VALUES (?,?,?,?,?)";
        try (PreparedStatement insert = connection.prepareStatement(insertSeries)) {
            for (ArchivedSeries one : series) {
                insert.setString(1, one.instanceUid());
                insert.setLong(2, number);
                insert.setInt(3, one.number());
                insert.setString(4, one.description());
                insert.setInt(5, one.images());
                insert.executeUpdate();
            }
        }
        String insertFile = "INSERT INTO file (scan_number, path, bytes, sha256) VALUES (?,?,?,?)";
        try (PreparedStatement insert = connection.prepareStatement(insertFile)) {
            for (ArchivedFile file : files) {
                insert.setLong(1, number);
                insert.setString(2, file.path());
                insert.setLong(3, file.bytes());
                insert.setString(4, file.sha256());
                insert.executeUpdate();
            }
        }
    }

    private long scanNumber(String scanId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT number FROM scan WHERE id = ?")) {
            query.setString(1, scanId);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("there is no scan " + scanId);
                }
                return row.getLong(1);
            }
        }
    }

    List<ArchivedStudy> studies() throws SQLException {
        List<ArchivedStudy> studies = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT * FROM study ORDER BY rowid DESC");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Study study = study(row);
                studies.add(new ArchivedStudy(study, scansWith("study_uid", study.instanceUid())));
            }
        }
        return studies;
    }

    Study study(String uid) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT * FROM study WHERE uid = ?")) {
            query.setString(1, uid);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("there is no study " + uid);
                }
                return study(row);
            }
        }
    }

    /** The scans with this value in this column, oldest first. */
    List<ArchivedScan> scansWith(String column, String value) throws SQLException {
        String sql = "SELECT " + SCAN_COLUMNS + " FROM scan WHERE " + column + " = ? ORDER BY number";
        List<ArchivedScan> scans = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, value);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    scans.add(scan(row));
                }
            }
        }
        return scans;
    }

    ArchivedScan scan(String scanId) throws SQLException {
        String sql = "SELECT " + SCAN_COLUMNS + " FROM scan WHERE id = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, scanId);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("there is no scan " + scanId);
                }
                return scan(row);
            }
        }
    }

    List<ArchivedScan> interrupted() throws SQLException {
        String sql = "SELECT " + SCAN_COLUMNS
                + " FROM scan WHERE state NOT IN ('DONE', 'FAILED', 'ABORTED') ORDER BY number DESC";
        List<ArchivedScan> scans = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                if (!new Owner(row.getLong("owner_pid"), row.getString("owner_start")).isAlive()) {
                    scans.add(scan(row));
                }
            }
        }
        return scans;
    }

    List<ArchivedSeries> series(String scanId) throws SQLException {
        String sql = """
                SELECT series.uid, series.number, description, images FROM series
                JOIN scan ON scan.number = scan_number WHERE scan.id = ? ORDER BY series.number
                """;
        List<ArchivedSeries> series = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, scanId);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    series.add(new ArchivedSeries(row.getString(1), row.getInt(2), row.getString(3), row.getInt(4)));
                }
            }
        }
        return series;
    }

    List<ArchivedFile> files(String scanId) throws SQLException {
        String sql = """
                SELECT path, bytes, sha256 FROM file JOIN scan ON scan.number = scan_number
                WHERE scan.id = ? ORDER BY path
                """;
        List<ArchivedFile> files = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, scanId);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    files.add(new ArchivedFile(row.getString(1), row.getLong(2), row.getString(3)));
                }
            }
        }
        return files;
    }

    private ArchivedScan scan(ResultSet row) throws SQLException {
        String id = row.getString("id");
        Path directory = Path.of(row.getString("directory"));
        return new ArchivedScan(
                id,
                row.getString("study_uid"),
                row.getString("protocol"),
                row.getString("sequence"),
                OffsetDateTime.parse(row.getString("start")),
                row.getString("state"),
                row.getInt("readouts"),
                row.getInt("expected"),
                directory,
                files(id).stream().map(f -> directory.resolve(f.path())).toList());
    }

    private Study study(ResultSet row) throws SQLException {
        String birthDate = row.getString("birth_date");
        double weight = row.getDouble("weight_kg");
        Patient patient = new Patient(
                row.getString("patient_name"),
                row.getString("patient_id"),
                birthDate == null ? null : LocalDate.parse(birthDate),
                row.getString("sex"),
                row.getObject("weight_kg") == null ? Double.NaN : weight);
        return new Study(
                row.getString("uid"),
                row.getString("id"),
                row.getString("accession"),
                row.getString("description"),
                row.getString("referring"),
                row.getString("frame_uid"),
                OffsetDateTime.parse(row.getString("start")),
                patient,
                PatientPosition.valueOf(row.getString("position")),
                new Anatomy(
                        BodyPart.of(row.getString("body_part")).orElse(null),
                        Side.of(row.getString("body_side")).orElse(Side.UNKNOWN)),
                row.getInt("phantom") == 1,
                OrderJson.scheduled(row.getString("scheduled")),
                new PerformedStepTable(connection).last(row.getString("uid")));
    }
}
