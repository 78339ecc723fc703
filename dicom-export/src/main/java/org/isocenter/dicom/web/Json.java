package org.isocenter.dicom.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON from others: bounded in depth, length and number of values, numbers to the last digit. Any thread. */
final class Json {
    /** A DICOM sequence takes four levels: its attribute, its Value, the item, the attribute in it. */
    private static final int MAX_DEPTH = 80;

    private static final int MAX_TEXT = 16 << 20;
    /** An empty object, two tokens, takes a hundred bytes of memory. */
    private static final int MAX_TOKENS = 2_000_000;

    private static final int MAX_NUMBER = 64;
    private static final int MAX_NAME = 256;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_TEXT)
                            .maxTokenCount(MAX_TOKENS)
                            .maxNumberLength(MAX_NUMBER)
                            .maxNameLength(MAX_NAME)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * @param source what the bytes came from, for the message
     * @throws WebException of kind PROTOCOL; its message tells where, and nothing of what is there
     */
    static JsonNode parse(String source, byte[] bytes) throws WebException {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (node == null || node.isMissingNode()) {
                throw new WebException(WebException.Kind.PROTOCOL, source + ": the reply is empty, expected JSON");
            }
            return node;
        } catch (JsonProcessingException e) {
            // Without its cause: its message repeats what was read.
            JsonLocation at = e.getLocation();
            throw new WebException(
                    WebException.Kind.PROTOCOL,
                    source + ": no usable JSON"
                            + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
        } catch (WebException e) {
            throw e;
        } catch (IOException e) {
            throw new WebException(WebException.Kind.PROTOCOL, source + ": the text of the JSON is not UTF-8");
        }
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
