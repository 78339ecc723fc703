package org.isocenter.dicom.net;

/** What the codes of A-ASSOCIATE-RJ (PS3.8 table 9-21), A-ABORT (table 9-26) and presentation contexts (table 9-18) mean. */
final class Reasons {
    static final int REJECTED_PERMANENTLY = 1;
    static final int REJECTED_FOR_NOW = 2;
    static final int SOURCE_USER = 1;
    static final int SOURCE_ACSE = 2;
    static final int SOURCE_PRESENTATION = 3;
    static final int APPLICATION_CONTEXT = 2;
    static final int CALLING_TITLE = 3;
    static final int CALLED_TITLE = 7;
    static final int PROTOCOL_VERSION = 2;
    static final int LOCAL_LIMIT = 2;

    static final int ABORTED_BY_USER = 0;
    static final int ABORTED_BY_PROVIDER = 2;

    static final int ACCEPTED = 0;
    static final int NO_REASON = 2;
    static final int ABSTRACT_SYNTAX = 3;
    static final int TRANSFER_SYNTAXES = 4;

    private Reasons() {}

    /** @param ours our title, @param theirs the peer's */
    static String ofRejection(Pdu.Reject reject, String ours, String theirs) {
        return switch (reject.source() << 8 | reject.reason()) {
            case SOURCE_USER << 8 | 1, SOURCE_ACSE << 8 | 1 -> "it gives no reason; look into its log";
            case SOURCE_USER << 8 | APPLICATION_CONTEXT ->
                "it does not know DICOM's application context: is it a DICOM server?";
            case SOURCE_USER << 8 | CALLING_TITLE ->
                "it does not know our title " + ours + ": add it there, with this computer's address, or change ours";
            case SOURCE_USER << 8 | CALLED_TITLE ->
                "it does not call itself " + theirs + ": correct the title of this destination";
            case SOURCE_ACSE << 8 | PROTOCOL_VERSION -> "it does not speak this version of the protocol";
            case SOURCE_PRESENTATION << 8 | 1 -> "it is busy now; try again later";
            case SOURCE_PRESENTATION << 8 | LOCAL_LIMIT -> "it has as many associations as it takes; try again later";
            default ->
                "for a reason that the standard does not know (source " + reject.source() + ", reason "
                        + reject.reason() + ")";
        };
    }

    static String ofAbort(Pdu.Abort abort) {
        if (abort.source() != ABORTED_BY_PROVIDER) {
            return "without a reason; look into its log";
        }
        return switch (abort.reason()) {
            case 0 -> "without a reason; look into its log";
            case PduException.UNRECOGNIZED_PDU -> "because it did not recognize a PDU of ours";
            case PduException.UNEXPECTED_PDU -> "because it did not expect a PDU of ours";
            case 4 -> "because it did not recognize a parameter of a PDU of ours";
            case PduException.UNEXPECTED_PARAMETER -> "because it did not expect a parameter of a PDU of ours";
            case PduException.INVALID_PARAMETER -> "because a parameter of a PDU of ours was invalid to it";
            default -> "for a reason that the standard does not know (" + abort.reason() + ")";
        };
    }

    static String ofContext(int result) {
        return switch (result) {
            case 1 -> "refused by its user";
            case NO_REASON -> "refused without a reason";
            case ABSTRACT_SYNTAX -> "not supported";
            case TRANSFER_SYNTAXES -> "not supported in any of the proposed transfer syntaxes";
            default -> "refused";
        };
    }
}
