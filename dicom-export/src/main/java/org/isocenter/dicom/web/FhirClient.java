package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.isocenter.dicom.web.WebException.Kind;
import org.isocenter.dicom.workflow.WorklistEntry;
import org.isocenter.dicom.workflow.WorklistQuery;

/**
 * Orders in, image lists out, with a hospital's record system that speaks HL7 FHIR R4. Orders are only read: their state is
 * the hospital's to change. Any thread, several at once; every call ends, as in {@link DicomWebClient}.
 */
public final class FhirClient {
    /** A server that does not know a parameter may refuse the whole search: then what it may know is asked, and sifted here. */
    private static final Set<Integer> NOT_UNDERSTOOD = Set.of(400, 422, 501);

    private final WebConnection connection;
    private final FhirServer server;
    private final URI base;

    /** @throws WebException of kind TLS when a certificate or key cannot be read */
    public FhirClient(WebSettings settings) throws WebException {
        connection = new WebConnection(settings);
        server = new FhirServer(connection);
        base = settings.base();
    }

    /** Ends what is under way, from any thread, with {@link Kind#CANCELLED}; nothing can be asked afterwards. */
    public void abort() {
        connection.abort();
    }

    /** Whether the server is there, speaks FHIR R4 and takes the credentials. */
    public void check() throws IOException {
        JsonNode capabilities = server.get(connection.uri("/metadata")).resource();
        String version = capabilities.path("fhirVersion").asText();
        if (!version.startsWith("4.")) {
            throw new WebException(
                    Kind.PROTOCOL, base + ": the server does not say that it speaks FHIR R4 (4.0): check the address");
        }
        server.search("ServiceRequest", "_count=1");
    }

    /**
     * Orders that are active and match; those that do not tell their day or modality are always among them, since only a person
     * can say whether they are meant. Orders know no scanner: the query's station is not looked at.
     *
     * @param zone in which days begin here, and times are told
     */
    public Orders orders(WorklistQuery query, ZoneId zone) throws IOException {
        FhirServer.Answer answer = search(query);
        List<WorklistEntry> entries = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        if (!answer.complete()) {
            notes.add("the server has more orders than are read: ask for fewer days");
        }
        boolean asksForStudies = true;
        for (JsonNode request : answer.matches()) {
            ServiceRequestReader reader = new ServiceRequestReader(request, zone);
            if (!OrderFilter.isWanted(request, reader, query)) {
                continue;
            }
            String id = request.path("id").asText();
            Set<String> uids = new LinkedHashSet<>(Identifiers.uids(request));
            if (uids.isEmpty() && asksForStudies) {
                Optional<Set<String>> known = studiesOf(id);
                asksForStudies = known.isPresent();
                uids.addAll(known.orElse(Set.of()));
            }
            JsonNode patient = resolve(request, request.path("subject"), answer.others());
            entries.add(reader.read(
                    patient, requester(request, answer.others()), uids, ServiceRequestReader.studyUid(base, id)));
        }
        return new Orders(entries, notes);
    }

    /**
     * Tells of a study: makes its ImagingStudy, or adds to the one that is there what it does not have yet. It belongs to the
     * one patient whose identifier is the study's, and to the order that it was made for.
     *
     * @throws WebException of kind REFUSED when the patient is not there, or not for certain; of kind BUSY when someone else
     *     changed it at the same time
     */
    public void tell(ImagingStudy study) throws IOException {
        String condition = "identifier=" + encoded(Identifiers.DICOM_UID + "|" + Identifiers.UID_PREFIX + study.uid());
        // A server that does not know the parameter may answer with all that it has.
        List<JsonNode> there = server.search("ImagingStudy", condition).matches().stream()
                .filter(one -> Identifiers.uids(one).contains(study.uid()))
                .toList();
        if (there.size() > 1) {
            throw new WebException(
                    Kind.REFUSED, base + ": has several ImagingStudy of this study: have them merged there");
        }
        JsonNode patient = patient(study);
        Optional<String> order = order(study, patient);
        if (there.isEmpty()) {
            server.create(study.toJson(FhirServer.reference(patient), order), condition);
            return;
        }
        String subject = there.get(0).at("/subject/reference").asText();
        if (!subject.endsWith(FhirServer.reference(patient))) {
            throw new WebException(
                    Kind.REFUSED, base + ": has this study as another patient's: have it put right there");
        }
        FhirServer.Versioned present = server.get(connection.uri("/" + FhirServer.reference(there.get(0))));
        JsonNode merged;
        try {
            merged = study.mergedInto(present.resource(), order);
        } catch (IllegalArgumentException e) {
            throw new WebException(Kind.PROTOCOL, base + ": what it has of this study is no ImagingStudy");
        }
        if (!merged.equals(present.resource())) {
            update(merged, present.etag());
        }
    }

