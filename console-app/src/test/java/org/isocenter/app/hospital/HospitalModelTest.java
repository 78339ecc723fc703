package org.isocenter.app.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.notice.NoticesModel;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.AbortSwitch;
import org.isocenter.dicom.net.TlsSettings;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxStore;
import org.isocenter.session.archive.ScanExport;
import org.isocenter.session.dicom.ConnectionTest;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.hospital.Hospital;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HospitalModelTest {
    private static final Destination PACS = new Destination.Dimse(
            "pacs",
            "ARCHIVE",
            "127.0.0.1",
            1,
            Optional.of(TlsSettings.trusting(Path.of("/etc/ca.pem"))),
            Set.of(Service.STORE, Service.COMMITMENT),
            true);
    private static final Destination CLOUD = new Destination.Web(
            "cloud",
            Destination.WebKind.FHIR,
            URI.create("https://ehr.example/fhir"),
            Optional.of(Path.of("/etc/token")),
            Optional.empty(),
            Set.of(Service.WORKLIST),
            false);

    @TempDir
    Path home;

    private final NoticesModel notices = new NoticesModel();
    private Archive archive;
    private Hospital hospital;
    private HospitalModel model;

    @BeforeEach
    void open() {
        archive = Archive.open(home);
        hospital = new Hospital(archive, () -> DicomSettings.read(home));
        model = new HospitalModel(hospital, Tasks.immediate(), Tasks.immediate(), notices);
    }

    @AfterEach
    void close() {
        hospital.close();
        archive.close();
    }

    /** Two images that are refused for one reason, and one that waits. */
    private void fill() {
        List<OutboxEntry> entries = List.of(entry(1), entry(2), entry(3));
        List<Long> numbers = archive.outbox().add(entries);
        archive.outbox().claim("pacs", 2, Instant.now());
        archive.outbox()
                .settle(numbers.subList(0, 2).stream()
                        .map(n -> new OutboxStore.Settled(n, OutboxOutcome.permanent("not taken there"), Instant.now()))
                        .toList());
        model.refresh();
    }

    private OutboxEntry entry(int number) {
        return OutboxEntry.instance("pacs", UID.MRImageStorage, "1.2." + number, home.resolve(number + ".dcm"), true);
    }

    @Test
    void whatSharesItsFateIsOneLineWithItsReason() {
        fill();
        assertThat(model.waiting())
                .extracting(OutboxGroup::title)
                .containsExactly("2 images to pacs", "1 image to pacs");
        assertThat(model.waiting().get(0).detail()).contains("not taken there");
        assertThat(model.countsProperty().get()).isEqualTo(new OutboxStore.Counts(1, 0, 2, 0));
        assertThat(notices.notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("refused"));
    }

    @Test
    void aLineCanBeTriedAgainOrGivenUp() {
        fill();
        model.retryRefused();
        assertThat(model.countsProperty().get().failed()).isZero();
        assertThat(model.waiting()).hasSize(1);
        model.cancel(model.waiting().get(0));
        assertThat(model.waiting()).isEmpty();
        assertThat(archive.outbox().newest(9)).extracting(OutboxRow::isDone).containsOnly(true);
    }

    @Test
    void settingsAreKeptAndSayWhereTheImagesOfAScanGo() throws Exception {
        Destination plain =
                new Destination.Dimse("pacs", "ARCHIVE", "127.0.0.1", 1, Optional.empty(), PACS.services(), true);
        model.keep(new DicomSettings("MR", Optional.empty(), List.of(plain)), () -> {});
        assertThat(DicomSettings.read(home).destinations()).containsExactly(plain);
        assertThat(model.exports()).containsExactly(new ScanExport("pacs", OutboxKind.INSTANCE, true));
        assertThat(notices.notices()).isEmpty();
    }

    @Test
    void settingsThatCannotBeReadAreToldWithTheirFile() throws Exception {
        Path file = Files.writeString(DicomSettings.file(home), "{");
        model.begin();
        assertThat(notices.notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains(file.toString()));
    }

    @Test
    void aConnectionTestEndsWithASentence() {
        Destination nobody =
                new Destination.Dimse("nobody", "NOBODY", "127.0.0.1", 1, Optional.empty(), Set.of(), false);
        assertThat(model.test(nobody, DicomSettings.DEFAULT, new AbortSwitch()).get())
                .hasValueSatisfying(result -> {
                    assertThat(result.verdict()).isEqualTo(ConnectionTest.Verdict.UNREACHABLE);
                    assertThat(result.text()).contains("nothing listens there");
                });
    }

    @Test
    void whatTheFormShowsIsWhatWasThere() {
        assertThat(new DestinationDraft(PACS).destination()).isEqualTo(PACS);
        assertThat(new DestinationDraft(CLOUD).destination()).isEqualTo(CLOUD);
    }

    @Test
    void whatIsTypedWronglyIsAProblemOfItsField() {
        DestinationDraft draft = new DestinationDraft(PACS);
        draft.port.set("4x2");
        DicomSettings typed = new DicomSettings("MR", Optional.empty(), List.of(CLOUD, draft.destination()));
        assertThat(typed.problem())
                .hasValueSatisfying(problem -> assertThat(problem.key()).isEqualTo("destinations[1].port"));
        draft.port.set("104");
        draft.kind.set(DestinationDraft.Kind.DICOMWEB);
        draft.url.set("no address");
        DicomSettings web = new DicomSettings("MR", Optional.empty(), List.of(draft.destination()));
        assertThat(web.problem())
                .hasValueSatisfying(problem -> assertThat(problem.key()).isEqualTo("destinations[0].url"));
    }
}
