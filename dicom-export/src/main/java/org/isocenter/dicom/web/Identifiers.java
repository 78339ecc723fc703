package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.isocenter.dicom.data.UID;

/** The identifiers of a FHIR resource, by what they are for. Pure. */
final class Identifiers {
    static final String DICOM_UID = "urn:dicom:uid";
    static final String UID_PREFIX = "urn:oid:";

    /** Types (HL7 v2 table 0203) by which a patient is not known in a hospital's own records. */
    private static final Set<String> NOT_OURS = Set.of("SS", "SB", "PPN", "DL", "TAX", "NI", "NIIP", "PN");

    private static final List<Predicate<JsonNode>> PATIENT_PREFERENCE = List.of(
            identifier -> hasType(identifier, "MR"),
            identifier -> hasType(identifier, "PI") || hasType(identifier, "PT"),
            identifier -> identifier.path("use").asText().equals("official"),
            identifier -> identifier.path("use").asText().equals("usual"),
            identifier -> true);

    private Identifiers() {}

    /** The values of one type of HL7 v2 table 0203, e.g. ACSN. */
    static Set<String> ofType(JsonNode resource, String type) {
        return values(resource, identifier -> hasType(identifier, type));
    }

    /** UIDs among them: in DICOM's own system, or as OID URNs. */
    static Set<String> uids(JsonNode resource) {
        Set<String> uids = new LinkedHashSet<>();
        for (JsonNode identifier : resource.path("identifier")) {
            String value = identifier.path("value").asText();
            boolean urn = value.startsWith(UID_PREFIX);
            String uid = urn ? value.substring(UID_PREFIX.length()) : value;
            boolean dicom = identifier.path("system").asText().equals(DICOM_UID);
            if ((urn || dicom) && UID.isValid(uid)) {
                uids.add(uid);
            }
        }
        return uids;
    }

    /**
     * What the hospital calls a patient: the medical record number, else an internal number, else the official, else the
     * usual, else the only one. Empty when the first of these that there is, is there twice.
     */
    static Optional<String> patientId(JsonNode patient, Instant now) {
        for (Predicate<JsonNode> preference : PATIENT_PREFERENCE) {
            Set<String> values = values(
                    patient,
                    identifier -> preference.test(identifier) && isOurs(identifier) && isCurrent(identifier, now));
            if (!values.isEmpty()) {
                return values.size() == 1 ? values.stream().findFirst() : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Set<String> values(JsonNode resource, Predicate<JsonNode> wanted) {
        Set<String> values = new LinkedHashSet<>();
        for (JsonNode identifier : resource.path("identifier")) {
            String value = identifier.path("value").asText().strip();
            if (!value.isEmpty() && wanted.test(identifier)) {
                values.add(value);
            }
        }
        return values;
    }

    private static boolean hasType(JsonNode identifier, String type) {
        for (JsonNode coding : identifier.at("/type/coding")) {
            if (coding.path("code").asText().equals(type)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOurs(JsonNode identifier) {
        for (JsonNode coding : identifier.at("/type/coding")) {
            if (NOT_OURS.contains(coding.path("code").asText())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCurrent(JsonNode identifier, Instant now) {
        if (identifier.path("use").asText().equals("old")) {
            return false;
        }
        String end = identifier.at("/period/end").asText();
        try {
            return end.isEmpty() || OffsetDateTime.parse(end).toInstant().isAfter(now);
        } catch (DateTimeParseException e) {
            // A day, month or year: over when its text is before today's.
            String today = now.toString();
            return end.compareTo(today.substring(0, Math.min(end.length(), today.length()))) >= 0;
        }
    }
}
