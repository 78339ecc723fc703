package org.isocenter.hardware;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.isocenter.hardware.ScannerProfile.Imperfections;
import org.isocenter.model.SystemLimits;

/** Reads the keys of one profile, each once, and refuses what is left over. */
final class ProfileReader {
    private static final String IMPERFECTIONS = "imperfections";

    private final String file;
    private final JsonNode root;
    private final List<String> known = new ArrayList<>();

    ProfileReader(String file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    ScannerProfile profile() throws ProfileFormatException {
        if (root == null || !root.isObject()) {
            throw new ProfileFormatException(file, "", "is empty: expected 'key: value' lines");
        }
        String name = text("name");
        double gamma = number(root, "", "gammaHertzPerTesla", Double.MIN_VALUE, 1e9);
        SystemLimits limits = new SystemLimits(
                name,
                number(root, "", "fieldTesla", 1e-6, 30),
                gamma,
                number(root, "", "gradientMilliteslaPerMeter", 1e-6, 1e5) * 1e-3 * gamma,
                number(root, "", "slewTeslaPerMeterPerSecond", 1e-6, 1e6) * gamma,
                number(root, "", "rfPeakHertz", 1e-3, 1e7),
                number(root, "", "rfDutyFraction", 1e-6, 1),
                number(root, "", "gradientRasterSeconds", 1e-9, 1),
                number(root, "", "rfRasterSeconds", 1e-9, 1),
                number(root, "", "adcRasterSeconds", 1e-10, 1),
                number(root, "", "blockRasterSeconds", 1e-9, 1),
                number(root, "", "rfDeadSeconds", 0, 1),
                number(root, "", "rfRingdownSeconds", 0, 1),
                number(root, "", "adcDeadSeconds", 0, 1),
                number(root, "", "maxFrequencyOffsetHertz", 0, 1e9),
                number(root, "", "clockHertz", 1e3, 1e12),
                wholeNumber("receiveChannels", 1, 64));
        Imperfections imperfections = imperfections();
        refuseOthers(root, "", known);
        return new ScannerProfile(limits, imperfections);
    }

    private Imperfections imperfections() throws ProfileFormatException {
        known.add(IMPERFECTIONS);
        JsonNode section = root.get(IMPERFECTIONS);
        if (section == null) {
            return Imperfections.NONE;
        }
        if (!section.isObject()) {
            throw new ProfileFormatException(file, IMPERFECTIONS, "expected indented 'key: value' lines below it");
        }
        List<String> outer = List.copyOf(known);
        known.clear();
        String prefix = IMPERFECTIONS + ".";
        Imperfections imperfections = new Imperfections(
                number(section, prefix, "offsetHertz", -1e6, 1e6),
                number(section, prefix, "inhomogeneityPpm", -1e5, 1e5),
                number(section, prefix, "noise", 0, 1e6));
        refuseOthers(section, prefix, known);
        known.clear();
        known.addAll(outer);
        return imperfections;
    }

    private String text(String key) throws ProfileFormatException {
        JsonNode value = value(root, "", key);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new ProfileFormatException(file, key, "expected a name");
        }
        return value.asText().strip();
    }

    private int wholeNumber(String key, int minimum, int maximum) throws ProfileFormatException {
        double value = number(root, "", key, minimum, maximum);
        if (value != Math.rint(value)) {
            throw new ProfileFormatException(file, key, "expected a whole number, found " + value);
        }
        return (int) value;
    }

    private double number(JsonNode section, String prefix, String key, double minimum, double maximum)
            throws ProfileFormatException {
        JsonNode node = value(section, prefix, key);
        double value = Double.NaN;
        if (node.isNumber()) {
            value = node.asDouble();
        } else if (node.isTextual()) {
            // YAML 1.1 takes 1e-6, without a point, for text.
            try {
                value = Double.parseDouble(node.asText());
            } catch (NumberFormatException e) {
                throw new ProfileFormatException(
                        file, prefix + key, "expected a plain number, found '" + node.asText() + "'", e);
            }
        }
        if (!(value >= minimum && value <= maximum)) {
            String found = node.isValueNode() ? "found " + node.asText() : "found a section";
            String range = minimum == Double.MIN_VALUE ? "above 0, at most " + maximum : minimum + " to " + maximum;
            throw new ProfileFormatException(file, prefix + key, "expected a number, " + range + ", " + found);
        }
        return value;
    }

    private JsonNode value(JsonNode section, String prefix, String key) throws ProfileFormatException {
        known.add(key);
        JsonNode value = section.get(key);
        if (value == null || value.isNull()) {
            throw new ProfileFormatException(file, prefix + key, "is missing: expected a value");
        }
        return value;
    }

    private void refuseOthers(JsonNode section, String prefix, List<String> expected) throws ProfileFormatException {
        for (Iterator<String> keys = section.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!expected.contains(key)) {
                throw new ProfileFormatException(
                        file, prefix + key, "is not known; expected one of " + String.join(", ", expected));
            }
        }
    }
}
