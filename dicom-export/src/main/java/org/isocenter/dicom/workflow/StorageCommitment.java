package org.isocenter.dicom.workflow;

import java.util.List;
import java.util.Locale;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.iod.SopReferences;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.DicomNetException;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.PresentationContext;
import org.isocenter.model.SopReference;

/** Storage Commitment Push Model (PS3.4 annex J) as its user: asks an archive whether it answers for images from now on. */
public final class StorageCommitment {
    /** What an association is opened with for {@link #ask}. */
    public static final PresentationContext CONTEXT = PresentationContext.of(UID.StorageCommitmentPushModel);

    private static final int REQUEST = 1;

    private static final int ALL_COMMITTED = 1;
    private static final int FAILURES_EXIST = 2;

    private StorageCommitment() {}

    /** An instance that the archive does not answer for. */
    public record Refusal(SopReference instance, int reasonCode) {

        /** Why, in words (PS3.3 C.14.1.1). */
        public String reason() {
            return switch (reasonCode) {
                case 0x0110 -> "the archive failed while it looked for the image";
                case 0x0112 -> "the archive does not have the image: send it again";
                case 0x0119 -> "the archive has another kind of object under the image's UID";
                case 0x0122 -> "the archive does not commit to this kind of object";
                case 0x0131 -> "the archive has already seen a request with this transaction UID";
                case 0x0213 -> "the archive has no room for the image now";
                default ->
                    String.format(Locale.ROOT, "the archive does not commit to the image (reason 0x%04X)", reasonCode);
            };
        }
    }

    /**
     * The archive's answer.
     *
     * @param transactionUid of the request
     * @param committed what the archive keeps from now on
     */
    public record Outcome(String transactionUid, List<SopReference> committed, List<Refusal> refused) {
        public Outcome {
            committed = List.copyOf(committed);
            refused = List.copyOf(refused);
        }
    }

    /** Asks. The answer comes by a {@link CommitmentHandler}. Waits for the network. @param instances at least one */
    public static DimseStatus ask(Association association, String transactionUid, List<SopReference> instances)
            throws DicomNetException {
        return association
                .nAction(
                        UID.StorageCommitmentPushModel,
                        UID.StorageCommitmentPushModelInstance,
                        REQUEST,
                        request(transactionUid, instances))
                .status();
    }

    static boolean isEvent(int eventType) {
        return eventType == ALL_COMMITTED || eventType == FAILURES_EXIST;
    }

    /** The N-ACTION's data set. @param instances at least one */
    public static Attributes request(String transactionUid, List<SopReference> instances) {
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("commitment to nothing is asked for");
        }
        Attributes request = new Attributes();
        request.setString(Tag.TransactionUID, transactionUid);
        SopReferences.write(request, Tag.ReferencedSOPSequence, instances);
        return request;
    }

    /**
     * What an N-EVENT-REPORT says.
     *
     * @param eventType 1 (all committed) or 2 (failures exist)
     * @throws DicomValueException when it cannot be understood
     */
    public static Outcome outcome(int eventType, Attributes report) {
        if (!isEvent(eventType)) {
            throw new DicomValueException(Tag.EventTypeID, "is " + eventType + ": storage commitment has only 1 and 2");
        }
        String transactionUid = report.getString(Tag.TransactionUID);
        if (transactionUid == null) {
            throw new DicomValueException(Tag.TransactionUID, "is missing");
        }
        List<Refusal> refused = report.getSequence(Tag.FailedSOPSequence).stream()
                .map(item -> new Refusal(
                        new SopReference(
                                orEmpty(item.getString(Tag.ReferencedSOPClassUID)),
                                orEmpty(item.getString(Tag.ReferencedSOPInstanceUID))),
                        item.getInt(Tag.FailureReason, 0)))
                .toList();
        return new Outcome(transactionUid, SopReferences.read(report, Tag.ReferencedSOPSequence), refused);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
