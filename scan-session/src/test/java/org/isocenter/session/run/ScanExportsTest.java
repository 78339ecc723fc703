package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.model.Protocol;
import org.isocenter.session.Examples;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.archive.OutboxStore;
import org.isocenter.session.archive.ScanExport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES) // a hang is a failure, not a test run without an end
class ScanExportsTest {
    @TempDir
    Path home;

    private Archive archive;
    private ScanSession session;

    @BeforeEach
    void open() {
        archive = Archive.open(home.resolve("archive"));
        session = new ScanSession(archive);
    }

    @AfterEach
    void close() {
        session.close();
        archive.close();
    }

    private ScanRequest request(boolean overwrite) {
        Protocol protocol = Protocol.defaults("Readouts", "readouts", new TestSequence().parameters(null));
        return new ScanRequest(
                        Examples.study("1.2.3"),
                        protocol,
                        null,
                        "Test images",
                        3,
                        URI.create("fake:complete"),
                        home.resolve("out"),
                        null,
                        overwrite)
                .withExports(List.of(new ScanExport("pacs", OutboxKind.INSTANCE, false)));
    }

    @Test
    void theImagesOfAScanAreInTheOutboxWhenItEnds() throws Exception {
        ScanResult result = session.scan(request(false));
        assertThat(archive.outbox().ofScan(result.header().measurementId()))
                .singleElement()
                .satisfies(row -> {
                    Attributes image =
                            DicomReader.read(row.file().orElseThrow()).dataset();
                    assertThat(row.subjectUid()).isEqualTo(image.getString(Tag.SOPInstanceUID));
                    assertThat(row.sopClassUid()).isEqualTo(image.getString(Tag.SOPClassUID));
                    assertThat(row.state()).isEqualTo(OutboxState.PENDING);
                });
    }

    @Test
    void imagesThatAreNotYetWhereTheyAreToGoAreNotReplacedAndLaterTheyAre() throws Exception {
        ScanResult first = session.scan(request(false));
        ScanException error = catchThrowableOfType(ScanException.class, () -> session.scan(request(true)));
        assertThat(error.kind()).isEqualTo(ScanException.Kind.INPUT);
        assertThat(error).hasMessageContaining("1 images").hasMessageContaining("isocenter dicom outbox");
        OutboxRow row = archive.outbox().ofScan(first.header().measurementId()).get(0);
        assertThat(row.file().orElseThrow()).exists();

        archive.outbox().claim("pacs", 1, Instant.now());
        archive.outbox().settle(List.of(new OutboxStore.Settled(row.number(), OutboxOutcome.SENT, Instant.now())));
        session.scan(request(true));
        assertThat(Files.exists(home.resolve("out/report.json"))).isTrue();
    }
}
