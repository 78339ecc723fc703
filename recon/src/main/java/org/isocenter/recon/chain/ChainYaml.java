package org.isocenter.recon.chain;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
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
    private final ObjectMapper mapper = YAMLMapper.builder(YAMLFactory.builder().build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    private final ObjectMapper quoting = JsonMapper.builder().build();

    public ChainYaml(StepRegistry registry) {
        this.registry = registry;
    }

    /** @throws IOException when there is no such file or it cannot be read */
    public Chain read(Path file) throws IOException, ChainFormatException {
        return parse(Files.readString(file), file.toString());
    }

    /** @param source named in error messages */
    public Chain parse(String yaml, String source) throws ChainFormatException {
        JsonNode root;
        try {
            root = mapper.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new ChainFormatException(source, "no YAML: " + e.getOriginalMessage(), e);
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

    private ChainStep step(JsonNode node, String source, int number) throws ChainFormatException {
        String place = source + ", step " + number;
        String name;
        JsonNode parameters = mapper.nullNode();
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

    private String quoted(String text) {
        try {
            return quoting.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a string cannot be quoted: " + text, e);
        }
    }
}
