package org.isocenter.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributesTest {
    private final Attributes attributes = new Attributes();

    @Test
    void tagsAscendWhateverTheOrderTheyCameIn() {
        attributes.setInt(Tag.Rows, 4);
        attributes.setString(Tag.Modality, "MR");
        attributes.setBytes(0xFFFCFFFC, VR.OB, new byte[2]);
        attributes.setString(Tag.PatientID, "1");
        attributes.setInt(Tag.Rows, 5);
        assertThat(attributes.tags()).containsExactly(Tag.Modality, Tag.PatientID, Tag.Rows, 0xFFFCFFFC);
        assertThat(attributes.getInts(Tag.Rows)).containsExactly(5);
    }

    @Test
    void textIsPaddedToAnEvenLengthAndReadBackWithout() {
        attributes.setString(Tag.PatientName, "Müller^Ä");
        attributes.setString(Tag.StudyInstanceUID, "1.2.3");
        assertThat(attributes.getBytes(Tag.PatientName))
                .isEqualTo("Müller^Ä".getBytes(StandardCharsets.UTF_8))
                .hasSize(10);
        assertThat(attributes.getBytes(Tag.StudyInstanceUID)).isEqualTo(new byte[] {'1', '.', '2', '.', '3', 0});
        assertThat(attributes.getString(Tag.PatientName)).isEqualTo("Müller^Ä");
        assertThat(attributes.getString(Tag.StudyInstanceUID)).isEqualTo("1.2.3");
    }

    @Test
    void valuesAreParted() {
        attributes.setString(Tag.ImageType, "ORIGINAL", "PRIMARY", "OTHER");
        attributes.setDouble(Tag.PixelSpacing, 0.5, 1.25);
        attributes.setInt(Tag.AcquisitionMatrix, 64, 0, 0, 65535);
        assertThat(attributes.getStrings(Tag.ImageType)).containsExactly("ORIGINAL", "PRIMARY", "OTHER");
        assertThat(attributes.getDoubles(Tag.PixelSpacing)).containsExactly(0.5, 1.25);
        assertThat(attributes.getInts(Tag.AcquisitionMatrix)).containsExactly(64, 0, 0, 65535);
    }

    @Test
    void absentAndEmptyReadAsNothing() {
        attributes.setEmpty(Tag.EchoTime);
        assertThat(attributes.contains(Tag.EchoTime)).isTrue();
        assertThat(attributes.getString(Tag.EchoTime)).isNull();
        assertThat(attributes.getDoubles(Tag.EchoTime)).isEmpty();
        assertThat(attributes.getString(Tag.PatientID)).isNull();
        assertThat(attributes.getInt(Tag.Rows, -1)).isEqualTo(-1);
        assertThat(attributes.getSequence(Tag.Rows)).isEmpty();
    }

    @Test
    void datesAndTimesAreWrittenToTheMicrosecond() {
        attributes.setDate(Tag.StudyDate, LocalDate.of(2026, 1, 2));
        attributes.setTime(Tag.StudyTime, LocalTime.of(3, 4, 5, 6_789_000));
        assertThat(attributes.getString(Tag.StudyDate)).isEqualTo("20260102");
        assertThat(attributes.getString(Tag.StudyTime)).isEqualTo("030405.006789");
    }

    @Test
    void lengthLimitsCountCharactersNotBytes() {
        attributes.setString(Tag.PatientID, "Ä".repeat(64));
        assertThatThrownBy(() -> attributes.setString(Tag.PatientID, "Ä".repeat(65)))
                .isInstanceOf(DicomValueException.class)
                .hasMessage("PatientID (0010,0020) has 65 characters: LO allows 64");
        attributes.setString(Tag.PatientName, "a".repeat(64) + "=" + "b".repeat(64));
        assertThatThrownBy(() -> attributes.setString(Tag.PatientName, "a=" + "b".repeat(65)))
                .hasMessageContaining("65 characters in one component group");
    }

    @ParameterizedTest
    @CsvSource({
        "PatientName, 00100010, a^b^c^d^e^f",
        "PatientName, 00100010, a=b=c=d",
        "PatientID, 00100020, a\\b",
        "PatientID, 00100020, 'a\nb'",
        "PatientSex, 00100040, f",
        "PatientBirthDate, 00100030, 20261301",
        "StudyTime, 00080030, 2460",
        "StudyInstanceUID, 0020000D, 1.02.3",
        "StudyInstanceUID, 0020000D, 1..3",
        "EchoTime, 00180081, 12 ms",
        "SeriesNumber, 00200011, 1.5",
        "SeriesNumber, 00200011, 1234567890123",
        "Modality, 00080060, MAGNETICRESONANCE"
    })
    void aValueThatItsVrDoesNotAllowIsRefusedByName(String keyword, String tag, String value) {
        assertThatThrownBy(() -> attributes.setString(Integer.parseUnsignedInt(tag, 16), value))
                .isInstanceOf(DicomValueException.class)
                .hasMessageStartingWith(keyword + " (")
                .message()
                .doesNotContain(value);
        assertThat(attributes.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void aNumberThatDoesNotFitIsRefused(int number) {
        assertThatThrownBy(() -> attributes.setInt(Tag.Rows, number))
                .hasMessage("Rows (0028,0010) cannot be " + number + ": it does not fit US");
    }

    @Test
    void aValueOfTheWrongSortIsRefused() {
        assertThatThrownBy(() -> attributes.setDouble(Tag.EchoTime, Double.NaN)).hasMessageContaining("finite");
        assertThatThrownBy(() -> attributes.setString(Tag.Rows, "4")).hasMessageContaining("is US");
        assertThatThrownBy(() -> attributes.setInt(Tag.PatientID, 4)).hasMessageContaining("is LO");
        assertThatThrownBy(() -> attributes.setString(0x00091001, "x")).hasMessageContaining("(0009,1001)");
    }

    @Test
    void textIsReadInItsCharacterSet() {
        attributes.setBytes(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100".getBytes(StandardCharsets.US_ASCII));
        attributes.setBytes(Tag.PatientName, VR.PN, "Röntgen".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(attributes.getString(Tag.PatientName)).isEqualTo("Röntgen");
        assertThatThrownBy(() -> attributes.setString(Tag.PatientName, "山田")).hasMessageContaining("ISO-8859-1");
    }

    @Test
    void aPrintedDataSetTellsNothingOfThePatient() {
        attributes.setString(Tag.PatientName, "Doe^Jane");
        assertThat(attributes.toString()).isEqualTo("Attributes[1]");
    }

    @Test
    void newIdentifiersAreValidAndDiffer() {
        assertThat(UID.create()).startsWith("2.25.").isNotEqualTo(UID.create()).matches(UID::isValid);
        assertThat(UID.isValid(UID.ImplementationClass)).isTrue();
    }
}
