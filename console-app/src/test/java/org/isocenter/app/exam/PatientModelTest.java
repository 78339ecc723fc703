package org.isocenter.app.exam;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Side;
import org.isocenter.model.Study;
import org.isocenter.testing.Orders;
import org.junit.jupiter.api.Test;

class PatientModelTest {
    private final PatientModel model = new PatientModel();

    @Test
    void whatIsTypedBecomesThePatientOfTheStudy() {
        model.nameProperty().set("Doe , Jane");
        model.idProperty().set(" QA-1 ");
        model.birthDateProperty().set("1980-02-29");
        model.sexProperty().set("F");
        model.weightProperty().set("72.5");
        model.positionProperty().set(PatientPosition.FFS);

        Study study = model.study();

        assertThat(study.patient()).isEqualTo(new Patient("Doe^Jane", "QA-1", LocalDate.of(1980, 2, 29), "F", 72.5));
        assertThat(study.position()).isEqualTo(PatientPosition.FFS);
    }

    @Test
    void theFirstScanFixesThePatientUntilANewExam() {
        Study first = model.study();
        assertThat(model.fixedProperty().get()).isTrue();
        assertThat(model.study()).isEqualTo(first);

        model.newExam();

        assertThat(model.fixedProperty().get()).isFalse();
        assertThat(model.study().instanceUid()).isNotEqualTo(first.instanceUid());
    }

    @Test
    void whoeverNamesOneOfAPairChoosesItsSideUnlessItIsAPhantoms() {
        model.bodyPartProperty().set(BodyPart.KNEE);
        assertThat(model.problem()).contains("Knee", "side");
        model.phantomProperty().set(true);
        assertThat(model.problem()).isEmpty();
        model.phantomProperty().set(false);
        model.sideProperty().set(Side.LEFT);
        assertThat(model.problem()).isEmpty();
        assertThat(model.study().anatomy()).isEqualTo(new Anatomy(BodyPart.KNEE, Side.LEFT));

        model.bodyPartProperty().set(BodyPart.HAND);
        assertThat(model.sideProperty().get()).as("of another part").isEqualTo(Side.UNKNOWN);
        model.bodyPartProperty().set(BodyPart.HEAD);
        assertThat(model.problem()).isEmpty();
        assertThat(model.study().anatomy()).isEqualTo(Anatomy.named("HEAD"));
    }

    @Test
    void whatIsImagedIsTakenFromTheOrderAndWhatDiffersFromItIsSaid() {
        model.take(List.of(Orders.knee("1.2.3")), new Anatomy(BodyPart.KNEE, Side.LEFT));
        assertThat(model.study().anatomy()).isEqualTo(new Anatomy(BodyPart.KNEE, Side.LEFT));
        assertThat(model.orderedOtherwise()).isEmpty();
        model.sideProperty().set(Side.RIGHT);
        assertThat(model.orderedOtherwise()).contains("Knee, left", "Knee, right");
        model.newExam();
        assertThat(model.orderedOtherwise()).isEmpty();
    }

    @Test
    void aDateThatDoesNotExistIsNamedWithTheWayToWriteIt() {
        model.birthDateProperty().set("1981-02-29");

        assertThat(model.problem()).contains("1981-02-29").contains("1980-02-29");
    }

    @Test
    void aWeightThatCannotBeIsRefused() {
        model.weightProperty().set("4000");
        assertThat(model.problem()).contains("4000");
        model.weightProperty().set("NaN");
        assertThat(model.problem()).contains("NaN");
        model.weightProperty().set("");
        assertThat(model.problem()).isEmpty();
    }

    @Test
    void aPlannedPatientReachesTheStudyToTheLetterAndTheWeightCanBeAdded() {
        ScheduledStep step = Orders.knee("1.2.3");
        model.phantomProperty().set(true);

        model.take(List.of(step), Anatomy.UNKNOWN);
        assertThat(model.nameProperty().get()).startsWith("Yamada, Tarou = 山田, 太郎");
        assertThat(model.weightProperty().get()).isEqualTo("81.5");
        model.weightProperty().set("80");
        Study study = model.study();

        assertThat(study.order()).isSameAs(step);
        assertThat(study.instanceUid()).isEqualTo("1.2.3");
        assertThat(study.accessionNumber()).isEqualTo("ACC-0042");
        assertThat(study.patient())
                .isEqualTo(new Patient(step.patient().name(), "P-42", LocalDate.of(1980, 2, 29), "M", 80));
        assertThat(study.phantom()).isFalse();

        model.newExam();
        assertThat(model.ordersProperty().get()).isEmpty();
        assertThat(model.study().order()).isNull();
    }

    @Test
    void theTopLineTellsWhoAndHow() {
        assertThat(model.titleBinding().get()).isEqualTo("No patient");
        model.nameProperty().set("PHANTOM, Head");
        model.idProperty().set("QA-0471");
        model.weightProperty().set("3.2");

        assertThat(model.titleBinding().get()).isEqualTo("PHANTOM, Head");
        assertThat(model.detailBinding().get()).isEqualTo("ID QA-0471 · 3.2 kg · head first, supine");
    }
}
