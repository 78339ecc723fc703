package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.isocenter.dicom.workflow.WorklistEntry;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.Code;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientCare;
import org.isocenter.model.RequestedProcedure;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Side;

/** Makes a worklist entry of one FHIR R4 ServiceRequest. What it does not tell is a problem, never a guess. One thread. */
final class ServiceRequestReader {
    private static final String DICOM_CODES = "http://dicom.nema.org/resources/ontology/DCM";
    /** For codes of a system that DICOM has no designator for: it begins as private ones must (PS3.3 8.2). */
    private static final String LOCAL_SCHEME = "99LOCAL";

    private static final Map<String, String> SCHEMES = Map.of(
            DICOM_CODES,
            "DCM",
            "http://snomed.info/sct",
            "SCT",
            "http://loinc.org",
            "LN",
            "http://www.radlex.org",
            "RADLEX",
            "http://radlex.org",
            "RADLEX",
            "http://www.ama-assn.org/go/cpt",
            "C4",
            "http://hl7.org/fhir/sid/icd-10",
            "I10",
            "http://terminology.hl7.org/CodeSystem/umls",
            "UMLS");

    private static final Map<String, String> PRIORITIES =
            Map.of("stat", "STAT", "asap", "HIGH", "urgent", "HIGH", "routine", "ROUTINE");
    private static final Map<String, String> SEXES = Map.of("male", "M", "female", "F", "other", "O");

    /** Laboratory procedure in SNOMED CT, and in HL7 v2 table 0074. */
    private static final Set<String> LABORATORY = Set.of("108252007", "LAB", "laboratory");

    private static final int MAX_SHORT_TEXT = 16;

    private final JsonNode request;
    private final ZoneId zone;
    private final List<String> problems = new ArrayList<>();

    /** @param zone in which the times are told */
    ServiceRequestReader(JsonNode request, ZoneId zone) {
        this.request = request;
        this.zone = zone;
    }

    /** Of the service that is asked for, as the order has it; empty when it does not tell. */
    String modality() {
        for (String place : List.of("orderDetail", "category")) {
            for (JsonNode concept : request.path(place)) {
                for (JsonNode coding : concept.path("coding")) {
                    if (coding.path("system").asText().equals(DICOM_CODES)) {
                        return coding.path("code").asText();
                    }
                }
            }
        }
        return "";
    }

