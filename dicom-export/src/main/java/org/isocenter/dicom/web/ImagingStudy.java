package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;

/**
 * What is told of a study: its series and instances, gathered from their data sets, as a FHIR R4 ImagingStudy. One thread at
 * a time.
 */
public final class ImagingStudy {
    private static final String DICOM_CODES = "http://dicom.nema.org/resources/ontology/DCM";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

    private record Series(
            String uid,
            int number,
            String modality,
            String description,
            String started,
            Map<String, ObjectNode> instances) {}

    private final String uid;
    private final ZoneId zone;
    private final Optional<String> wadoUrl;
    private final Map<String, Series> series = new LinkedHashMap<>();
    private String patientId = "";
    private String accessionNumber = "";
    private String description = "";
    private String started = "";

    /**
     * @param uid StudyInstanceUID
     * @param zone of times that come without one
     * @param wadoUrl DICOMweb service from which the images can be had
     */
    public ImagingStudy(String uid, ZoneId zone, Optional<String> wadoUrl) {
        this.uid = uid;
        this.zone = zone;
        this.wadoUrl = wadoUrl;
    }

    public String uid() {
        return uid;
    }

    String patientId() {
        return patientId;
    }

    /**
     * Adds an instance; one that is there already changes nothing.
     *
     * @throws IllegalArgumentException when it is of another study, or of another patient than those before
     */
    public void add(Attributes instance) {
        String patient = text(instance, Tag.PatientID);
        if (!uid.equals(text(instance, Tag.StudyInstanceUID)) || !series.isEmpty() && !patient.equals(patientId)) {
            throw new IllegalArgumentException("an instance of another study or patient");
        }
        patientId = patient;
        accessionNumber = text(instance, Tag.AccessionNumber);
        description = text(instance, Tag.StudyDescription);
        started = moment(instance, Tag.StudyDate, Tag.StudyTime);
        String seriesUid = text(instance, Tag.SeriesInstanceUID);
        Series into = series.computeIfAbsent(
                seriesUid,
                key -> new Series(
                        key,
                        number(instance, Tag.SeriesNumber),
                        text(instance, Tag.Modality),
                        text(instance, Tag.SeriesDescription),
                        moment(instance, Tag.SeriesDate, Tag.SeriesTime),
                        new LinkedHashMap<>()));
        ObjectNode told = Json.object().put("uid", text(instance, Tag.SOPInstanceUID));
        told.putObject("sopClass")
                .put("system", "urn:ietf:rfc:3986")
                .put("code", Identifiers.UID_PREFIX + text(instance, Tag.SOPClassUID));
        int number = number(instance, Tag.InstanceNumber);
        if (number >= 0) {
            told.put("number", number);
        }
        into.instances().putIfAbsent(text(instance, Tag.SOPInstanceUID), told);
    }

    /** @param subject reference of the patient; @param order reference of the order */
    JsonNode toJson(String subject, Optional<String> order) {
        ObjectNode study = Json.object().put("resourceType", "ImagingStudy");
        wadoUrl.ifPresent(url -> putEndpoint(study, url));
        ArrayNode identifiers = study.putArray("identifier");
        identifiers.addObject().put("system", Identifiers.DICOM_UID).put("value", Identifiers.UID_PREFIX + uid);
        if (!accessionNumber.isEmpty()) {
            ObjectNode accession = identifiers.addObject();
            accession
                    .putObject("type")
                    .putArray("coding")
                    .addObject()
                    .put("system", "http://terminology.hl7.org/CodeSystem/v2-0203")
                    .put("code", "ACSN");
            accession.put("value", accessionNumber);
        }
        study.put("status", "available");
        study.putObject("subject").put("reference", subject);
        if (!started.isEmpty()) {
            study.put("started", started);
        }
        order.ifPresent(reference -> putOrder(study, reference));
        if (wadoUrl.isPresent()) {
            study.putArray("endpoint").addObject().put("reference", "#wado");
        }
        if (!description.isEmpty()) {
            study.put("description", description);
        }
        putSeries(study);
        return study;
    }

    /**
     * The resource that is there, with what it does not have yet; whatever else it holds stays.
     *
     * @throws IllegalArgumentException when it is built in a way that is no ImagingStudy
     */
    JsonNode mergedInto(JsonNode present, Optional<String> order) {
        if (!isWellBuilt(present)) {
            throw new IllegalArgumentException("no ImagingStudy");
        }
        ObjectNode merged = present.deepCopy();
        order.filter(reference -> !present.path("basedOn").toString().contains("\"" + reference + "\""))
                .ifPresent(reference -> putOrder(merged, reference));
        putSeries(merged);
        return merged;
    }

