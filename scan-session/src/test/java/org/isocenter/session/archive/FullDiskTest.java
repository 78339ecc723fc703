package org.isocenter.session.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.isocenter.dicom.data.UID;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.outbox.Batch;
import org.isocenter.session.outbox.Delivery;
import org.isocenter.session.outbox.Outbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A database that may not grow, as on a full disk, while the outbox works. */
@Timeout(value = 1, unit = TimeUnit.MINUTES) // a hang is a failure, not a test run without an end
class FullDiskTest {
    private static final String LONG_REASON = "no room here, not at all; ".repeat(4000);

    @TempDir
    Path home;

    private static void limitPages(Archive archive, long more) {
        archive.read(db -> {
            try (Statement statement = db.connection().createStatement();
                    ResultSet pages = statement.executeQuery("PRAGMA page_count")) {
                long count = pages.getLong(1);
                statement.execute("PRAGMA max_page_count = " + (count + more));
            }
            return null;
        });
    }

    private OutboxEntry entry(int number, String destination) throws Exception {
        Path file = home.resolve(number + ".dcm");
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        return OutboxEntry.instance(destination, UID.MRImageStorage, "1.2." + number, file, false);
    }

    @Test
    void whatDoesNotFitIsRefusedAsAWholeAndLaterItFits() throws Exception {
        try (Archive archive = Archive.open(home)) {
            limitPages(archive, 0);
            List<OutboxEntry> entries = List.of(entry(1, "pacs"), entry(2, "p".repeat(200_000)));
            assertThatThrownBy(() -> archive.outbox().add(entries))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining("check the disk");
            assertThat(archive.outbox().open()).isEmpty();
            limitPages(archive, 10_000);
            assertThat(archive.outbox().add(entries)).hasSize(2);
        }
    }

    @Test
    void anOutcomeThatCannotBeWrittenDownIsKeptUntilItCan() throws Exception {
        CountDownLatch troubled = new CountDownLatch(1);
        AppenderBase<ILoggingEvent> watch = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getLevel() == Level.ERROR) {
                    troubled.countDown();
                }
            }
        };
        watch.start();
        Logger log = (Logger) LoggerFactory.getLogger("org.isocenter.session.outbox");
        log.addAppender(watch);
        Delivery refusing = new Delivery() {
            @Override
            public boolean takes(OutboxKind kind, Destination destination) {
                return true;
            }

            @Override
            public void deliver(Batch batch) {
                batch.outcome(batch.rows(), OutboxOutcome.permanent(LONG_REASON));
            }
        };
        try (Archive archive = Archive.open(home)) {
            long number =
                    archive.outbox().add(List.of(entry(1, "PACS@host:104"))).get(0);
            limitPages(archive, 0);
            try (Outbox outbox = new Outbox(archive.outbox(), () -> DicomSettings.DEFAULT, List.of(refusing))) {
                outbox.start();
                troubled.await();
                assertThat(archive.outbox().find(number).orElseThrow().state()).isEqualTo(OutboxState.SENDING);
                limitPages(archive, 10_000);
                while (archive.outbox().find(number).orElseThrow().state() == OutboxState.SENDING) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            } finally {
                log.detachAppender(watch);
            }
            OutboxRow row = archive.outbox().find(number).orElseThrow();
            assertThat(row.state()).isEqualTo(OutboxState.FAILED);
            assertThat(row.reason()).isEqualTo(LONG_REASON);
        }
    }
}
