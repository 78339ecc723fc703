package org.isocenter.session.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.isocenter.dicom.data.UID;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.archive.OutboxStore;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(value = 1, unit = TimeUnit.MINUTES) // a hang is a failure, not a test run without an end
class OutboxTest {
    private static final Outbox.Timing QUICK = new Outbox.Timing(
            Duration.ofMillis(20), new BackOff(Duration.ofMillis(5), Duration.ofMillis(20)), Duration.ofMillis(40), 10);

    /** Never tries again by itself while a test lasts. */
    private static final Outbox.Timing ONCE = new Outbox.Timing(
            Duration.ofMillis(20), new BackOff(Duration.ofHours(1), Duration.ofHours(1)), Duration.ofHours(1), 10);

    @TempDir
    Path home;

    private Archive archive;
    private OutboxStore store;
    private Outbox outbox;
    private volatile DicomSettings settings = new DicomSettings(
            "MR",
            Optional.empty(),
            List.of(
                    destination("pacs", Service.STORE, Service.COMMITMENT),
                    destination("second", Service.STORE),
                    destination("ris", Service.MPPS)));

    private static Destination destination(String name, Service... services) {
        return new Destination.Dimse(name, "AE", "host", 104, Optional.empty(), Set.of(services), false);
    }

    @BeforeEach
    void open() {
        archive = Archive.open(home);
        store = archive.outbox();
    }

    @AfterEach
    void close() {
        if (outbox != null) {
            outbox.close();
        }
        archive.close();
    }

    /** Delivers as the test says. */
    private record Scripted(Consumer<Batch> script) implements Delivery {
        @Override
        public boolean takes(OutboxKind kind, Destination destination) {
            return kind != OutboxKind.IMAGING_STUDY;
        }

        @Override
        public void deliver(Batch batch) {
            script.accept(batch);
        }
    }

    private void start(Outbox.Timing timing, SettingsSource source, Consumer<Batch> script) {
        outbox = new Outbox(store, source, List.of(new Scripted(script)), timing);
        outbox.start();
    }

    private void start(Outbox.Timing timing, Consumer<Batch> script) {
        start(timing, () -> settings, script);
    }

    private List<Long> images(String destination, int count, boolean commits) throws IOException {
        List<OutboxEntry> entries = new ArrayList<>();
        for (int i : IntStream.range(0, count).toArray()) {
            Path file = home.resolve(i + ".dcm");
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            entries.add(OutboxEntry.instance(destination, UID.MRImageStorage, "1.2.3." + i, file, commits));
        }
        return store.add(entries);
    }