    private static boolean isWellBuilt(JsonNode study) {
        boolean whole = study.isObject() && isObjects(study.path("series")) && isObjects(study.path("basedOn"));
        for (JsonNode one : study.path("series")) {
            whole &= isObjects(one.path("instance"));
        }
        return whole;
    }

    private static boolean isObjects(JsonNode array) {
        boolean objects = array.isMissingNode() || array.isArray();
        for (JsonNode one : array) {
            objects &= one.isObject();
        }
        return objects;
    }

    private static void putOrder(ObjectNode study, String reference) {
        study.withArrayProperty("basedOn").addObject().put("reference", reference);
    }

    /** A DICOMweb service (R4 valueset endpoint-connection-type), inside the resource: nobody else refers to it. */
    private static void putEndpoint(ObjectNode study, String url) {
        ObjectNode endpoint = study.putArray("contained")
                .addObject()
                .put("resourceType", "Endpoint")
                .put("id", "wado")
                .put("status", "active");
        endpoint.putObject("connectionType")
                .put("system", "http://terminology.hl7.org/CodeSystem/endpoint-connection-type")
                .put("code", "dicom-wado-rs");
        endpoint.putArray("payloadType").addObject().put("text", "DICOM");
        endpoint.put("address", url);
    }

    private void putSeries(ObjectNode study) {
        ArrayNode all = study.withArrayProperty("series");
        for (Series one : series.values()) {
            ObjectNode told = find(all, one.uid()).orElseGet(() -> newSeries(all, one));
            ArrayNode instances = told.withArrayProperty("instance");
            one.instances().forEach((instanceUid, instance) -> {
                if (find(instances, instanceUid).isEmpty()) {
                    instances.add(instance);
                }
            });
            told.put("numberOfInstances", counted(told, instances.size()));
        }
        int count = 0;
        Set<String> modalities = new LinkedHashSet<>();
        for (JsonNode one : all) {
            count += counted(one, one.path("instance").size());
            modalities.add(one.at("/modality/code").asText());
        }
        modalities.remove("");
        study.put(
                "numberOfSeries",
                Math.max(all.size(), study.path("numberOfSeries").asInt()));
        study.put("numberOfInstances", count);
        ArrayNode kinds = study.putArray("modality");
        modalities.forEach(code -> kinds.addObject().put("system", DICOM_CODES).put("code", code));
    }

    /** A series that someone else told of may have more instances than it lists. */
    private static int counted(JsonNode series, int listed) {
        return Math.max(listed, series.path("numberOfInstances").asInt());
    }

    private static ObjectNode newSeries(ArrayNode all, Series one) {
        ObjectNode told = all.addObject().put("uid", one.uid());
        if (one.number() >= 0) {
            told.put("number", one.number());
        }
        told.putObject("modality").put("system", DICOM_CODES).put("code", one.modality());
        if (!one.description().isEmpty()) {
            told.put("description", one.description());
        }
        if (!one.started().isEmpty()) {
            told.put("started", one.started());
        }
        return told;
    }

    private static Optional<ObjectNode> find(ArrayNode all, String uid) {
        for (JsonNode one : all) {
            if (one.path("uid").asText().equals(uid)) {
                return Optional.of((ObjectNode) one);
            }
        }
        return Optional.empty();
    }

    private static String text(Attributes from, int tag) {
        String text = from.getString(tag);
        return text == null ? "" : text;
    }

    /** FHIR counts from 0: a negative number, or none, is left out. */
    private static int number(Attributes from, int tag) {
        return Math.max(-1, from.getInt(tag, -1));
    }

    /** With its zone, which FHIR wants beside a time; a day alone when the time is not known. */
    private String moment(Attributes from, int dateTag, int timeTag) {
        try {
            LocalDate day = LocalDate.parse(text(from, dateTag), DateTimeFormatter.BASIC_ISO_DATE);
            String time = text(from, timeTag);
            if (time.length() < 6) {
                return day.toString();
            }
            LocalTime clock = LocalTime.parse(time.substring(0, 6), TIME);
            String offset = text(from, Tag.TimezoneOffsetFromUTC);
            ZoneOffset there = offset.isEmpty() ? zone.getRules().getOffset(day.atTime(clock)) : ZoneOffset.of(offset);
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(OffsetDateTime.of(day, clock, there));
        } catch (DateTimeException e) {
            return "";
        }
    }
}
