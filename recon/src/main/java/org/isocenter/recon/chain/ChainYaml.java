package org.isocenter.recon.chain;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Chains as people write them:
 *
 * <pre>{@code
 * chain: mine
 * description: What it is for.
 * steps:
 *   - cartesian-grid
 *   - filter: {window: tukey, width: 0.3}
 * }</pre>
 */
public final class ChainYaml {
    private static final List<String> KEYS = List.of("chain", "description", "steps");

    private final StepRegistry registry;
    /** A mapper would do for more than it is needed for, and takes a tenth of a short command's time to make. */
    private final YAMLFactory yaml = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    public ChainYaml(StepRegistry registry) {
        this.registry = registry;
    }

    /** @throws IOException when there is no such file or it cannot be read */
    public Chain read(Path file) throws IOException, ChainFormatException {
        return parse(Files.readString(file), file.toString());
    }

    /** @param source named in error messages */
    public Chain parse(String text, String source) throws ChainFormatException {
        JsonNode root;
        try (JsonParser parser = yaml.createParser(text)) {
            root = parser.nextToken() == null ? null : node(parser);
        } catch (JsonProcessingException e) {
            throw new ChainFormatException(source, "no YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot be read", e);
        }
        if (root == null || !root.isObject() || !root.path("steps").isArray()) {
            throw new ChainFormatException(
                    source, "no chain: write 'chain: NAME' and 'steps:' with a list of steps below it", null);
        }
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!KEYS.contains(entry.getKey())) {
                throw new ChainFormatException(
                        source, "key '" + entry.getKey() + "' is unknown: there are " + String.join(", ", KEYS), null);
            }
        }
        List<ChainStep> steps = new ArrayList<>();
        for (JsonNode node : root.get("steps")) {
            steps.add(step(node, source, steps.size() + 1));
        }
        try {
            return new Chain(
                    root.path("chain").asText("unnamed"),
                    root.path("description").asText(),
                    steps);
        } catch (IllegalArgumentException e) {
            throw new ChainFormatException(source, e.getMessage(), e);
        }
    }

    /** What begins at the parser's token. Of numbers their text counts, too. */
    private static JsonNode node(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                    parser.nextToken();
                    object.set(key, node(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(node(parser));
                }
                yield array;
            }
            case VALUE_NULL -> JsonNodeFactory.instance.nullNode();
            default -> JsonNodeFactory.instance.textNode(parser.getText());
        };
    }

    private ChainStep step(JsonNode node, String source, int number) throws ChainFormatException {
        String place = source + ", step " + number;
        String name;
        JsonNode parameters = JsonNodeFactory.instance.nullNode();
        if (node.isTextual()) {
            name = node.asText();
        } else if (node.isObject() && node.size() == 1) {
            name = node.fieldNames().next();
            parameters = node.get(name);
        } else {
            throw new ChainFormatException(
                    place,
                    "write '- NAME', or '- NAME: {PARAMETER: VALUE}' with the parameters indented below NAME",
                    null);
        }
        try {
            StepType type = registry.named(name);
            place += " (" + name + ")";
            return type.with(values(parameters, place));
        } catch (IllegalArgumentException e) {
            throw new ChainFormatException(place, e.getMessage(), e);
        }
    }

    private static Map<String, String> values(JsonNode parameters, String place) throws ChainFormatException {
        boolean none = parameters.isNull()
                || parameters.isTextual() && parameters.asText().isBlank();
        if (!parameters.isObject() && !none) {
            throw new ChainFormatException(place, "parameters are pairs, as in {PARAMETER: VALUE}", null);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : parameters.properties()) {
            if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                throw new ChainFormatException(place, "parameter '" + entry.getKey() + "' needs a single value", null);
            }
            values.put(entry.getKey(), entry.getValue().asText());
        }
        return values;
    }

    /** With every parameter, and what it can be as a comment: {@link #parse} reads it, and people can edit it. */
    public String write(Chain chain) {
        StringBuilder text = new StringBuilder();
        text.append("chain: ").append(quoted(chain.name())).append('\n');
        text.append("description: ").append(quoted(chain.description())).append('\n');
        text.append("steps:\n");
        for (ChainStep step : chain.steps()) {
            StepType type = step.type();
            text.append("  # ").append(type.description()).append('\n');
            text.append("  - ").append(type.name());
            text.append(type.parameters().isEmpty() ? "\n" : ":\n");
            for (StepParameter parameter : type.parameters()) {
                Object value = step.values().toMap().get(parameter.name());
                String shown =
                        parameter.kind() == StepParameter.Kind.TEXT ? quoted((String) value) : parameter.display(value);
                text.append(String.format(
                        Locale.ROOT,
                        "      %s: %s # %s; %s%n",
                        parameter.name(),
                        shown,
                        parameter.description(),
                        parameter.allowed()));
            }
        }
        return text.toString().replace("\r\n", "\n");
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