    private void update(JsonNode merged, String etag) throws IOException {
        try {
            server.update(merged, etag);
        } catch (WebException e) {
            if (e.status() != 409 && e.status() != 412) {
                throw e;
            }
            throw new WebException(
                    Kind.BUSY, e.status(), null, base + ": someone else changed the study's list meanwhile: try again");
        }
    }

    private FhirServer.Answer search(WorklistQuery query) throws IOException {
        String includes = "&_include=ServiceRequest:patient&_include=ServiceRequest:requester";
        String days = (query.from() == null ? "" : "&occurrence=ge" + query.from())
                + (query.to() == null ? "" : "&occurrence=le" + query.to());
        List<String> attempts = List.of(
                "_count=50&status=active&intent=order" + days + includes, "_count=50" + days + includes, "_count=50");
        WebException latest = null;
        for (String attempt : attempts) {
            try {
                return server.search("ServiceRequest", attempt);
            } catch (WebException e) {
                if (!NOT_UNDERSTOOD.contains(e.status())) {
                    throw e;
                }
                latest = e;
            }
        }
        throw latest;
    }

    /** What studies the server already has for an order; empty when it cannot be asked. */
    private Optional<Set<String>> studiesOf(String requestId) throws IOException {
        try {
            Set<String> uids = new LinkedHashSet<>();
            for (JsonNode study : server.search("ImagingStudy", "basedon=" + encoded("ServiceRequest/" + requestId))
                    .matches()) {
                // A server that does not know the parameter may answer with all that it has.
                if (isBasedOn(study, requestId)) {
                    uids.addAll(Identifiers.uids(study));
                }
            }
            return Optional.of(uids);
        } catch (WebException e) {
            if (e.kind() != Kind.REFUSED && !NOT_UNDERSTOOD.contains(e.status())) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static boolean isBasedOn(JsonNode study, String requestId) {
        for (JsonNode order : study.path("basedOn")) {
            if (("/" + order.path("reference").asText()).endsWith("/ServiceRequest/" + requestId)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode resolve(JsonNode from, JsonNode reference, Map<String, JsonNode> others) throws IOException {
        try {
            return server.resolve(from, reference.path("reference").asText(), others);
        } catch (WebException e) {
            if (e.kind() != Kind.REFUSED) {
                throw e;
            }
            return Json.object().path("");
        }
    }

    private String requester(JsonNode request, Map<String, JsonNode> others) throws IOException {
        JsonNode reference = request.path("requester");
        JsonNode who = resolve(request, reference, others);
        if (who.path("resourceType").asText().equals("PractitionerRole")) {
            who = resolve(who, who.path("practitioner"), others);
        }
        String name = HumanNames.toPersonName(who.path("name"));
        return name.isEmpty() ? HumanNames.clean(reference.path("display").asText()) : name;
    }

    private JsonNode patient(ImagingStudy study) throws IOException {
        List<JsonNode> found = study.patientId().isEmpty()
                ? List.of()
                : server.search("Patient", "identifier=" + encoded(study.patientId())).matches().stream()
                        .filter(patient -> Identifiers.patientId(patient, Instant.now())
                                .filter(study.patientId()::equals)
                                .isPresent())
                        .toList();
        if (found.size() != 1) {
            throw new WebException(
                    Kind.REFUSED,
                    base
                            + (found.isEmpty()
                                    ? ": knows no patient with the identifier of this study"
                                    : ": knows several patients with the identifier of this study")
                            + ": put the patient right there, then send again");
        }
        return found.get(0);
    }

    /** The order whose study this is: by the study's UID, which the order brought or was given here. */
    private Optional<String> order(ImagingStudy study, JsonNode patient) throws IOException {
        try {
            String query = "_count=50&patient=" + encoded(FhirServer.reference(patient));
            for (JsonNode request : server.search("ServiceRequest", query).matches()) {
                String id = request.path("id").asText();
                boolean brought = Identifiers.uids(request).contains(study.uid());
                if (brought || ServiceRequestReader.studyUid(base, id).equals(study.uid())) {
                    return Optional.of("ServiceRequest/" + id);
                }
            }
            return Optional.empty();
        } catch (WebException e) {
            if (e.kind() != Kind.REFUSED) {
                throw e;
            }
            // A server without orders, or one that does not show them: the study stands alone.
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
