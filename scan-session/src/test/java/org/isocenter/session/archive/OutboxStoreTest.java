package org.isocenter.session.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.isocenter.dicom.data.UID;
import org.isocenter.model.SopReference;
import org.isocenter.model.Study;
import org.isocenter.session.Examples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxStoreTest {
    private static final Study STUDY = Examples.study("1.2.3");
    private static final Instant LATER = Instant.now().plusSeconds(3600);

    @TempDir
    Path home;

    private Archive archive;
    private OutboxStore outbox;

    @BeforeEach
    void open() {
        archive = Archive.open(home);
        outbox = archive.outbox();
    }

    @AfterEach
    void close() {
        archive.close();
    }

    private OutboxEntry image(String destination, int index) {
        return OutboxEntry.instance(
                destination, UID.MRImageStorage, "1.2.3." + index, home.resolve(index + ".dcm"), true);
    }

    private List<Long> images(String destination, int count) {
        return outbox.add(
                IntStream.range(0, count).mapToObj(i -> image(destination, i)).toList());
    }

    private static OutboxEntry step(OutboxKind kind, String uid) {
        return OutboxEntry.message("ris", kind, uid, new byte[] {1, 2}, Optional.empty());
    }

    private void settle(OutboxRow row, OutboxOutcome outcome) {
        outbox.settle(List.of(new OutboxStore.Settled(row.number(), outcome, LATER)));
    }

    private OutboxState state(long number) {
        return outbox.find(number).orElseThrow().state();
    }

    /** Runs a statement as another program would. */
    private void sql(String statement) throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("archive.db"));
                Statement run = other.createStatement()) {
            run.executeUpdate(statement);
        }
    }

    @Test
    void aScanThatEndsPutsEveryImageInForEveryPlaceWhereItIsToGo() {
        Path directory = home.resolve("scan");
        archive.begin(
                Examples.header("a", STUDY, 8, 8),
                directory,
                8,
                "SCANNING",
                List.of(
                        new ScanExport("pacs", OutboxKind.INSTANCE, true),
                        new ScanExport("second", OutboxKind.INSTANCE, false),
                        new ScanExport("ehr", OutboxKind.IMAGING_STUDY, false)));
        assertThat(outbox.open()).as("before its end").isEmpty();
        archive.complete(
                "a",
                "DONE",
                8,
                List.of(),
                List.of(),
                List.of(
                        new ArchivedInstance("dicom/1.dcm", UID.MRImageStorage, "1.2.3.1"),
                        new ArchivedInstance("dicom/2.dcm", UID.MRImageStorage, "1.2.3.2")));
        assertThat(outbox.ofScan("a"))
                .extracting(row -> row.destination() + " " + row.kind() + " " + row.subjectUid() + " " + row.commits())
                .containsExactlyInAnyOrder(
                        "pacs INSTANCE 1.2.3.1 true",
                        "pacs INSTANCE 1.2.3.2 true",
                        "second INSTANCE 1.2.3.1 false",
                        "second INSTANCE 1.2.3.2 false",
                        "ehr IMAGING_STUDY 1.2.3 false");
        assertThat(outbox.ofScan("a").get(0).state()).isEqualTo(OutboxState.PENDING);
        assertThat(outbox.open())
                .filteredOn(row -> row.subjectUid().equals("1.2.3.2"))
                .extracting(row -> row.file().orElseThrow())
                .containsOnly(directory.resolve("dicom/2.dcm"));
    }

    @Test
    void whatAFailingEndHadPutInIsNotThere() {
        archive.begin(
                Examples.header("a", STUDY, 8, 8),
                home,
                8,
                "SCANNING",
                List.of(new ScanExport("pacs", OutboxKind.INSTANCE, false)));
        ArchivedSeries series = new ArchivedSeries("1.2.9", 1, "", 1);
        List<ArchivedInstance> instances = List.of(new ArchivedInstance("1.dcm", UID.MRImageStorage, "1.2.3.1"));
        assertThat(catchThrowable(
                        () -> archive.complete("a", "DONE", 8, List.of(series, series), List.of(), instances)))
                .isInstanceOf(ArchiveException.class);
        assertThat(outbox.open()).isEmpty();
        assertThat(archive.scan("a").orElseThrow().state()).isEqualTo("SCANNING");
    }

    @Test
    void rowsAreClaimedOnceInTheirOrderAndUpToALimit() {
        List<Long> numbers = images("pacs", 3);
        images("other", 1);
        assertThat(outbox.claim("pacs", 2, LATER))
                .extracting(OutboxRow::number)
                .containsExactlyElementsOf(numbers.subList(0, 2));
        assertThat(outbox.claim("pacs", 2, LATER)).extracting(OutboxRow::number).containsExactly(numbers.get(2));
        assertThat(outbox.claim("pacs", 2, LATER)).isEmpty();
        assertThat(state(numbers.get(0))).isEqualTo(OutboxState.SENDING);
        assertThat(outbox.destinationsWithDue(LATER)).containsExactly("other");
    }

    @Test
    void twoProgramsNeverClaimTheSameRow() throws Exception {
        images("pacs", 200);
        ExecutorService both = Executors.newFixedThreadPool(2);
        try (Archive second = Archive.open(home)) {
            Callable<List<Long>> one = () -> claimAll(outbox);
            Callable<List<Long>> two = () -> claimAll(second.outbox());
            List<Future<List<Long>>> claimed = both.invokeAll(List.of(one, two));
            List<Long> all = new ArrayList<>(claimed.get(0).get());
            all.addAll(claimed.get(1).get());
            assertThat(all).hasSize(200).doesNotHaveDuplicates();
        } finally {
            both.shutdown();
        }
    }

    private static List<Long> claimAll(OutboxStore from) {
        List<Long> numbers = new ArrayList<>();
        for (List<OutboxRow> rows = from.claim("pacs", 7, LATER);
                !rows.isEmpty();
                rows = from.claim("pacs", 7, LATER)) {
            rows.forEach(row -> numbers.add(row.number()));
        }
        return numbers;
    }

    @Test
    void rowsOfADeadProcessGoBackAndThoseOfALivingOneDoNot() throws Exception {
        List<Long> numbers = images("pacs", 2);
        outbox.claim("pacs", 2, LATER);
        // The same process id, but of a process that started at another time.
        sql("UPDATE outbox SET owner_start = '2001-01-01T00:00:00Z' WHERE number = " + numbers.get(0));
        assertThat(outbox.releaseOrphans()).isEqualTo(1);
        assertThat(state(numbers.get(0))).isEqualTo(OutboxState.PENDING);
        assertThat(state(numbers.get(1))).isEqualTo(OutboxState.SENDING);
    }

    @Test
    void everyOutcomeIsKept() {
        List<Long> numbers = images("pacs", 4);
        List<OutboxRow> rows = outbox.claim("pacs", 4, LATER);
        settle(rows.get(0), OutboxOutcome.SENT);
        settle(rows.get(1), OutboxOutcome.COMMITTED);
        settle(rows.get(2), OutboxOutcome.temporary("full"));
        settle(rows.get(3), OutboxOutcome.permanent("not taken there"));
        assertThat(numbers)
                .extracting(this::state)
                .containsExactly(OutboxState.SENT, OutboxState.COMMITTED, OutboxState.PENDING, OutboxState.FAILED);
        OutboxRow waiting = outbox.find(numbers.get(2)).orElseThrow();
        assertThat(waiting.reason()).isEqualTo("full");
        assertThat(waiting.attempts()).isEqualTo(1);
        assertThat(waiting.nextAttempt().toEpochMilli()).isEqualTo(LATER.toEpochMilli());
        assertThat(outbox.claim("pacs", 4, Instant.now()))
                .as("not before its time")
                .isEmpty();
        assertThat(outbox.nextDue(Instant.now()).orElseThrow().toEpochMilli()).isEqualTo(LATER.toEpochMilli());
        assertThat(outbox.counts()).isEqualTo(new OutboxStore.Counts(1, 0, 1, 1));
        archive.close();
        open();
        assertThat(outbox.find(numbers.get(3)).orElseThrow().reason()).isEqualTo("not taken there");
    }

    @Test
    void messagesAboutOneStepStayInOrderAndGoBeforeImages() {
        outbox.add(List.of(OutboxEntry.instance("ris", UID.MRImageStorage, "1.2.3.9", home, false)));
        outbox.add(List.of(
                step(OutboxKind.PERFORMED_STEP_CREATE, "1.1"),
                step(OutboxKind.PERFORMED_STEP_SET, "1.1"),
                step(OutboxKind.PERFORMED_STEP_CREATE, "2.2")));
        List<OutboxRow> first = outbox.claim("ris", 9, LATER);
        assertThat(first)
                .extracting(row -> row.kind() + " " + row.subjectUid())
                .containsExactly("PERFORMED_STEP_CREATE 1.1", "PERFORMED_STEP_CREATE 2.2");
        assertThat(first.get(0).message().orElseThrow()).containsExactly(1, 2);
        settle(first.get(0), OutboxOutcome.permanent("refused"));
        assertThat(outbox.claim("ris", 9, LATER))
                .as("what follows a refused one waits")
                .extracting(OutboxRow::kind)
                .containsExactly(OutboxKind.INSTANCE);
        outbox.retry(List.of(first.get(0).number()));
        settle(outbox.claim("ris", 9, LATER).get(0), OutboxOutcome.SENT);
        assertThat(outbox.claim("ris", 9, LATER))
                .extracting(OutboxRow::kind)
                .containsExactly(OutboxKind.PERFORMED_STEP_SET);
    }

    @Test
    void anInstanceThatIsPutInAgainStartsAnewInsteadOfTwice() {
        long number = outbox.add(List.of(image("pacs", 1))).get(0);
        settle(outbox.claim("pacs", 1, LATER).get(0), OutboxOutcome.permanent("no"));
        assertThat(outbox.add(List.of(image("pacs", 1)))).containsExactly(number);
        OutboxRow row = outbox.find(number).orElseThrow();
        assertThat(row.state()).isEqualTo(OutboxState.PENDING);
        assertThat(row.reason()).isEmpty();
        outbox.claim("pacs", 1, LATER);
        outbox.add(List.of(image("pacs", 1)));
        assertThat(state(number)).as("while it is being sent").isEqualTo(OutboxState.SENDING);
    }

    @Test
    void whatWasSentIsAskedAboutAndTheAnswerIsEntered() {
        List<Long> numbers = images("pacs", 3);
        outbox.claim("pacs", 3, LATER).forEach(row -> settle(row, OutboxOutcome.SENT));
        assertThat(outbox.askCommitment("pacs", () -> "9.9")).isEqualTo(1);
        assertThat(outbox.askCommitment("pacs", () -> "9.9")).as("once").isZero();
        OutboxRow request = outbox.claim("pacs", 9, LATER).get(0);
        assertThat(request.kind()).isEqualTo(OutboxKind.COMMITMENT);
        assertThat(request.subjectUid()).isEqualTo("9.9");
        assertThat(outbox.instancesOf(request))
                .containsExactly(
                        new SopReference(UID.MRImageStorage, "1.2.3.0"),
                        new SopReference(UID.MRImageStorage, "1.2.3.1"),
                        new SopReference(UID.MRImageStorage, "1.2.3.2"));
        settle(request, OutboxOutcome.SENT);
        assertThat(outbox.commitmentAnswered("9.8", List.of("1.2.3.0"), Map.of()))
                .isFalse();
        assertThat(outbox.commitmentAnswered("9.9", List.of("1.2.3.0", "1.2.3.1"), Map.of("1.2.3.2", "lost")))
                .isTrue();
        assertThat(numbers)
                .extracting(this::state)
                .containsExactly(OutboxState.COMMITTED, OutboxState.COMMITTED, OutboxState.FAILED);
        assertThat(outbox.find(numbers.get(2)).orElseThrow().reason()).isEqualTo("lost");
        assertThat(state(request.number())).isEqualTo(OutboxState.COMMITTED);
    }

    @Test
    void anAnswerThatComesBeforeTheRequestCountsAsSentIsNotOverwritten() {
        images("pacs", 1);
        settle(outbox.claim("pacs", 1, LATER).get(0), OutboxOutcome.SENT);
        outbox.askCommitment("pacs", () -> "9.9");
        OutboxRow request = outbox.claim("pacs", 1, LATER).get(0);
        outbox.commitmentAnswered("9.9", List.of("1.2.3.0"), Map.of());
        settle(request, OutboxOutcome.SENT);
        assertThat(state(request.number())).isEqualTo(OutboxState.COMMITTED);
        assertThat(outbox.open()).isEmpty();
    }

    @Test
    void anOverdueRequestIsAskedAgainUnderANewUidAndALateAnswerToTheOldOneCounts() {
        List<Long> numbers = images("pacs", 1);
        settle(outbox.claim("pacs", 1, LATER).get(0), OutboxOutcome.SENT);
        outbox.askCommitment("pacs", () -> "9.1");
        OutboxRow request = outbox.claim("pacs", 1, LATER).get(0);
        outbox.settle(List.of(new OutboxStore.Settled(request.number(), OutboxOutcome.SENT, Instant.EPOCH)));
        outbox.askCommitmentAgain(() -> "9.2", "no answer");
        OutboxRow again = outbox.claim("pacs", 1, LATER).get(0);
        assertThat(again.number()).isEqualTo(request.number());
        assertThat(again.subjectUid()).isEqualTo("9.2");
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(outbox.commitmentAnswered("9.1", List.of("1.2.3.0"), Map.of()))
                .isTrue();
        assertThat(state(numbers.get(0))).isEqualTo(OutboxState.COMMITTED);
    }

    @Test
    void noImageMayGoThatIsOnItsWayOrNotPromisedToBeKept() {
        List<Long> numbers = images("pacs", 2);
        outbox.add(
                List.of(OutboxEntry.instance("plain", UID.MRImageStorage, "1.2.3.7", home.resolve("x/7.dcm"), false)));
        assertThat(outbox.unfinishedBelow(home)).isEqualTo(3);
        assertThat(outbox.unfinishedBelow(home.resolve("x"))).isEqualTo(1);
        assertThat(outbox.unfinishedBelow(home.resolve("elsewhere"))).isZero();
        settle(outbox.claim("plain", 1, LATER).get(0), OutboxOutcome.SENT);
        assertThat(outbox.unfinishedBelow(home.resolve("x")))
                .as("nobody will promise more")
                .isZero();
        outbox.claim("pacs", 2, LATER).forEach(row -> settle(row, OutboxOutcome.SENT));
        assertThat(outbox.unfinishedBelow(home)).as("sent, not committed").isEqualTo(2);
        outbox.askCommitment("pacs", () -> "9.9");
        outbox.commitmentAnswered("9.9", List.of("1.2.3.0"), Map.of());
        assertThat(outbox.unfinishedBelow(home)).isEqualTo(1);
        assertThat(outbox.cancel(List.of(numbers.get(1))))
                .as("a person decides")
                .hasSize(1);
        assertThat(outbox.unfinishedBelow(home)).isZero();
    }

    @Test
    void whatIsDoneLongSinceIsForgottenButNothingThatWaitsAndNotWhoWasTold() {
        List<Long> numbers = images("pacs", 4);
        long plain = outbox.add(List.of(
                        OutboxEntry.instance("plain", UID.MRImageStorage, "1.2.3.9", home.resolve("9.dcm"), false)))
                .get(0);
        List<Long> steps = outbox.add(
                List.of(step(OutboxKind.PERFORMED_STEP_CREATE, "7.7"), step(OutboxKind.PERFORMED_STEP_SET, "7.7")));
        outbox.claim("ris", 1, LATER).forEach(row -> settle(row, OutboxOutcome.SENT));
        outbox.claim("ris", 1, LATER).forEach(row -> settle(row, OutboxOutcome.SENT));
        settle(outbox.claim("plain", 1, LATER).get(0), OutboxOutcome.SENT);
        outbox.claim("pacs", 4, LATER).forEach(row -> settle(row, OutboxOutcome.SENT));
        outbox.askCommitment("pacs", () -> "9.9");
        OutboxRow request = outbox.claim("pacs", 1, LATER).get(0);
        settle(request, OutboxOutcome.SENT);
        outbox.commitmentAnswered("9.9", List.of("1.2.3.0"), Map.of("1.2.3.1", "lost"));
        outbox.cancel(numbers.subList(3, 4));

        assertThat(outbox.prune(Instant.now().minusSeconds(60)))
                .as("not long since")
                .isZero();
        assertThat(outbox.prune(LATER)).isEqualTo(4);
        assertThat(numbers.subList(0, 1)).allMatch(number -> outbox.find(number).isEmpty());
        assertThat(outbox.find(plain)).isEmpty();
        assertThat(outbox.find(steps.get(0)))
                .as("who was told, but not what of the patient")
                .hasValueSatisfying(row -> assertThat(row.message()).isEmpty());
        assertThat(outbox.find(steps.get(1))).isEmpty();
        assertThat(state(numbers.get(1))).isEqualTo(OutboxState.FAILED);
        assertThat(state(numbers.get(2))).as("sent, not committed").isEqualTo(OutboxState.SENT);
        assertThat(outbox.find(numbers.get(3))).isEmpty();
        assertThat(state(request.number())).isEqualTo(OutboxState.SENT);

        assertThat(outbox.commitmentAnswered("9.9", List.of("1.2.3.1", "1.2.3.2"), Map.of()))
                .isTrue();
        assertThat(outbox.prune(LATER)).as("the last ones and their request").isEqualTo(3);
        assertThat(outbox.commitmentAnswered("9.9", List.of("1.2.3.1"), Map.of()))
                .isFalse();
    }

    @Test
    void aBeginningThatNobodyWasToldIsForgottenWithItsMessage() {
        List<Long> begins = outbox.add(
                List.of(step(OutboxKind.PERFORMED_STEP_CREATE, "7.7"), step(OutboxKind.PERFORMED_STEP_CREATE, "7.8")));
        outbox.cancel(begins.subList(0, 1));
        assertThat(outbox.prune(LATER)).isEqualTo(1);
        assertThat(outbox.find(begins.get(1)))
                .as("one that still waits")
                .hasValueSatisfying(row -> assertThat(row.message()).isPresent());
    }

    @Test
    void aCommitmentRequestThatMayHaveArrivedIsAskedUnderANewUidAndAnAnswerToEitherCounts() {
        images("pacs", 1);
        outbox.claim("pacs", 1, LATER).forEach(row -> settle(row, OutboxOutcome.SENT));
        outbox.askCommitment("pacs", () -> "9.9");
        OutboxRow request = outbox.claim("pacs", 1, LATER).get(0);
        settle(request, OutboxOutcome.temporary("nobody answers"));
        outbox.askCommitmentAgain(() -> "9.10", "overdue");
        assertThat(outbox.find(request.number()).orElseThrow().subjectUid())
                .as("never arrived")
                .isEqualTo("9.9");
        settle(outbox.claim("pacs", 1, LATER).get(0), OutboxOutcome.unanswered("it broke off"));
        outbox.askCommitmentAgain(() -> "9.10", "overdue");
        outbox.askCommitmentAgain(() -> "9.11", "overdue");
        OutboxRow again = outbox.find(request.number()).orElseThrow();
        assertThat(again.subjectUid()).isEqualTo("9.10");
        assertThat(again.reason()).isEqualTo("it broke off");
        assertThat(outbox.commitmentAnswered("9.9", List.of("1.2.3.0"), Map.of()))
                .isTrue();
        assertThat(outbox.open()).isEmpty();
    }

    @Test
    void whatWaitsForATimeThatOnlyAWrongClockCanHaveToldIsDoneNow() {
        List<Long> numbers = images("pacs", 2);
        Instant now = Instant.now();
        List<OutboxRow> rows = outbox.claim("pacs", 2, now);
        outbox.settle(List.of(
                new OutboxStore.Settled(rows.get(0).number(), OutboxOutcome.temporary("busy"), LATER),
                new OutboxStore.Settled(
                        rows.get(1).number(), OutboxOutcome.temporary("busy"), LATER.plusSeconds(400 * 86_400))));
        assertThat(outbox.hastenBeyond(LATER.plusSeconds(1), LATER)).isEqualTo(1);
        assertThat(outbox.claim("pacs", 2, Instant.now()))
                .extracting(OutboxRow::number)
                .containsExactly(numbers.get(1));
    }

    @Test
    void whatIsBeingSentOrDoneCannotBeCancelledOrTriedAgain() {
        List<Long> numbers = images("pacs", 2);
        List<OutboxRow> rows = outbox.claim("pacs", 2, LATER);
        settle(rows.get(0), OutboxOutcome.COMMITTED);
        assertThat(outbox.cancel(numbers)).isEmpty();
        assertThat(outbox.retry(numbers)).isEmpty();
        outbox.release(rows);
        assertThat(outbox.cancel(numbers)).containsExactly(numbers.get(1));
        assertThat(outbox.claim("pacs", 2, LATER)).isEmpty();
        assertThat(outbox.retry(numbers)).containsExactly(numbers.get(1));
    }

    @Test
    void aDestinationThatIsDownHasAllItsRowsWaitAndOneThatIsUpAgainHasThemHurry() {
        List<Long> numbers = images("pacs", 2);
        outbox.claim("pacs", 1, LATER).forEach(row -> settle(row, OutboxOutcome.temporary("down")));
        outbox.postpone("pacs", OutboxKind.INSTANCE, LATER, "down");
        assertThat(outbox.claim("pacs", 9, Instant.now())).isEmpty();
        assertThat(outbox.find(numbers.get(1)).orElseThrow().reason()).isEqualTo("down");
        outbox.hasten("pacs", LATER);
        assertThat(outbox.claim("pacs", 9, Instant.now())).hasSize(2);
    }
}
