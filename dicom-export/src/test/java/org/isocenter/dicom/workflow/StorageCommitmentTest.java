package org.isocenter.dicom.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.iod.SopReferences;
import org.isocenter.model.SopReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageCommitmentTest {
    private static final SopReference KEPT = new SopReference(UID.MRImageStorage, "1.2.3.1");
    private static final SopReference LOST = new SopReference(UID.MRImageStorage, "1.2.3.2");

    @Test
    void aRequestNamesItsImages() {
        Attributes request = StorageCommitment.request("1.2.9", List.of(KEPT, LOST));
        assertThat(request.getString(Tag.TransactionUID)).isEqualTo("1.2.9");
        assertThat(SopReferences.read(request, Tag.ReferencedSOPSequence)).containsExactly(KEPT, LOST);
        assertThat(request.size()).isEqualTo(2);
    }

    @Test
    void aReportOfSuccessCommitsToAll() {
        StorageCommitment.Outcome outcome =
                StorageCommitment.outcome(1, StorageCommitment.request("1.2.9", List.of(KEPT, LOST)));
        assertThat(outcome).isEqualTo(new StorageCommitment.Outcome("1.2.9", List.of(KEPT, LOST), List.of()));
    }

    @Test
    void aReportOfFailuresTellsThemApart() {
        StorageCommitment.Outcome outcome = StorageCommitment.outcome(2, failing(0x0112));
        assertThat(outcome.committed()).containsExactly(KEPT);
        assertThat(outcome.refused()).containsExactly(new StorageCommitment.Refusal(LOST, 0x0112));
    }

    @ParameterizedTest
    @CsvSource({
        "0x0110, failed while",
        "0x0112, does not have",
        "0x0119, another kind",
        "0x0122, this kind",
        "0x0131, transaction UID",
        "0x0213, no room",
        "0x1234, reason 0x1234"
    })
    void everyReasonIsASentence(int code, String words) {
        assertThat(StorageCommitment.outcome(2, failing(code)).refused().get(0).reason())
                .startsWith("the archive")
                .contains(words);
    }

    @Test
    void aReportThatIsNoneIsRefused() {
        assertThatThrownBy(() -> StorageCommitment.outcome(3, failing(0x0112))).isInstanceOf(DicomValueException.class);
        assertThatThrownBy(() -> StorageCommitment.outcome(1, new Attributes()))
                .isInstanceOf(DicomValueException.class)
                .hasMessageContaining("TransactionUID");
    }

    private static Attributes failing(int reason) {
        Attributes report = StorageCommitment.request("1.2.9", List.of(KEPT));
        Attributes item = report.newItem();
        item.setString(Tag.ReferencedSOPClassUID, LOST.sopClassUid());
        item.setString(Tag.ReferencedSOPInstanceUID, LOST.sopInstanceUid());
        item.setInt(Tag.FailureReason, reason);
        report.setSequence(Tag.FailedSOPSequence, List.of(item));
        return report;
    }
}
