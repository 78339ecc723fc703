package org.isocenter.dicom.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;
import org.isocenter.dicom.iod.Codes;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.Code;
import org.isocenter.model.Patient;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Side;
import org.isocenter.testing.Orders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorklistTest {
    private static final ScheduledStep KNEE = Orders.knee("1.2.3.4");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    @Test
    void aQueryForTheDayAsksForThisScannersStepsAndForAllThatIsWantedBack() {
        Attributes identifier = WorklistQuery.of("ISOCENTER", DAY, "MR").identifier();
        Attributes step =
                identifier.getSequence(Tag.ScheduledProcedureStepSequence).get(0);
        assertThat(step.getString(Tag.ScheduledStationAETitle)).isEqualTo("ISOCENTER");
        assertThat(step.getString(Tag.ScheduledProcedureStepStartDate)).isEqualTo("20260301");
        assertThat(step.getString(Tag.Modality)).isEqualTo("MR");
        Attributes answer = Answers.of(KNEE, null);
        assertThat(identifier.tags()).contains(answer.tags());
        Attributes answered =
                answer.getSequence(Tag.ScheduledProcedureStepSequence).get(0);
        assertThat(step.tags()).contains(answered.tags());
        assertThat(identifier.contains(Tag.SpecificCharacterSet)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01, 2026-03-01, 20260301",
        "2026-03-01, 2026-03-02, 20260301-20260302",
        "2026-03-01,, 20260301-",
        ", 2026-03-02, -20260302",
        ",, ''"
    })
    void daysAreAskedForAsTheStandardWritesRanges(LocalDate from, LocalDate to, String asked) {
        assertThat(WorklistQuery.days(from, to)).isEqualTo(asked);
    }

    @Test
    void aNameInAnyScriptIsAskedForInUnicode() {
        Attributes identifier = new WorklistQuery("", null, null, "", "Ван*", "", "", "").identifier();
        assertThat(identifier.getString(Tag.SpecificCharacterSet)).isEqualTo("ISO_IR 192");
        assertThat(identifier.getString(Tag.PatientName)).isEqualTo("Ван*");
    }

    @Test
    void aKeyThatCannotBeAskedForIsRefused() {
        WorklistQuery tooLong = new WorklistQuery("A".repeat(17), null, null, "", "", "", "", "");
        assertThatThrownBy(tooLong::identifier)
                .isInstanceOf(DicomValueException.class)
                .hasMessageContaining("ScheduledStationAETitle");
    }

    @Test
    void anAnswerBecomesAStepToTheLetter() {
        List<WorklistEntry> entries = Worklist.entries(List.of(Answers.of(KNEE, "ISO_IR 192")));
        assertThat(entries).containsExactly(new WorklistEntry(KNEE, List.of(), true));
    }

    @Test
    void everyAnswerIsReadInItsOwnCharacters() {
        Attributes russian = named("Люкceмбypг", "ISO_IR 144");
        Attributes latin = named("Buc^Jérôme", "ISO_IR 100");
        Attributes chinese = named("Wang^XiaoDong=王^小东", "GB18030");
        assertThat(Worklist.entries(List.of(russian, latin, chinese)))
                .extracting(entry -> entry.step().patient().name())
                .containsExactly("Люкceмбypг", "Buc^Jérôme", "Wang^XiaoDong=王^小东");
    }

    @Test
    void anAnswerThatDoesNotTellItsCharactersIsReadAsUnicodeAndSaysSo() {
        Attributes answer = Answers.of(KNEE, null);
        WorklistEntry entry = Worklist.entries(List.of(answer)).get(0);
        assertThat(entry.step()).isEqualTo(KNEE);
        assertThat(entry.usable()).isTrue();
        assertThat(entry.problems()).singleElement().asString().contains("SpecificCharacterSet", "compare the name");
    }

    @Test
    void aNameThatCannotBeReadIsNotGuessed() {
        Attributes answer = named("Doe^Jane", null);
        answer.setBytes(Tag.PatientName, VR.PN, "Müller^Änne".getBytes(StandardCharsets.ISO_8859_1));
        WorklistEntry entry = Worklist.entries(List.of(answer)).get(0);
        assertThat(entry.usable()).isFalse();
        assertThat(entry.problems()).anyMatch(problem -> problem.contains("tell its character set"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Tag.PatientName, Tag.PatientID, Tag.StudyInstanceUID})
    void anEntryThatLacksWhomOrWhatItIsAboutIsShownButNotUsableAndTheOthersAre(int lacking) {
        Attributes answer = Answers.of(KNEE, "ISO_IR 192");
        answer.setEmpty(lacking);
        List<WorklistEntry> entries =
                Worklist.entries(List.of(answer, Answers.of(Orders.knee("1.2.3.5"), "ISO_IR 192")));
        assertThat(entries).extracting(WorklistEntry::usable).containsExactly(false, true);
        assertThat(entries.get(0).problems()).singleElement().asString().endsWith("is missing");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Tag.ScheduledProcedureStepID,
                Tag.ScheduledStationAETitle,
                Tag.Modality,
                Tag.ScheduledProcedureStepStartDate,
                Tag.ScheduledProcedureStepStartTime
            })
    void aStepThatLacksSomethingElseIsUsableAndSaysSo(int lacking) {
        Attributes answer = Answers.of(KNEE, "ISO_IR 192");
        Attributes step = Answers.step(answer, KNEE);
        step.setEmpty(lacking);
        answer.setSequence(Tag.ScheduledProcedureStepSequence, List.of(step));
        WorklistEntry entry = Worklist.entries(List.of(answer)).get(0);
        assertThat(entry.usable()).isTrue();
        assertThat(entry.problems()).singleElement().asString().endsWith("is missing");
    }

    @Test
    void anAnswerWithoutAStepIsShown() {
        Attributes answer = Answers.of(KNEE, "ISO_IR 192");
        answer.setEmpty(Tag.ScheduledProcedureStepSequence);
        WorklistEntry entry = Worklist.entries(List.of(answer)).get(0);
        assertThat(entry.step().patient()).isEqualTo(KNEE.patient());
        assertThat(entry.problems()).anyMatch(problem -> problem.startsWith("ScheduledProcedureStepID"));
    }

    @Test
    void whatIsNoDateNumberOrSexIsLeftOutAndTold() {
        Attributes answer = Answers.of(KNEE, "ISO_IR 192");
        answer.setBytes(Tag.PatientBirthDate, VR.DA, "19800230".getBytes(StandardCharsets.US_ASCII));
        answer.setBytes(Tag.PatientWeight, VR.DS, "heavy ".getBytes(StandardCharsets.US_ASCII));
        answer.setString(Tag.PatientSex, "U");
        WorklistEntry entry = Worklist.entries(List.of(answer)).get(0);
        assertThat(entry.step().patient()).isEqualTo(new Patient(KNEE.patient().name(), "P-42", null, "", Double.NaN));
        assertThat(entry.problems()).hasSize(3);
        assertThat(entry.usable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2026.03.01, 09:45", "20260301, 0945", "20260301, 094500.0"})
    void datesAndTimesOfOlderStandardsAreUnderstood(String date, String time) {
        Attributes answer = Answers.of(KNEE, "ISO_IR 192");
        Attributes step = Answers.step(answer, KNEE);
        step.setBytes(Tag.ScheduledProcedureStepStartDate, VR.DA, date.getBytes(StandardCharsets.US_ASCII));
        step.setBytes(Tag.ScheduledProcedureStepStartTime, VR.TM, time.getBytes(StandardCharsets.US_ASCII));
        answer.setSequence(Tag.ScheduledProcedureStepSequence, List.of(step));
        ScheduledStep read = Worklist.entries(List.of(answer)).get(0).step();
        assertThat(read.startDate()).isEqualTo(DAY);
        assertThat(read.startTime()).isEqualTo("09:45");
    }

    @Test
    void severalStepsOfOneProcedureAreSeveralEntries() {
        Attributes answer = Answers.of(KNEE, "ISO_IR 192");
        Attributes second = Answers.step(answer, KNEE);
        second.setString(Tag.ScheduledProcedureStepID, "SPS2");
        answer.setSequence(Tag.ScheduledProcedureStepSequence, List.of(Answers.step(answer, KNEE), second));
        assertThat(Worklist.entries(List.of(answer)))
                .allMatch(WorklistEntry::usable)
                .allMatch(entry -> entry.step().procedure().equals(KNEE.procedure()))
                .extracting(entry -> entry.step().id())
                .containsExactly("SPS1", "SPS2");
    }

    @Test
    void theSameEntryToldTwiceIsListedOnceAndAnotherWithItsIdsSaysSo() {
        Attributes other = Answers.of(KNEE, "ISO_IR 192");
        other.setString(Tag.PatientID, "P-43");
        List<WorklistEntry> entries =
                Worklist.entries(List.of(Answers.of(KNEE, "ISO_IR 192"), Answers.of(KNEE, "ISO_IR 192"), other));
        assertThat(entries).hasSize(2).allMatch(entry -> entry.problems().get(0).startsWith("another entry"));
    }

    @Test
    void whatIsTooLongForImagesIsToldBeforeItIsShortened() {
        Attributes answer = Answers.of(KNEE, "ISO_IR 192");
        answer.setBytes(Tag.RequestedProcedureDescription, VR.LO, "x".repeat(70).getBytes(StandardCharsets.US_ASCII));
        WorklistEntry entry = Worklist.entries(List.of(answer)).get(0);
        assertThat(entry.problems()).singleElement().asString().contains("longer than the 64 characters");
        answer.setBytes(Tag.AccessionNumber, VR.SH, "x".repeat(17).getBytes(StandardCharsets.US_ASCII));
        assertThat(Worklist.entries(List.of(answer)).get(0).usable()).isFalse();
    }

    @Test
    void partAndSideAreReadFromTheContextOfTheProtocolAndTheLateralityOfTheProcedure() {
        Attributes inContext = Answers.of(KNEE, "ISO_IR 192");
        Attributes protocol = inContext
                .getSequence(Tag.ScheduledProcedureStepSequence)
                .get(0)
                .getSequence(Tag.ScheduledProtocolCodeSequence)
                .get(0);
        protocol.setSequence(
                Tag.ProtocolContextSequence,
                List.of(
                        context(protocol, new Code("123014", "DCM", "Target Region"), BodyPart.KNEE.region()),
                        context(protocol, new Code("272741003", "SCT", "Laterality"), Side.LEFT.code())));
        assertThat(Worklist.entries(List.of(inContext)).get(0).step().anatomy())
                .isEqualTo(new Anatomy(BodyPart.KNEE, Side.LEFT));

        Codes.write(inContext, Tag.RequestedLateralityCodeSequence, List.of(Side.RIGHT.code()));
        assertThat(Worklist.entries(List.of(inContext)).get(0).step().anatomy())
                .as("the order contradicts itself")
                .isEqualTo(new Anatomy(BodyPart.KNEE, Side.UNKNOWN));

        Attributes sideOnly = Answers.of(KNEE, "ISO_IR 192");
        Codes.write(sideOnly, Tag.RequestedLateralityCodeSequence, List.of(Side.RIGHT.code()));
        assertThat(Worklist.entries(List.of(sideOnly)).get(0).step().anatomy())
                .isEqualTo(new Anatomy(null, Side.RIGHT));
    }

    private static Attributes context(Attributes parent, Code name, Code value) {
        Attributes item = parent.newItem();
        item.setString(Tag.ValueType, "CODE");
        Codes.write(item, Tag.ConceptNameCodeSequence, List.of(name));
        Codes.write(item, Tag.ConceptCodeSequence, List.of(value));
        return item;
    }

    private static Attributes named(String name, String characterSet) {
        Patient patient = new Patient(name, name.hashCode() + "", LocalDate.of(1980, 2, 29), "F", 60);
        ScheduledStep step = new ScheduledStep(
                "SPS1", "T2", null, "MR", "A", "", "", DAY, null, "", "", "", KNEE.procedure(), patient, null, null);
        Attributes answer = new Attributes();
        if (characterSet != null) {
            answer.setString(Tag.SpecificCharacterSet, characterSet);
        }
        answer.setString(Tag.PatientName, name);
        answer.setString(Tag.PatientID, patient.id());
        answer.setString(Tag.StudyInstanceUID, step.procedure().studyInstanceUid());
        return answer;
    }
}
