package org.isocenter.session.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.isocenter.hardware.Interlock;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Study;
import org.isocenter.session.IsocenterHome;
import org.sqlite.SQLiteConfig;

/**
 * The local database of studies, scans, series and files (SQLite), and the folder that holds them. Every change is on disk
 * when its call returns, so the archive survives the end of the program at any moment. Any thread; calls may wait for the
 * disk, so not on the FX thread. All calls throw {@link ArchiveException}.
 */
public final class Archive implements AutoCloseable {
    private static final String DATABASE = "archive.db";

    private final Path folder;
    private final Connection connection;

    private Archive(Path folder, Connection connection) {
        this.folder = folder;
        this.connection = connection;
    }

    /** Opens, and makes when missing, the archive in this folder. What is made can be read by its owner only. */
    public static Archive open(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(10_000);
        // Of two programs, the second waits at the beginning: one that reads first could not write later.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        try {
            IsocenterHome.createPrivateDirectories(absolute);
            Connection connection = config.createConnection("jdbc:sqlite:" + absolute.resolve(DATABASE));
            try {
                Schema.migrate(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new Archive(absolute, connection);
        } catch (IOException | SQLException e) {
            throw new ArchiveException(
                    "the archive cannot be opened (" + absolute.resolve(DATABASE) + "): " + e.getMessage(), e);
        }
    }

    /** The archive in {@link IsocenterHome#folder}. */
    public static Archive openDefault() {
        return open(IsocenterHome.folder());
    }

    public Path folder() {
        return folder;
    }

    /** Where a new scan of this study puts its files: made, empty, and never used twice. */
    public Path newScanDirectory(Study study) {
        String day = DateTimeFormatter.BASIC_ISO_DATE.format(study.start().toLocalDate());
        // Nothing of the patient in a path: the end of the UID tells studies of one day apart.
        String uid = study.instanceUid().replaceAll("[^0-9A-Za-z]", "");
        String tail = uid.substring(Math.max(0, uid.length() - 10));
        Path studyFolder = folder.resolve("studies").resolve(day + "-" + tail);
        try {
            IsocenterHome.createPrivateDirectories(studyFolder);
            for (int number = 1; ; number++) {
                Path directory = studyFolder.resolve(String.format(Locale.ROOT, "scan-%03d", number));
                if (!Files.exists(directory)) {
                    try {
                        IsocenterHome.createPrivateDirectory(directory);
                        return directory;
                    } catch (FileAlreadyExistsException e) {
                        continue; // another process took this number
                    }
                }
            }
        } catch (IOException e) {
            throw new ArchiveException("no folder for a new scan (" + studyFolder + "): " + e.getMessage(), e);
        }
    }

    /** What waits to be sent to the hospital's systems. */
    public OutboxStore outbox() {
        return new OutboxStore(this);
    }

    /** The steps that the hospital is told of. */
    public PerformedStepStore performedSteps() {
        return new PerformedStepStore(this);
    }

    /** Enters a scan whose images go nowhere else. */
    public void begin(ScanHeader header, Path directory, int expectedReadouts, String state) {
        begin(header, directory, expectedReadouts, state, List.of());
    }

    /**
     * Enters a scan that is about to acquire into {@code directory}, and its study when that is new.
     *
     * @param exports where its images go when it ends
     */
    public void begin(ScanHeader header, Path directory, int expectedReadouts, String state, List<ScanExport> exports) {
        write(db -> {
            db.putStudy(header.study());
            db.insertScan(header, directory.toAbsolutePath().normalize(), expectedReadouts, state, Owner.current());
            new OutboxTable(db.connection()).putExports(header.measurementId(), exports);
        });
    }

    /** Notes how far a scan is. */
    public void update(String scanId, String state, int readouts) {
        write(db -> db.updateScan(scanId, state, readouts, Owner.current()));
    }

    /** Notes how a scan ended that left nothing to send. */
    public void complete(
            String scanId, String state, int readouts, List<ArchivedSeries> series, List<ArchivedFile> files) {
        complete(scanId, state, readouts, series, files, List.of());
    }

    /**
     * Notes how a scan ended and what it left, in place of what was noted before, and at once puts its images into the outbox, for
     * all places where they are to go.
     *
     * @param instances the DICOM files among the files
     */
    public void complete(
            String scanId,
            String state,
            int readouts,
            List<ArchivedSeries> series,
            List<ArchivedFile> files,
            List<ArchivedInstance> instances) {
        write(db -> {
            db.updateScan(scanId, state, readouts, Owner.current());
            db.replaceResults(scanId, series, files);
            ArchivedScan scan = db.scan(scanId);
            new OutboxTable(db.connection()).addResults(scan, instances, Instant.now());
        });
    }

    /** Forgets a scan that left nothing. */
    public void forget(String scanId) {
        write(db -> db.deleteScan(scanId));
    }

    /** Newest first. */
    public List<ArchivedStudy> studies() {
        return read(Tables::studies);
    }

    /** The study with this instance UID. */
    public Optional<ArchivedStudy> study(String instanceUid) {
        return studies().stream()
                .filter(s -> s.study().instanceUid().equals(instanceUid))
                .findFirst();
    }

    /** The scan with this id. */
    public Optional<ArchivedScan> scan(String scanId) {
        return studies().stream()
                .flatMap(s -> s.scans().stream())
                .filter(s -> s.id().equals(scanId))
                .findFirst();
    }

    /** The DICOM series of a scan, by number. */
    public List<ArchivedSeries> series(String scanId) {
        return read(db -> db.series(scanId));
    }

    /** Size and checksum of each file of a scan, by path. */
    public List<ArchivedFile> files(String scanId) {
        return read(db -> db.files(scanId));
    }

    /**
     * Scans that were cut short: what the console offers to finish at its start. Those that a program that still runs is
     * busy with are not among them.
     */
    public List<ArchivedScan> interrupted() {
        return read(Tables::interrupted);
    }

    /**
     * Notes that an interlock of a device is latched. One of its kind that is latched there already stays as it is.
     *
     * @param device what names the hardware, without options
     * @param scanId of the scan that it stopped or kept from starting, or null
     */
    public void latch(String device, Interlock interlock, String scanId) {
        write(db -> new InterlockTable(db.connection()).latch(device, interlock, scanId));
    }

    /** Notes that a person has acknowledged all interlocks of a device. */
    public void acknowledge(String device) {
        write(db -> new InterlockTable(db.connection()).acknowledge(device, Instant.now()));
    }

    /** The interlocks of a device that nobody has acknowledged, the oldest first. */
    public List<Interlock> latched(String device) {
        return read(db -> new InterlockTable(db.connection()).latched(device));
    }

    /** The interlocks that stopped a scan or kept it from starting. */
    public List<Interlock> interlocksOf(String scanId) {
        return read(db -> new InterlockTable(db.connection()).ofScan(scanId));
    }

    /**
     * Notes whom a SAR monitor guards from now on.
     *
     * @param device what names the hardware, without options
     * @param patientId empty for somebody who cannot be told from others
     */
    public void guard(String device, String patientId) {
        write(db -> new GuardedPatientTable(db.connection()).guard(device, patientId));
    }

    /** Whom a SAR monitor guarded last, as {@link #guard} was told; empty when it has guarded nobody yet. */
    public Optional<String> guarded(String device) {
        return read(db -> new GuardedPatientTable(db.connection()).guarded(device));
    }

    @Override
    public void close() {
        synchronized (connection) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw failure(e);
            }
        }
    }

    /** Statements with an answer. */
    interface Reading<T> {
        T from(Tables db) throws SQLException;
    }

    private interface Writing {
        void to(Tables db) throws SQLException;
    }

    <T> T read(Reading<T> work) {
        synchronized (connection) {
            try {
                return work.from(new Tables(connection));
            } catch (SQLException e) {
                throw failure(e);
            }
        }
    }

    private void write(Writing work) {
        change(db -> {
            work.to(db);
            return null;
        });
    }

    /** All of it or nothing, and on disk when it returns. */
    <T> T change(Reading<T> work) {
        synchronized (connection) {
            try {
                connection.setAutoCommit(false);
                try {
                    T answer = work.from(new Tables(connection));
                    connection.commit();
                    return answer;
                } catch (SQLException e) {
                    rollBack(e);
                    throw e;
                } finally {
                    connection.setAutoCommit(true);
                }
            } catch (SQLException e) {
                throw failure(e);
            }
        }
    }

    /** After some failures, a full disk for one, SQLite has done it already and says so by another failure. */
    private void rollBack(SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private ArchiveException failure(SQLException cause) {
        return new ArchiveException(
                "the archive failed (" + folder.resolve(DATABASE) + "): " + cause.getMessage()
                        + "; check the disk and who may write there",
                cause);
    }

    /** The process that is busy with a scan: its id may be used again, so when it started counts too. */
    record Owner(long pid, String start) {
        /** Of /proc/PID/stat, counted behind the name (proc(5): field 22). */
        private static final int START_FIELD = 19;

        static Owner current() {
            return of(ProcessHandle.current());
        }

        private static Owner of(ProcessHandle process) {
            return new Owner(process.pid(), start(process));
        }

        /**
         * What tells it from others that had its id. Where the system tells it, in its own ticks: the time of day at which it started
         * would be another one after the clock was set.
         */
        private static String start(ProcessHandle process) {
            Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
            try {
                String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
                // Its name, in brackets, may hold anything.
                String[] fields =
                        text.substring(text.lastIndexOf(')') + 1).strip().split(" ");
                return Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                                .strip() + ":" + fields[START_FIELD];
            } catch (IOException e) {
                return process.info().startInstant().map(Instant::toString).orElse("");
            }
        }

        boolean isAlive() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .map(Owner::of)
                    .filter(this::equals)
                    .isPresent();
        }
    }
}
