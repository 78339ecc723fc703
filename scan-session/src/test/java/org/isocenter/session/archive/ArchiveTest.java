package org.isocenter.session.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.Side;
import org.isocenter.model.Study;
import org.isocenter.session.Examples;
import org.isocenter.testing.Orders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final Study FIRST = Examples.study("1.2.3");
    private static final Study SECOND = Examples.study("1.2.4");

    @TempDir
    Path home;

    @Test
    void whatWasArchivedIsThereAfterReopening() {
        Path directory;
        try (Archive archive = Archive.open(home)) {
            directory = archive.newScanDirectory(FIRST);
            archive.begin(Examples.header("scan-1", FIRST, 64, 32), directory, 32, "SCANNING");
            archive.complete(
                    "scan-1",
                    "DONE",
                    32,
                    List.of(new ArchivedSeries("1.2.3.9", 4, "Spin echo", 1)),
                    List.of(new ArchivedFile("raw.h5", 1234, "ab"), new ArchivedFile("dicom/1.dcm", 99, "cd")));
        }
        try (Archive archive = Archive.open(home)) {
            assertThat(archive.studies()).hasSize(1);
            ArchivedStudy study = archive.studies().get(0);
            assertThat(study.study()).isEqualTo(FIRST);
            ArchivedScan scan = study.scans().get(0);
            assertThat(scan.id()).isEqualTo("scan-1");
            assertThat(scan.state()).isEqualTo("DONE");
            assertThat(scan.readouts()).isEqualTo(32);
            assertThat(scan.sequence()).isEqualTo("se2d");
            assertThat(scan.directory()).isEqualTo(directory);
            assertThat(scan.files()).containsExactly(directory.resolve("dicom/1.dcm"), directory.resolve("raw.h5"));
            assertThat(archive.series("scan-1")).containsExactly(new ArchivedSeries("1.2.3.9", 4, "Spin echo", 1));
            assertThat(archive.interrupted()).isEmpty();
        }
    }

    @Test
    void whatWasOrderedAndIsPerformedIsKept() {
        Study study = FIRST.withOrders(List.of(Orders.knee(FIRST.instanceUid()), Orders.kneeAgain(FIRST.instanceUid())))
                .withPerformed(new PerformedStep("1.2.3.5", "PPS1", FIRST.start(), "Head"))
                .withAnatomy(new Anatomy(BodyPart.KNEE, Side.BOTH));
        try (Archive archive = Archive.open(home)) {
            archive.begin(Examples.header("scan-1", study, 64, 32), home, 32, "SCANNING");
        }
        try (Archive archive = Archive.open(home)) {
            assertThat(archive.study(FIRST.instanceUid()).orElseThrow().study()).isEqualTo(study);
        }
    }

    @Test
    void studiesComeNewestFirstAndScansOldestFirst() {
        try (Archive archive = Archive.open(home)) {
            archive.begin(Examples.header("a", FIRST, 64, 32), home, 32, "DONE");
            archive.begin(Examples.header("b", SECOND, 64, 32), home, 32, "DONE");
            archive.begin(Examples.header("c", FIRST, 64, 32), home, 32, "DONE");
            assertThat(archive.studies())
                    .extracting(s -> s.study().instanceUid())
                    .containsExactly("1.2.4", "1.2.3");
            assertThat(archive.study("1.2.3").orElseThrow().scans())
                    .extracting(ArchivedScan::id)
                    .containsExactly("a", "c");
            assertThat(archive.scan("c").orElseThrow().studyInstanceUid()).isEqualTo("1.2.3");
        }
    }

    @Test
    void aScanOfThisProcessIsNotInterruptedButOneOfADeadProcessIs() throws Exception {
        try (Archive archive = Archive.open(home)) {
            archive.begin(Examples.header("mine", FIRST, 64, 32), home.resolve("x"), 32, "SCANNING");
            archive.begin(Examples.header("orphan", FIRST, 64, 32), home.resolve("y"), 32, "RECONSTRUCTING");
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("archive.db"));
                    Statement statement = other.createStatement()) {
                // The same process id, but of a process that started at another time.
                statement.executeUpdate("UPDATE scan SET owner_start = '2001-01-01T00:00:00Z' WHERE id = 'orphan'");
            }
            assertThat(archive.interrupted()).extracting(ArchivedScan::id).containsExactly("orphan");
        }
    }

    @Test
    void aForgottenScanLeavesNothing() {
        try (Archive archive = Archive.open(home)) {
            archive.begin(Examples.header("a", FIRST, 64, 32), home, 32, "SCANNING");
            archive.complete("a", "DONE", 1, List.of(), List.of(new ArchivedFile("raw.h5", 1, "00")));
            archive.forget("a");
            assertThat(archive.studies().get(0).scans()).isEmpty();
            assertThat(archive.files("a")).isEmpty();
        }
    }

    @Test
    void everyScanGetsAnEmptyFolderOfItsOwnThatOnlyItsOwnerMayRead() throws Exception {
        try (Archive archive = Archive.open(home.resolve("new"))) {
            Path one = archive.newScanDirectory(FIRST);
            Path two = archive.newScanDirectory(FIRST);
            assertThat(one).isEmptyDirectory().isNotEqualTo(two);
            assertThat(one.toString()).doesNotContain("Roe").doesNotContain("P42");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("new"))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aDatabaseOfANewerProgramIsRefusedAndLeftAlone() throws Exception {
        Archive.open(home).close();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("archive.db"));
                Statement statement = other.createStatement()) {
            statement.executeUpdate("INSERT INTO migration VALUES (99, 'later')");
        }
        assertThatThrownBy(() -> Archive.open(home))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("newer")
                .hasMessageContaining("archive.db");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithItsName() throws Exception {
        Files.writeString(home.resolve("archive.db"), "this is not a database, but long enough to look at".repeat(50));
        assertThatThrownBy(() -> Archive.open(home))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(home.resolve("archive.db").toString());
    }

    @Test
    void anUnknownScanCannotBeUpdated() {
        try (Archive archive = Archive.open(home)) {
            assertThatThrownBy(() -> archive.update("nobody", "DONE", 1)).hasMessageContaining("nobody");
        }
    }

    @Test
    void twoProgramsCanWriteToOneArchive() {
        try (Archive one = Archive.open(home);
                Archive two = Archive.open(home)) {
            one.begin(Examples.header("a", FIRST, 64, 32), home, 32, "SCANNING");
            two.begin(Examples.header("b", FIRST, 64, 32), home, 32, "SCANNING");
            one.update("a", "DONE", 32);
            assertThat(two.scan("a").orElseThrow().state()).isEqualTo("DONE");
            assertThat(one.scan("b").orElseThrow().state()).isEqualTo("SCANNING");
        }
    }
}
