package org.isocenter.dicom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;
import org.junit.jupiter.api.Test;

class StudyQueryTest {
    @Test
    void earlierStudiesAreAskedForByPatientAndDays() {
        StudyQuery query = new StudyQuery("P-42", "", "", "", "MR", LocalDate.of(2020, 1, 1), LocalDate.of(2026, 3, 1));
        Attributes identifier = query.identifier();
        assertThat(identifier.getString(Tag.QueryRetrieveLevel)).isEqualTo("STUDY");
        assertThat(identifier.getString(Tag.PatientID)).isEqualTo("P-42");
        assertThat(identifier.getString(Tag.StudyDate)).isEqualTo("20200101-20260301");
        assertThat(identifier.getString(Tag.ModalitiesInStudy)).isEqualTo("MR");
        assertThat(identifier.contains(Tag.NumberOfStudyRelatedInstances)).isTrue();
    }

    @Test
    void aMatchIsToldAsItCame() {
        Attributes match = StudyQuery.ofPatient("P-42").identifier();
        match.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        match.setString(Tag.PatientName, "Hong^Gildong=洪^吉洞=홍^길동");
        match.setString(Tag.StudyInstanceUID, "1.2.3");
        match.setString(Tag.ModalitiesInStudy, "MR", "SR");
        match.setInt(Tag.NumberOfStudyRelatedInstances, 12);
        match.setBytes(Tag.NumberOfStudyRelatedSeries, VR.IS, "many".getBytes(StandardCharsets.US_ASCII));
        FoundStudy found = FoundStudy.of(match);
        assertThat(found.patientName()).isEqualTo("Hong^Gildong=洪^吉洞=홍^길동");
        assertThat(found.modalities()).isEqualTo(List.of("MR", "SR"));
        assertThat(found.instances()).isEqualTo(12);
        assertThat(found.series()).isEqualTo(-1);
    }

    @Test
    void aSeriesOrAWholeStudyIsFetched() {
        assertThat(StudyQuery.retrieval("1.2.3", "").getString(Tag.QueryRetrieveLevel))
                .isEqualTo("STUDY");
        Attributes series = StudyQuery.retrieval("1.2.3", "1.2.3.4");
        assertThat(series.getString(Tag.QueryRetrieveLevel)).isEqualTo("SERIES");
        assertThat(series.getString(Tag.SeriesInstanceUID)).isEqualTo("1.2.3.4");
        assertThat(series.getString(Tag.StudyInstanceUID)).isEqualTo("1.2.3");
    }
}
