package org.isocenter.app.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.isocenter.app.exam.PatientModel;
import org.isocenter.dicom.workflow.DiscontinuationReason;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.Side;
import org.isocenter.model.Study;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedStep;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.StepState;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.hospital.PerformedStepReports;
import org.isocenter.session.outbox.SettingsSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisitsTest {
    @TempDir
    Path home;

    private final PatientModel patient = new PatientModel();
    private Archive archive;
    private TestHospital hospital;
    private PerformedStepReports reports;

    @BeforeEach
    void open() throws IOException {
        archive = Archive.open(home);
        hospital = TestHospital.with();
        reports = new PerformedStepReports(archive, this::settings, () -> {});
    }

    @AfterEach
    void close() {
        reports.close();
        hospital.close();
        archive.close();
    }

    private DicomSettings settings() {
        return new DicomSettings("ISOCENTER", Optional.empty(), List.of(hospital.destination()));
    }

    private Visits visits(SettingsSource settings) {
        return new Visits(reports, settings);
    }

    @Test
    void allScansOfAnExamAreOneVisitAndTheNextExamIsAnother() {
        Visits visits = visits(this::settings);
        Study first = patient.study();
        Study visit = visits.of(first);
        assertThat(visit.performed()).isNotNull();
        assertThat(visits.of(first)).isEqualTo(visit);

        patient.newExam();
        Study second = visits.of(patient.study());
        assertThat(second.performed().instanceUid())
                .isNotEqualTo(visit.performed().instanceUid());
        visits.end(first);
        assertThat(visits.of(patient.study())).as("an end that came late").isEqualTo(second);
        visits.end(patient.study());
        assertThat(visits.of(patient.study()).performed().instanceUid())
                .isNotEqualTo(second.performed().instanceUid());
    }

    @Test
    void anExamThatIsBrokenOffIsOver() {
        Visits visits = visits(this::settings);
        Study visit = visits.of(patient.study());
        assertThat(visits.breakOff(patient.study(), DiscontinuationReason.REFUSED))
                .isTrue();
        assertThat(visits.of(patient.study()).performed()).isNotEqualTo(visit.performed());
    }

    @Test
    void anExamWithoutAnyScanCanBeBrokenOffAndTheHospitalIsToldWhy() {
        assertThat(visits(this::settings).breakOff(patient.study(), DiscontinuationReason.DID_NOT_ARRIVE))
                .isTrue();
        ArchivedStep step = archive.performedSteps().newest(1).get(0);
        assertThat(step.state()).isEqualTo(StepState.DISCONTINUED);
        assertThat(step.reason())
                .isEqualTo(DiscontinuationReason.DID_NOT_ARRIVE.code().value());
        assertThat(archive.outbox().open())
                .extracting(OutboxRow::kind)
                .containsExactly(OutboxKind.PERFORMED_STEP_CREATE, OutboxKind.PERFORMED_STEP_SET);
        assertThat(visits(() -> DicomSettings.DEFAULT).breakOff(patient.study(), DiscontinuationReason.REFUSED))
                .as("nobody wants to know")
                .isFalse();
    }

    @Test
    void anotherPartOfTheBodyIsOfTheSameVisit() {
        Visits visits = visits(this::settings);
        patient.bodyPartProperty().set(BodyPart.KNEE);
        patient.sideProperty().set(Side.LEFT);
        Study left = visits.of(patient.study());
        patient.sideProperty().set(Side.RIGHT);
        Study right = visits.of(patient.study());
        assertThat(left.anatomy().side()).isEqualTo(Side.LEFT);
        assertThat(right).isEqualTo(left.withAnatomy(new Anatomy(BodyPart.KNEE, Side.RIGHT)));
    }

    @Test
    void nobodyIsToldOfAPhantomOrWhenNobodyWantsToBe() {
        assertThat(visits(() -> DicomSettings.DEFAULT).of(patient.study()).performed())
                .isNull();
        patient.newExam();
        patient.phantomProperty().set(true);
        assertThat(visits(this::settings).of(patient.study()).performed()).isNull();
    }

    @Test
    void settingsThatCannotBeReadDoNotKeepAPatientWaiting() {
        Visits visits = visits(() -> {
            throw new IOException("no such disk");
        });
        assertThat(visits.of(patient.study()).performed()).isNotNull();
    }
}
