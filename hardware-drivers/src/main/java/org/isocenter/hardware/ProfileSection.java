package org.isocenter.hardware;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One section of a profile: hands out its keys, each checked, and in the end refuses those that nobody asked for. */
final class ProfileSection {
    private final String file;
    private final String prefix;
    private final JsonNode node;
    private final Set<String> known = new LinkedHashSet<>();

    private ProfileSection(String file, String prefix, JsonNode node) {
        this.file = file;
        this.prefix = prefix;
        this.node = node;
    }

    static ProfileSection root(String file, JsonNode node) throws ProfileFormatException {
        if (node == null || !node.isObject()) {
            throw new ProfileFormatException(file, "", "is empty: expected 'key: value' lines");
        }
        return new ProfileSection(file, "", node);
    }

    boolean has(String key) {
        known.add(key);
        return node.has(key);
    }

    /** The section below this key. */
    ProfileSection section(String key) throws ProfileFormatException {
        JsonNode section = value(key);
        if (!section.isObject()) {
            throw fault(key, "expected indented 'key: value' lines below it");
        }
        return new ProfileSection(file, prefix + key + ".", section);
    }

    /** As {@link #section}, or one without keys when the key is missing. */
    ProfileSection sectionOrEmpty(String key) throws ProfileFormatException {
        return has(key) ? section(key) : new ProfileSection(file, prefix + key + ".", MissingNode.getInstance());
    }

    /** The sections in the list below this key; none when the key is missing. */
    List<ProfileSection> sections(String key) throws ProfileFormatException {
        List<ProfileSection> sections = new ArrayList<>();
        if (!has(key)) {
            return sections;
        }
        JsonNode list = value(key);
        if (!list.isArray()) {
            throw fault(key, "expected a list: lines that start with '-'");
        }
        for (JsonNode each : list) {
            String name = key + "[" + sections.size() + "]";
            if (!each.isObject()) {
                throw fault(name, "expected 'key: value' lines after the '-'");
            }
            sections.add(new ProfileSection(file, prefix + name + ".", each));
        }
        return sections;
    }

    String text(String key) throws ProfileFormatException {
        JsonNode value = value(key);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw fault(key, "expected a name");
        }
        return value.asText().strip();
    }

    /** One of these words. */
    String word(String key, List<String> words) throws ProfileFormatException {
        String text = text(key);
        if (!words.contains(text)) {
            throw fault(key, "expected one of " + String.join(", ", words) + ", found '" + text + "'");
        }
        return text;
    }

    int wholeNumber(String key, int minimum, int maximum) throws ProfileFormatException {
        double value = number(key, minimum, maximum);
        if (value != Math.rint(value)) {
            throw fault(key, "expected a whole number, found " + value);
        }
        return (int) value;
    }

    double number(String key, double minimum, double maximum) throws ProfileFormatException {
        return number(key, value(key), minimum, maximum);
    }

    /** As {@link #number(String, double, double)}, or {@code otherwise} when the key is missing. */
    double numberOr(String key, double otherwise, double minimum, double maximum) throws ProfileFormatException {
        return has(key) ? number(key, minimum, maximum) : otherwise;
    }

    /** A list of just {@code count} numbers: {@code [a, b, c]}, or {@code a,b,c} as an address has it. */
    double[] numbers(String key, int count, double minimum, double maximum) throws ProfileFormatException {
        JsonNode list = value(key);
        List<JsonNode> items = new ArrayList<>();
        if (list.isTextual()) {
            for (String each : list.asText().split(",", -1)) {
                items.add(TextNode.valueOf(each.strip()));
            }
        } else {
            list.elements().forEachRemaining(items::add);
        }
        if (items.size() != count) {
            throw fault(key, "expected a list of " + count + " numbers: [a, b, …]");
        }
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = number(key + "[" + i + "]", items.get(i), minimum, maximum);
        }
        return values;
    }

    /** All keys of this section, which are numbers themselves. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private double number(String key, JsonNode value, double minimum, double maximum) throws ProfileFormatException {
        double number = Double.NaN;
        if (value.isNumber()) {
            number = value.asDouble();
        } else if (value.isTextual()) {
            number = parse(key, value.asText());
        }
        if (!(number >= minimum && number <= maximum)) {
            String found = value.isValueNode() ? "found " + value.asText() : "found a section";
            throw outside(key, minimum, maximum, found);
        }
        return number;
    }

    /** The number that a key is. */
    double keyAsNumber(String key, double minimum, double maximum) throws ProfileFormatException {
        double number = parse(key, key);
        if (!(number >= minimum && number <= maximum)) {
            throw outside(key, minimum, maximum, "found " + key);
        }
        return number;
    }

    private ProfileFormatException outside(String key, double minimum, double maximum, String found) {
        String range = minimum == Double.MIN_VALUE ? "above 0, at most " + maximum : minimum + " to " + maximum;
        return fault(key, "expected a number, " + range + ", " + found);
    }

    /** YAML 1.1 takes 1e-6, without a point, for text. */
    private double parse(String key, String text) throws ProfileFormatException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ProfileFormatException(file, prefix + key, "expected a plain number, found '" + text + "'", e);
        }
    }

    private JsonNode value(String key) throws ProfileFormatException {
        known.add(key);
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            throw fault(key, "is missing: expected a value");
        }
        return value;
    }

    ProfileFormatException fault(String key, String problem) {
        return new ProfileFormatException(file, prefix + key, problem);
    }

    /** Refuses what nobody asked for. */
    void end() throws ProfileFormatException {
        for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!known.contains(key)) {
                throw fault(key, "is not known; expected one of " + String.join(", ", known));
            }
        }
    }
}