    /** Whether it is told to be work of the laboratory, of which many servers list far more than of images. */
    boolean isForLaboratory() {
        for (JsonNode concept : request.path("category")) {
            for (JsonNode coding : concept.path("coding")) {
                if (LABORATORY.contains(coding.path("code").asText())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Planned for when, in our zone; null when it does not tell the day. */
    LocalDate day() {
        String text = occurrence();
        LocalDateTime moment = moment(text);
        if (moment != null) {
            return moment.toLocalDate();
        }
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /**
     * A UID for the images of an order that brings none: always the same for the same order of the same server
     * (PS3.5 B.2, with a UUID made from its name).
     */
    static String studyUid(URI base, String requestId) {
        byte[] name = (base + "/ServiceRequest/" + requestId).getBytes(StandardCharsets.UTF_8);
        UUID uuid = UUID.nameUUIDFromBytes(name);
        BigInteger high = new BigInteger(Long.toUnsignedString(uuid.getMostSignificantBits()));
        return "2.25." + high.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(uuid.getLeastSignificantBits())));
    }

    /**
     * @param patient the resource; missing when the server would not show it
     * @param requesterName PN; may be empty
     * @param studyUids what the server already calls the study; when empty, {@code madeUid} it is
     */
    WorklistEntry read(JsonNode patient, String requesterName, Set<String> studyUids, String madeUid) {
        String id = procedureId();
        List<Code> codes = codes();
        String description = description(codes);
        RequestedProcedure procedure = new RequestedProcedure(
                id,
                description,
                codes,
                studyUid(studyUids, madeUid),
                List.of(),
                PRIORITIES.getOrDefault(request.path("priority").asText(), ""),
                accessionNumber(),
                "",
                requesterName);
        LocalDateTime moment = moment(occurrence());
        LocalTime time = moment == null ? null : moment.toLocalTime();
        ScheduledStep step = new ScheduledStep(
                id,
                description,
                codes,
                modality(),
                "",
                "",
                "",
                day(),
                time,
                "",
                "",
                "",
                procedure,
                patient(patient),
                PatientCare.UNKNOWN,
                anatomy());
        WorklistEntry entry = WorklistEntry.of(step);
        List<String> all = new ArrayList<>(problems);
        all.addAll(entry.problems());
        return new WorklistEntry(step, all, entry.usable());
    }

    private Patient patient(JsonNode patient) {
        if (patient.isMissingNode()) {
            problems.add("the server does not show the patient: see that these credentials may read patients");
            return Patient.UNKNOWN;
        }
        String name = HumanNames.toPersonName(patient.path("name"));
        if (!name.isEmpty() && !HumanNames.isInParts(patient.path("name"))) {
            problems.add("the server does not part the patient's name into family and given name");
        }
        String id = Identifiers.patientId(patient, Instant.now()).orElse("");
        if (id.isEmpty()) {
            problems.add(
                    "the server has no identifier of the patient, or several and none marked as the record number");
        }
        return new Patient(name, id, birthDate(patient), sex(patient), Double.NaN);
    }

    private LocalDate birthDate(JsonNode patient) {
        try {
            return LocalDate.parse(patient.path("birthDate").asText());
        } catch (DateTimeParseException e) {
            problems.add("the server has no birth date of the patient, or not to the day");
            return null;
        }
    }

    private String sex(JsonNode patient) {
        String sex = SEXES.getOrDefault(patient.path("gender").asText(), "");
        if (sex.isEmpty()) {
            problems.add("the server does not know the patient's sex");
        }
        return sex;
    }

    private String accessionNumber() {
        Set<String> numbers = Identifiers.ofType(request, "ACSN");
        if (numbers.size() != 1) {
            problems.add(
                    numbers.isEmpty()
                            ? "the order has no accession number"
                            : "the order has several accession numbers: none is taken");
            return "";
        }
        return numbers.iterator().next();
    }

    /** The filler's number, else the placer's, else the server's own, whichever first fits. */
    private String procedureId() {
        List<String> candidates = new ArrayList<>(Identifiers.ofType(request, "FILL"));
        candidates.addAll(Identifiers.ofType(request, "PLAC"));
        candidates.add(request.path("id").asText());
        for (String candidate : candidates) {
            if (!candidate.isEmpty() && candidate.length() <= MAX_SHORT_TEXT) {
                return candidate;
            }
        }
        problems.add("the order has no number of at most " + MAX_SHORT_TEXT + " characters: the study will have no id");
        return "";
    }

    private String studyUid(Set<String> known, String made) {
        if (known.size() > 1) {
            problems.add("the server has several study UIDs for this order: none is taken");
            return "";
        }
        return known.isEmpty() ? made : known.iterator().next();
    }

    private List<Code> codes() {
        List<Code> codes = new ArrayList<>();
        for (JsonNode coding : request.at("/code/coding")) {
            if (!coding.path("code").asText().isEmpty()) {
                codes.add(code(coding, request.at("/code/text").asText()));
            }
        }
        if (codes.isEmpty()) {
            problems.add("the order has no code for what is to be done: choose the protocol by hand");
        }
        return codes;
    }

    private static Code code(JsonNode coding, String meaning) {
        return new Code(
                coding.path("code").asText(),
                SCHEMES.getOrDefault(coding.path("system").asText(), LOCAL_SCHEME),
                coding.path("display").asText(meaning),
                coding.path("version").asText());
    }

    /** The part of the body and its side, where the order has codes for them that are known here. */
    private Anatomy anatomy() {
        List<Anatomy> told = new ArrayList<>();
        for (String place : List.of("bodySite", "orderDetail")) {
            for (JsonNode concept : request.path(place)) {
                for (JsonNode coding : concept.path("coding")) {
                    Code code = code(coding, "");
                    BodyPart.of(code).ifPresent(part -> told.add(new Anatomy(part, Side.UNKNOWN)));
                    Side.of(code).ifPresent(side -> told.add(new Anatomy(null, side)));
                }
            }
        }
        return Anatomy.agreed(told);
    }

    private String description(List<Code> codes) {
        String text = request.at("/code/text").asText();
        if (text.isEmpty()) {
            text = codes.stream()
                    .map(Code::meaning)
                    .filter(meaning -> !meaning.isEmpty())
                    .findFirst()
                    .orElse("");
        }
        return HumanNames.clean(text);
    }

    private String occurrence() {
        String moment = request.path("occurrenceDateTime").asText();
        return moment.isEmpty() ? request.at("/occurrencePeriod/start").asText() : moment;
    }

    private LocalDateTime moment(String text) {
        try {
            return OffsetDateTime.parse(text).atZoneSameInstant(zone).toLocalDateTime();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