    private List<OutboxRow> await(List<Long> numbers, Predicate<OutboxRow> each) throws InterruptedException {
        while (true) {
            List<OutboxRow> rows =
                    numbers.stream().map(n -> store.find(n).orElseThrow()).toList();
            if (rows.stream().allMatch(each)) {
                return rows;
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private static Predicate<OutboxRow> is(OutboxState state) {
        return row -> row.state() == state;
    }

    private static void sendAll(Batch batch) {
        batch.outcome(batch.rows(), OutboxOutcome.SENT);
    }

    @Test
    void rowsGoTogetherInTheirOrderAndAreSent() throws Exception {
        List<Long> numbers = images("second", 25, false);
        List<List<Long>> batches = new ArrayList<>();
        start(QUICK, batch -> {
            batches.add(batch.rows().stream().map(OutboxRow::number).toList());
            sendAll(batch);
        });
        await(numbers, is(OutboxState.SENT));
        assertThat(batches).containsExactly(numbers.subList(0, 10), numbers.subList(10, 20), numbers.subList(20, 25));
        assertThat(store.counts()).isEqualTo(OutboxStore.Counts.NONE);
    }

    @Test
    void aFailureThatMayPassIsTriedAgainUntilItDoes() throws Exception {
        List<Long> numbers = images("second", 2, false);
        Map<Long, Integer> tries = new ConcurrentHashMap<>();
        start(
                QUICK,
                batch -> batch.rows()
                        .forEach(row -> batch.outcome(
                                row,
                                tries.merge(row.number(), 1, Integer::sum) < 4
                                        ? OutboxOutcome.temporary("busy")
                                        : OutboxOutcome.SENT)));
        assertThat(await(numbers, is(OutboxState.SENT)))
                .allSatisfy(row -> assertThat(row.attempts()).isEqualTo(3))
                .allSatisfy(row -> assertThat(row.reason()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"PT20M, PT20M", "P1D, PT1H"})
    void aDestinationThatAsksToBeLeftAloneIsThoughSomeOfABatchWereSent(Duration asked, Duration obeyed)
            throws Exception {
        List<Long> numbers = images("second", 25, false);
        AtomicInteger batches = new AtomicInteger();
        start(QUICK, batch -> {
            batches.incrementAndGet();
            batch.outcome(batch.rows().get(0), OutboxOutcome.SENT);
            batch.outcome(batch.open(), OutboxOutcome.temporary("busy", asked));
        });
        Instant begin = Instant.now();
        List<OutboxRow> others =
                await(numbers.subList(1, 25), row -> row.reason().equals("busy"));
        assertThat(others)
                .allSatisfy(row -> assertThat(row.nextAttempt())
                        .isBetween(
                                begin.plus(obeyed).minusSeconds(1),
                                Instant.now().plus(obeyed)));
        assertThat(store.find(numbers.get(0)).orElseThrow().state()).isEqualTo(OutboxState.SENT);
        assertThat(batches).hasValue(1);
    }

    @Test
    void aRefusalWaitsForAPersonAndThenGoes() throws Exception {
        List<Long> numbers = images("second", 1, false);
        List<OutboxOutcome> outcomes =
                new ArrayList<>(List.of(OutboxOutcome.permanent("not taken there"), OutboxOutcome.SENT));
        start(QUICK, batch -> batch.outcome(batch.rows().get(0), outcomes.remove(0)));
        assertThat(await(numbers, is(OutboxState.FAILED)).get(0).reason()).isEqualTo("not taken there");
        store.retry(numbers);
        outbox.wake();
        await(numbers, is(OutboxState.SENT));
    }

    @Test
    void aDestinationThatHangsDelaysNoOther() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<Long> stuck = images("pacs", 1, false);
        start(ONCE, batch -> {
            if (batch.destination().name().equals("pacs")) {
                batch.whenStopped(end::countDown);
                awaitQuietly(end);
            } else {
                sendAll(batch);
            }
        });
        await(stuck, is(OutboxState.SENDING));
        await(images("second", 3, false), is(OutboxState.SENT));
        assertThat(store.find(stuck.get(0)).orElseThrow().state()).isEqualTo(OutboxState.SENDING);
        outbox.close();
        assertThat(store.find(stuck.get(0)).orElseThrow())
                .as("closing gives back what was not sent")
                .matches(is(OutboxState.PENDING))
                .matches(row -> row.attempts() == 0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRowThatWaitsForATimeOfAWrongClockIsSent() throws Exception {
        List<Long> numbers = images("second", 1, false);
        store.claim("second", 1, Instant.now());
        Instant wrong = Instant.now().plus(Duration.ofDays(400));
        store.settle(List.of(new OutboxStore.Settled(numbers.get(0), OutboxOutcome.temporary("busy"), wrong)));
        start(ONCE, OutboxTest::sendAll);
        await(numbers, is(OutboxState.SENT));
    }

    /** Longer than SQLite is told to wait for the other program: what came of the rows is written down when that is done. */
    @Test
    void anArchiveThatAnotherProgramLocksForLongLosesAndRepeatsNothing() throws Exception {
        List<Long> numbers = images("second", 4, false);
        List<Long> sent = new CopyOnWriteArrayList<>();
        CountDownLatch failedToWrite = new CountDownLatch(1);
        AppenderBase<ILoggingEvent> hearing = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getMessage().contains("cannot be written down yet")) {
                    failedToWrite.countDown();
                }
            }
        };
        Logger log = (Logger) LoggerFactory.getLogger(Settlement.class);
        hearing.start();
        log.addAppender(hearing);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("archive.db"));
                Statement statement = other.createStatement()) {
            start(QUICK, batch -> {
                boolean first = sent.isEmpty();
                execute(statement, first ? "BEGIN IMMEDIATE" : "SELECT 1");
                for (OutboxRow row : first ? batch.rows().subList(0, 2) : batch.rows()) {
                    sent.add(row.number());
                    batch.outcome(row, OutboxOutcome.SENT);
                }
                if (first) {
                    batch.broken("it broke off"); // the third fails and is tried again, the fourth is given back
                }
            });
            failedToWrite.await();
            execute(statement, "ROLLBACK");
            List<OutboxRow> rows = await(numbers, is(OutboxState.SENT));
            assertThat(rows).extracting(OutboxRow::attempts).containsExactly(0, 0, 1, 0); // that failed
            assertThat(sent).containsExactlyInAnyOrderElementsOf(numbers);
        } finally {
            log.detachAppender(hearing);
        }
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, NoClassDefFoundError.class, StackOverflowError.class})
    void aDeliveryThatBreaksOrForgetsARowLosesNothing(Class<? extends Throwable> kind) throws Exception {
        Throwable broken = kind.getConstructor().newInstance();
        List<Long> numbers = images("second", 3, false);
        List<Integer> calls = new ArrayList<>();
        start(QUICK, batch -> {
            calls.add(batch.rows().size());
            batch.outcome(batch.rows().get(0), OutboxOutcome.SENT);
            if (calls.size() == 1) {
                if (broken instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) broken;
            }
        });
        await(numbers, is(OutboxState.SENT));
        assertThat(calls).containsExactly(3, 2, 1);
    }

    @Test
    void aDestinationThatIsDownCostsOneBatchAndTheRestWaitsWithItsReason() throws Exception {
        List<Long> numbers = images("second", 25, false);
        List<Integer> calls = new ArrayList<>();
        start(ONCE, batch -> {
            calls.add(batch.rows().size());
            batch.outcome(batch.rows(), OutboxOutcome.temporary("nobody answers"));
        });
        List<OutboxRow> rows = await(
                numbers,
                row -> row.state() == OutboxState.PENDING
                        && row.nextAttempt().isAfter(Instant.now().plusSeconds(600)));
        assertThat(rows).allSatisfy(row -> assertThat(row.reason()).isEqualTo("nobody answers"));
        assertThat(calls).containsExactly(10);
    }

    @Test
    void aDestinationThatWasRemovedFromTheSettingsIsToldAndItsRowsWait() throws Exception {
        List<Long> numbers = images("second", 1, false);
        DicomSettings before = settings;
        settings = DicomSettings.DEFAULT;
        start(QUICK, OutboxTest::sendAll);
        assertThat(await(numbers, is(OutboxState.FAILED)).get(0).reason()).contains("second", "add it and retry");
        settings = before;
        store.retry(numbers);
        await(numbers, is(OutboxState.SENT));
    }

    @Test
    void settingsThatCannotBeReadHoldEverythingUpUntilTheyAreMended() throws Exception {
        List<Long> numbers = images("second", 1, false);
        Path file = DicomSettings.file(home);
        Files.writeString(file, "{");
        start(QUICK, () -> DicomSettings.read(home), OutboxTest::sendAll);
        assertThat(await(numbers, row -> row.attempts() > 0).get(0).reason()).contains(file.toString());
        settings.write(home);
        await(numbers, is(OutboxState.SENT));
    }

    @Test
    void aFileThatIsGoneIsToldAndTheOthersAreSent() throws Exception {
        List<Long> numbers = images("second", 2, false);
        Files.delete(home.resolve("0.dcm"));
        start(QUICK, OutboxTest::sendAll);
        await(numbers.subList(1, 2), is(OutboxState.SENT));
        assertThat(await(numbers.subList(0, 1), is(OutboxState.FAILED)).get(0).reason())
                .contains("0.dcm", "cancel");
    }

    @Test
    void whatNoDeliveryTakesIsToldAndWaits() throws Exception {
        List<Long> numbers = store.add(
                List.of(OutboxEntry.message("second", OutboxKind.IMAGING_STUDY, "1.2", new byte[0], Optional.empty())));
        start(QUICK, OutboxTest::sendAll);
        await(numbers, is(OutboxState.FAILED));
    }

    @Test
    void whatWasSentIsAskedAboutAndAskedAgainUntilItIsAnswered() throws Exception {
        List<Long> numbers = images("pacs", 3, true);
        List<String> asked = new ArrayList<>();
        start(QUICK, batch -> {
            for (OutboxRow row : batch.rows()) {
                if (row.kind() == OutboxKind.COMMITMENT) {
                    asked.add(row.subjectUid());
                    if (asked.size() == 3) {
                        store.commitmentAnswered(row.subjectUid(), List.of("1.2.3.0", "1.2.3.1", "1.2.3.2"), Map.of());
                    }
                }
                batch.outcome(row, OutboxOutcome.SENT);
            }
        });
        await(numbers, is(OutboxState.COMMITTED));
        assertThat(asked).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void whatAProgramHadSentAndNotAskedAboutWhenItEndedIsAskedAboutByTheNext() throws Exception {
        List<Long> numbers = images("pacs", 2, true);
        store.claim("pacs", 2, Instant.now());
        store.settle(numbers.stream()
                .map(number -> new OutboxStore.Settled(number, OutboxOutcome.SENT, Instant.now()))
                .toList());
        start(ONCE, batch -> batch.outcome(batch.rows(), OutboxOutcome.COMMITTED));
        List<OutboxRow> rows = store.newest(9);
        while (rows.size() < 3 || rows.get(0).state() != OutboxState.COMMITTED) {
            TimeUnit.MILLISECONDS.sleep(2);
            rows = store.newest(9);
        }
        assertThat(rows.get(0).kind()).isEqualTo(OutboxKind.COMMITMENT);
    }

    @Test
    void whatTheEndOfTheProgramCutOffIsAskedAgainAtTheNextStartAndNotOnlyAfterAPause() throws Exception {
        List<Long> numbers = images("second", 1, false);
        CountDownLatch asked = new CountDownLatch(1);
        start(ONCE, batch -> {
            CountDownLatch end = new CountDownLatch(1);
            batch.whenStopped(end::countDown);
            asked.countDown();
            awaitQuietly(end);
            batch.broken("the connection broke");
        });
        asked.await();
        outbox.close();
        OutboxRow cut = store.find(numbers.get(0)).orElseThrow();
        assertThat(cut.unanswered()).isTrue();
        assertThat(cut.reason()).contains("program ended");
        assertThat(cut.nextAttempt()).isBeforeOrEqualTo(Instant.now());
        start(ONCE, OutboxTest::sendAll);
        await(numbers, is(OutboxState.SENT));
    }

    @Test
    void whatWasQueuedBeforeARestartIsSentAfterIt() throws Exception {
        List<Long> numbers = images("second", 20, false);
        CountDownLatch half = new CountDownLatch(1);
        start(ONCE, batch -> {
            CountDownLatch end = new CountDownLatch(1);
            batch.whenStopped(end::countDown);
            batch.rows().subList(0, 4).forEach(row -> batch.outcome(row, OutboxOutcome.SENT));
            half.countDown();
            awaitQuietly(end);
        });
        half.await();
        outbox.close();
        archive.close();
        open();
        assertThat(numbers)
                .filteredOn(n -> store.find(n).orElseThrow().state() == OutboxState.SENT)
                .hasSize(4);
        List<Long> second = new ArrayList<>();
        start(ONCE, batch -> {
            batch.rows().forEach(row -> second.add(row.number()));
            sendAll(batch);
        });
        await(numbers, is(OutboxState.SENT));
        assertThat(second).containsExactlyElementsOf(numbers.subList(4, 20));
    }

    @Test
    void anObjectThatBreaksTheConnectionEachTimeKeepsBackNoOther() throws Exception {
        List<Long> numbers = images("second", 25, false);
        long poison = numbers.get(0);
        start(ONCE, batch -> {
            for (OutboxRow row : batch.rows()) {
                if (row.number() == poison) {
                    batch.broken("it broke off");
                    return;
                }
                batch.outcome(row, OutboxOutcome.SENT);
            }
        });
        List<OutboxRow> held = await(
                numbers,
                row -> row.state() == OutboxState.PENDING
                        && row.nextAttempt().isAfter(Instant.now().plusSeconds(600)));
        assertThat(held)
                .as("only the one under way failed")
                .filteredOn(row -> row.attempts() > 0)
                .hasSize(1);
        store.retry(numbers.subList(1, 25));
        outbox.wake();
        await(numbers.subList(1, 25), is(OutboxState.SENT));
        assertThat(store.find(poison).orElseThrow())
                .matches(is(OutboxState.PENDING))
                .matches(row -> row.reason().equals("it broke off"));
    }
}
