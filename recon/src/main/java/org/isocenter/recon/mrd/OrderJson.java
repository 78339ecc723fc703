package org.isocenter.recon.mrd;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.ScheduledStep;

/**
 * What was ordered and what is performed, as one line of text: for MRD headers and the archive. The JSON names of the records'
 * components stay as they are; what is added later is "not told" in older texts.
 */
public final class OrderJson {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .setSerializationInclusion(JsonInclude.Include.NON_NULL)
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL, true)
            .configure(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY, true)
            .registerModule(new SimpleModule()
                    .addSerializer(LocalDate.class, asText())
                    .addSerializer(LocalTime.class, asText())
                    .addSerializer(OffsetDateTime.class, asText())
                    .addDeserializer(LocalDate.class, fromText(LocalDate::parse))
                    .addDeserializer(LocalTime.class, fromText(LocalTime::parse))
                    .addDeserializer(OffsetDateTime.class, fromText(OffsetDateTime::parse)));

    private OrderJson() {}

    /** The steps' text: of one an object, of several an array, of none empty. */
    public static String write(List<ScheduledStep> steps) {
        return steps.size() > 1 ? text(steps) : text(steps.isEmpty() ? null : steps.get(0));
    }

    /** A step's text; empty for null. */
    public static String write(PerformedStep step) {
        return text(step);
    }

    /**
     * The steps of {@link #write}; none for an empty text.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static List<ScheduledStep> scheduled(String text) {
        ScheduledStep[] steps = value(text, ScheduledStep[].class);
        if (steps == null) {
            return List.of();
        }
        for (ScheduledStep step : steps) {
            if (step == null || step.procedure() == null) {
                throw new IllegalArgumentException("it is no scheduled step: it has no procedure");
            }
        }
        return List.of(steps);
    }

    /**
     * The step of {@link #write}; null for an empty text.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static PerformedStep performed(String text) {
        return value(text, PerformedStep.class);
    }

    private static String text(Object value) {
        try {
            return value == null ? "" : MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and dates cannot be written", e);
        }
    }

    private static <T> T value(String text, Class<T> type) {
        try {
            return text.isEmpty() ? null : MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            // Without the cause, which quotes the text: that may name the patient.
            throw new IllegalArgumentException("it is no " + type.getSimpleName() + " in JSON");
        }
    }

    private static <T> JsonSerializer<T> asText() {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator to, SerializerProvider provider) throws IOException {
                to.writeString(value.toString());
            }
        };
    }

    private static <T> JsonDeserializer<T> fromText(Function<String, T> parse) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser from, DeserializationContext context) throws IOException {
                String text = from.getText();
                try {
                    return parse.apply(text);
                } catch (DateTimeParseException e) {
                    throw context.weirdStringException(text, handledType(), "no date or time");
                }
            }
        };
    }
}
