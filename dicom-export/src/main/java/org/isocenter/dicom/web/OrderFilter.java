package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isocenter.dicom.workflow.WorklistQuery;
import org.isocenter.model.ScheduledStep;

/** Sifts what a server that does not know all search parameters has told too much of. Pure. */
final class OrderFilter {
    private static final Set<String> INTENTS =
            Set.of("order", "original-order", "reflex-order", "filler-order", "instance-order");

    private OrderFilter() {}

    /** Whether it asks for what we can do, and may be meant for these days. */
    static boolean isWanted(JsonNode request, ServiceRequestReader reader, WorklistQuery query) {
        LocalDate day = reader.day();
        boolean inTime = day == null
                || (query.from() == null || !day.isBefore(query.from()))
                        && (query.to() == null || !day.isAfter(query.to()));
        boolean forUs = reader.modality().isEmpty()
                || query.modality().isEmpty()
                || reader.modality().equals(query.modality());
        return request.path("status").asText().equals("active")
                && INTENTS.contains(request.path("intent").asText())
                && !request.path("doNotPerform").asBoolean()
                && !reader.isForLaboratory()
                && inTime
                && forUs;
    }

    /** Whether patient and numbers are those that were asked for. */
    static boolean matches(ScheduledStep step, WorklistQuery query) {
        return isLike(step.patient().name(), query.patientName())
                && isLike(step.patient().id(), query.patientId())
                && isLike(step.procedure().accessionNumber(), query.accessionNumber())
                && isLike(step.procedure().id(), query.requestedProcedureId());
    }

    /** As a worklist compares (PS3.4 C.2.2.2.4): {@code *} and {@code ?} are wild; names whatever their case. */
    private static boolean isLike(String text, String wanted) {
        if (wanted.isEmpty()) {
            return true;
        }
        String pattern = Pattern.compile("[*?]|[^*?]+")
                .matcher(wanted)
                .replaceAll(part -> Matcher.quoteReplacement(
                        switch (part.group()) {
                            case "*" -> ".*";
                            case "?" -> ".";
                            default -> Pattern.quote(part.group());
                        }));
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text)
                .matches();
    }
}
