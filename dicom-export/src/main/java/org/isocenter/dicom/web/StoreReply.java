package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.web.StoreOutcome.Kind;

/** What a server says of each instance that it was sent (PS3.18 10.5.3 and annex I). Immutable once read. */
final class StoreReply {
    private static final int LOOKED_AT = 64;
    private static final int OUT_OF_RESOURCES = 0xA7;
    private static final int DOES_NOT_MATCH = 0xA9;
    private static final int CANNOT_UNDERSTAND = 0xC0;

    /** @param reason a sentence */
    record Verdict(Kind kind, String reason) {}

    private final Map<String, Verdict> verdicts = new HashMap<>();
    private final int status;

    private StoreReply(int status) {
        this.status = status;
    }

    /**
     * @param status 200, 202 or 409
     * @param body DICOM JSON or XML; whatever else there is counts as nothing told
     */
    static StoreReply of(String where, int status, byte[] body) {
        StoreReply reply = new StoreReply(status);
        for (Attributes dataset : datasets(where, body)) {
            for (Attributes item : dataset.getSequence(Tag.ReferencedSOPSequence)) {
                reply.put(item, stored(code(item, Tag.WarningReason)));
            }
            // Behind those that are stored: a server that names one twice does not have it for certain.
            for (Attributes item : dataset.getSequence(Tag.FailedSOPSequence)) {
                reply.put(item, failed(code(item, Tag.FailureReason)));
            }
        }
        return reply;
    }

    /** Whether it names an instance at all. */
    boolean tellsOfAny() {
        return !verdicts.isEmpty();
    }

    /** Of one instance that was sent. A bare 200 says that all are stored (PS3.18 table 10.5.3-1). */
    Verdict of(String sopInstanceUid) {
        Verdict verdict = verdicts.get(sopInstanceUid);
        if (verdict != null) {
            return verdict;
        }
        if (status == 200) {
            return new Verdict(Kind.STORED, "");
        }
        return new Verdict(Kind.TRY_LATER, "the server does not say whether it stored it");
    }

    private static List<Attributes> datasets(String where, byte[] body) {
        try {
            if (body.length == 0) {
                return List.of();
            }
            JsonNode told = isXml(body) ? DicomXmlReader.read(where, body) : Json.parse(where, body);
            return DicomJsonReader.read(where, told, DicomJsonReader.BulkData.LEFT_OUT);
        } catch (IOException e) {
            // A page for people, garbage: then the status alone counts, and for all alike.
            return List.of();
        }
    }

    /** By what it begins with: servers give types that are wrong, or none. */
    private static boolean isXml(byte[] body) {
        String start = new String(body, 0, Math.min(body.length, LOOKED_AT), StandardCharsets.UTF_8);
        return start.replace("\uFEFF", "").stripLeading().startsWith("<");
    }

    private void put(Attributes item, Verdict verdict) {
        String uid = item.getString(Tag.ReferencedSOPInstanceUID);
        if (uid != null) {
            verdicts.put(uid, verdict);
        }
    }

    private static int code(Attributes item, int tag) {
        byte[] value = item.getBytes(tag);
        return value.length < 2 ? 0 : (value[0] & 0xFF) | (value[1] & 0xFF) << 8;
    }

    private static Verdict stored(int warning) {
        return switch (warning) {
            case 0 -> new Verdict(Kind.STORED, "");
            case 0xB000 -> new Verdict(Kind.WARNING, "the server changed some of its data elements");
            case 0xB006 -> new Verdict(Kind.WARNING, "the server left some of its data elements out");
            case 0xB007 -> new Verdict(Kind.WARNING, "the server finds that it does not match its SOP class");
            default -> new Verdict(Kind.WARNING, "the server stored it with a warning" + hex(warning));
        };
    }

    private static Verdict failed(int reason) {
        return switch (reason) {
            case 0x0110 -> new Verdict(Kind.TRY_LATER, "the server failed to process it" + hex(reason));
            // After a lost reply the same instance is sent again: the server has it then.
            case 0x0111 -> new Verdict(Kind.WARNING, "the server had it already" + hex(reason));
            case 0x0122 -> new Verdict(Kind.REFUSED, "the server does not take this kind of object" + hex(reason));
            case 0x0124 -> new Verdict(Kind.REFUSED, "these credentials may not store it" + hex(reason));
            default -> failedByClass(reason);
        };
    }

    private static Verdict failedByClass(int reason) {
        return switch (reason >>> 8) {
            case OUT_OF_RESOURCES ->
                new Verdict(Kind.TRY_LATER, "the server has no room or means for it" + hex(reason));
            case DOES_NOT_MATCH ->
                new Verdict(Kind.REFUSED, "the server finds that it does not match its SOP class" + hex(reason));
            default ->
                reason >>> 8 >= CANNOT_UNDERSTAND && reason >>> 8 < 0xD0
                        ? new Verdict(Kind.REFUSED, "the server cannot understand it" + hex(reason))
                        : new Verdict(Kind.REFUSED, "the server refuses it" + hex(reason));
        };
    }

    private static String hex(int code) {
        return String.format(Locale.ROOT, " (%04X)", code);
    }
}
