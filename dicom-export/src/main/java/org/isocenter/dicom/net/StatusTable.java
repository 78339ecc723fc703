package org.isocenter.dicom.net;

import java.util.List;
import java.util.Map;
import org.isocenter.dicom.net.DimseStatus.Kind;

/**
 * The status codes: PS3.7 annex C for all services; PS3.4 table B.2-1 (storage), C.4-1 (find), C.4-2 (move), C.4-3 (get),
 * tables of annexes F and J (performed step, commitment).
 */
final class StatusTable {
    static final int SUCCESS = 0x0000;
    static final int PROCESSING_FAILURE = 0x0110;
    static final int NO_SUCH_SOP_CLASS = 0x0118;
    static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;
    static final int UNRECOGNIZED_OPERATION = 0x0211;
    static final int RESOURCE_LIMITATION = 0x0213;
    static final int OUT_OF_RESOURCES = 0xA700;
    static final int DATASET_DOES_NOT_MATCH = 0xA900;
    static final int CANNOT_UNDERSTAND = 0xC000;
    static final int CANCEL = 0xFE00;
    static final int PENDING = 0xFF00;

    private record Entry(String name, String meaning) {}

    private static final Map<Integer, Entry> GENERAL = Map.ofEntries(
            entry(SUCCESS, "Success", "it was done"),
            entry(
                    0x0001,
                    "Requested optional attributes are not supported",
                    "it was done without some optional attributes"),
            entry(0x0105, "No such attribute", "the peer does not know an attribute that was sent"),
            entry(0x0106, "Invalid attribute value", "the peer does not allow the value of an attribute that was sent"),
            entry(0x0107, "Attribute list error", "it was done, but some attributes were not taken"),
            entry(PROCESSING_FAILURE, "Processing failure", "the peer failed; look into its log, and try again"),
            entry(0x0111, "Duplicate SOP instance", "the peer has an object of this UID already"),
            entry(0x0112, "No such SOP instance", "the peer has no object of this UID"),
            entry(0x0113, "No such event type", "the peer does not know this kind of event"),
            entry(0x0114, "No such argument", "the peer does not know an argument that was sent"),
            entry(0x0115, "Invalid argument value", "the peer does not allow the value of an argument that was sent"),
            entry(
                    0x0116,
                    "Attribute value out of range",
                    "it was done, but the value of an attribute was out of range"),
            entry(0x0117, "Invalid SOP instance", "the UID of the object breaks the rules of UIDs"),
            entry(NO_SUCH_SOP_CLASS, "No such SOP class", "the peer does not know this kind of object"),
            entry(0x0119, "Class-instance conflict", "the peer has an object of this UID, of another kind"),
            entry(0x0120, "Missing attribute", "the peer wants an attribute that was not sent"),
            entry(0x0121, "Missing attribute value", "the peer wants a value for an attribute that was sent empty"),
            entry(
                    SOP_CLASS_NOT_SUPPORTED,
                    "Refused: SOP class not supported",
                    "the peer does not take this kind of object"),
            entry(0x0123, "No such action type", "the peer does not know this kind of action"),
            entry(0x0124, "Refused: not authorized", "the peer does not allow us this; ask who runs it"),
            entry(0x0210, "Duplicate invocation", "the number of this message was in use"),
            entry(UNRECOGNIZED_OPERATION, "Unrecognized operation", "the peer does not offer this operation"),
            entry(0x0212, "Mistyped argument", "the peer does not expect one of the arguments that were sent"),
            entry(
                    RESOURCE_LIMITATION,
                    "Resource limitation",
                    "the peer has no room or time for it now; try again later"),
            entry(CANCEL, "Cancelled", "it was ended on request"),
            entry(PENDING, "Pending", "more follows"),
            entry(
                    0xFF01,
                    "Pending, some optional keys not supported",
                    "more follows; the peer did not match some of the keys"));

    private static final Map<Integer, Entry> STORE = Map.ofEntries(
            entry(
                    OUT_OF_RESOURCES,
                    "Refused: out of resources",
                    "the peer has no room for it; make room there, and send it again"),
            entry(
                    DATASET_DOES_NOT_MATCH,
                    "Data set does not match SOP class",
                    "the peer finds that the object is not of the kind that it claims to be"),
            entry(CANNOT_UNDERSTAND, "Cannot understand", "the peer does not understand the object; look into its log"),
            entry(0xB000, "Coercion of data elements", "it was stored, but the peer changed some attributes"),
            entry(0xB006, "Elements discarded", "it was stored, but the peer left out some attributes"),
            entry(
                    0xB007,
                    "Data set does not match SOP class",
                    "it was stored, although the peer finds that it is not of the kind that it claims to be"));

    private static final Map<Integer, Entry> QUERY = Map.ofEntries(
            entry(
                    OUT_OF_RESOURCES,
                    "Refused: out of resources",
                    "the peer could not do it now; ask for less, or try again later"),
            entry(
                    0xA701,
                    "Refused: unable to calculate number of matches",
                    "the peer could not count what matches; ask for less, or try again later"),
            entry(
                    0xA702,
                    "Refused: unable to perform sub-operations",
                    "the peer could not send what matches; look into its log"),
            entry(
                    0xA801,
                    "Refused: move destination unknown",
                    "the peer does not know whom to send to: add our title and address there"),
            entry(DATASET_DOES_NOT_MATCH, "Identifier does not match SOP class", "the peer does not take such keys"),
            entry(CANNOT_UNDERSTAND, "Unable to process", "the peer could not work on the request; look into its log"),
            entry(0xB000, "Sub-operations complete, some failed", "not all that matched was sent"));

    private StatusTable() {}

    static DimseStatus of(Operation operation, int code) {
        Map<Integer, Entry> special = switch (operation) {
            case C_STORE -> STORE;
            case C_FIND, C_MOVE, C_GET -> QUERY;
            default -> Map.of();
        };
        Entry entry = special.get(code);
        if (entry == null) {
            entry = GENERAL.get(code);
        }
        if (entry == null) {
            entry = special.get(familyOf(code));
        }
        Kind kind = kindOf(code);
        if (entry == null) {
            entry = new Entry(
                    "Unknown status",
                    kind == Kind.WARNING
                            ? "it was done, with a warning that the standard does not know"
                            : "it failed for a reason that the standard does not know; look into the peer's log");
        }
        return new DimseStatus(code, kind, entry.name, entry.meaning, "", List.of());
    }

    /** Codes A7xx, A9xx and Cxxx are one each; the digits are the peer's own. */
    private static int familyOf(int code) {
        if (code >>> 12 == 0xC) {
            return CANNOT_UNDERSTAND;
        }
        return code & 0xFF00;
    }

    private static Kind kindOf(int code) {
        return switch (code) {
            case SUCCESS -> Kind.SUCCESS;
            case PENDING, 0xFF01 -> Kind.PENDING;
            case CANCEL -> Kind.CANCEL;
            case 0x0001, 0x0107, 0x0116 -> Kind.WARNING;
            default -> code >>> 12 == 0xB ? Kind.WARNING : Kind.FAILURE;
        };
    }

    static boolean isTransient(int code) {
        return code == PROCESSING_FAILURE || code == RESOURCE_LIMITATION || (code & 0xFF00) == OUT_OF_RESOURCES;
    }

    private static Map.Entry<Integer, Entry> entry(int code, String name, String meaning) {
        return Map.entry(code, new Entry(name, meaning));
    }
}
