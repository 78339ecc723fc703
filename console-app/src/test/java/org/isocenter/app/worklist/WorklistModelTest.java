package org.isocenter.app.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.isocenter.app.fx.Tasks;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.hospital.ProtocolCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorklistModelTest {
    private static final LocalDate TODAY = LocalDate.now();
    private static final Destination NOBODY = new Destination.Dimse(
            "nobody", "NOBODY", "127.0.0.1", 1, Optional.empty(), Set.of(Service.WORKLIST), false);

    @TempDir
    Path home;

    private final List<PlannedExam> chosen = new ArrayList<>();

    private WorklistModel model(Tasks network, Destination... worklists) {
        DicomSettings settings = new DicomSettings("ISOCENTER", Optional.empty(), List.of(worklists));
        WorklistModel.Sources sources = new WorklistModel.Sources() {
            @Override
            public DicomSettings settings() {
                return settings;
            }

            @Override
            public ProtocolCodes codes() throws IOException {
                return ProtocolCodes.read(home);
            }
        };
        return new WorklistModel(sources, network, chosen::addAll);
    }

    @Test
    void todaysExamsComeFirstWithTheirProtocolsAndWhatDoesNotAgree() throws Exception {
        Files.writeString(
                home.resolve(ProtocolCodes.FILE_NAME),
                "[{\"code\": \"HEAD\", \"scheme\": \"99HOSP\", \"scans\": [{\"sequence\": \"gre2d\"}]}]");
        try (TestHospital hospital = TestHospital.with(
                TestHospital.entry("Early^Bird", "1.2.1", TODAY.minusDays(1), "ISOCENTER", "HEAD"),
                TestHospital.entry("Now^Ann", "1.2.2", TODAY, "ISOCENTER", "HEAD"),
                TestHospital.entry("Else^Where", "1.2.3", TODAY, "OTHER", "KNEE"))) {
            WorklistModel model = model(Tasks.immediate(), hospital.destination());
            model.refresh();

            assertThat(model.busyProperty().get()).isFalse();
            assertThat(model.messageProperty().get()).startsWith("3 planned");
            assertThat(model.shown())
                    .extracting(exam -> exam.step().patient().name())
                    .containsExactly("Now^Ann", "Else^Where", "Early^Bird");
            assertThat(model.shown().get(0).remarks()).isEmpty();
            assertThat(model.shown().get(0).scans())
                    .extracting(ProtocolCodes.PlannedScan::sequence)
                    .containsExactly("gre2d");
            assertThat(model.shown().get(1).scans()).isEmpty();
            assertThat(model.shown().get(1).remarks())
                    .anyMatch(remark -> remark.contains("OTHER"))
                    .anyMatch(remark -> remark.contains("KNEE"));

            model.searchProperty().set(" now, a");
            assertThat(model.shown()).hasSize(1);
        }
    }

    @Test
    void anEntryThatCannotBeUsedIsNotTaken() throws Exception {
        try (TestHospital hospital = TestHospital.with(
                TestHospital.entry("No^Study", "", TODAY, "ISOCENTER", "HEAD"),
                TestHospital.entry("Now^Ann", "1.2.2", TODAY, "ISOCENTER", "HEAD"))) {
            WorklistModel model = model(Tasks.immediate(), hospital.destination());
            model.refresh();
            List<PlannedExam> both = List.copyOf(model.shown());
            model.choose(both);
            model.choose(List.of());
            assertThat(chosen).isEmpty();
            both.forEach(exam -> model.choose(List.of(exam)));

            assertThat(chosen).extracting(exam -> exam.step().patient().name()).containsExactly("Now^Ann");
        }
    }

    @Test
    void onlyEntriesOfOnePatientAreOneExamOfSeveralStudiesAStudyOfItsOwn() throws Exception {
        try (TestHospital hospital = TestHospital.with(
                TestHospital.entry("Now^Ann", "1.2.2", TODAY, "ISOCENTER", "HEAD"),
                TestHospital.entry("Now^Ann", "1.2.2", TODAY, "ISOCENTER", "KNEE"),
                TestHospital.entry("Roe^Rita", "1.2.2", TODAY, "ISOCENTER", "HEAD"),
                TestHospital.entry("Now^Ann", "1.2.3", TODAY, "ISOCENTER", "HEAD"))) {
            WorklistModel model = model(Tasks.immediate(), hospital.destination());
            model.refresh();
            List<PlannedExam> all = List.copyOf(model.shown());
            List<PlannedExam> apart = List.of(all.get(0), all.get(2));
            assertThat(WorklistModel.whyNotTogether(apart).orElseThrow()).contains("one after the other");
            model.choose(apart);
            assertThat(chosen).isEmpty();
            assertThat(WorklistModel.groupNote(all.subList(0, 2))).isEmpty();
            assertThat(WorklistModel.groupNote(List.of(all.get(0), all.get(3))).orElseThrow())
                    .contains("2 studies", "new UID");
            model.choose(all.subList(0, 2));
            assertThat(chosen).containsExactlyElementsOf(all.subList(0, 2));
        }
    }

    @Test
    void aWorklistThatDoesNotAnswerHidesNoOtherAndIsNamed() throws Exception {
        try (TestHospital hospital =
                TestHospital.with(TestHospital.entry("Now^Ann", "1.2.2", TODAY, "ISOCENTER", "HEAD"))) {
            WorklistModel model = model(Tasks.immediate(), NOBODY, hospital.destination());
            model.refresh();

            assertThat(model.shown()).hasSize(1);
            assertThat(model.messageProperty().get()).contains("1 planned", "nobody: ", "127.0.0.1:1");
        }
    }

    @Test
    void withoutAWorklistItSaysWhereToSetOne() {
        WorklistModel model = model(Tasks.immediate());
        model.refresh();
        assertThat(model.messageProperty().get()).contains("settings");
    }

    @Test
    void aQuestionGivenUpChangesNothingWhenItIsAnsweredAfterAll() throws Exception {
        List<Runnable> waiting = new ArrayList<>();
        try (TestHospital hospital =
                TestHospital.with(TestHospital.entry("Now^Ann", "1.2.2", TODAY, "ISOCENTER", "HEAD"))) {
            WorklistModel model = model(new Tasks(waiting::add, Runnable::run), hospital.destination());
            model.refresh();
            assertThat(model.busyProperty().get()).isTrue();

            model.refresh();
            assertThat(model.busyProperty().get()).isFalse();
            assertThat(model.messageProperty().get()).startsWith("Cancelled");
            waiting.forEach(Runnable::run);
            assertThat(model.shown()).isEmpty();
            assertThat(model.messageProperty().get()).startsWith("Cancelled");
        }
    }
}
