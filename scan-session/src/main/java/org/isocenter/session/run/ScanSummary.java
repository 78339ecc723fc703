package org.isocenter.session.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What people want to see of a scan's {@code report.json}. What the report does not say is empty, or NaN, or -1.
 *
 * @param device what played the scan
 * @param readouts acquired
 * @param expected readouts of the whole scan
 * @param lost readouts that should have come
 * @param timingSeconds by step
 * @param checks that were held before it ran
 * @param noLimitGiven names of checks that had nothing to be held against
 * @param interlocks that stopped it, for people
 */
public record ScanSummary(
        String device,
        String calibration,
        String software,
        int readouts,
        int expected,
        int lost,
        Map<String, Double> timingSeconds,
        List<Check> checks,
        List<String> noLimitGiven,
        List<Image> images,
        List<String> interlocks,
        List<String> notes) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** One check: its value and what it was held against, NaN where there is no number. */
    public record Check(String name, double value, double limit, String unit, boolean pass, String detail) {}

    /** One volume: its signal-to-noise ratio, NaN where it could not be found, and how it was. */
    public record Image(String name, String quantity, double signalToNoise, String method) {}

    /**
     * Of the scan that left its files in this folder. Waits for the disk.
     *
     * @throws IOException when there is no report, or it cannot be read; the message names the file
     */
    public static ScanSummary read(Path directory) throws IOException {
        Path file = directory.resolve(ScanDirectory.REPORT);
        JsonNode root;
        try {
            root = MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new IOException("the report " + file + " cannot be read: " + e.getMessage(), e);
        }
        Map<String, Double> timing = new TreeMap<>();
        root.path("timing")
                .fields()
                .forEachRemaining(
                        each -> timing.put(each.getKey(), each.getValue().asDouble(Double.NaN)));
        JsonNode acquisition = root.path("acquisition");
        return new ScanSummary(
                root.path("device").path("description").asText(""),
                root.path("device").path("calibration").asText(""),
                root.path("software").path("version").asText(""),
                acquisition.path("readouts").asInt(-1),
                acquisition.path("expected").asInt(-1),
                acquisition.path("lost").asInt(-1),
                timing,
                checks(root.path("checks")),
                texts(root.path("noLimitGiven")),
                images(root.path("images")),
                interlocks(root.path("device").path("interlocks")),
                texts(root.path("notes")));
    }

    private static List<Check> checks(JsonNode array) {
        List<Check> checks = new ArrayList<>();
        for (JsonNode each : array) {
            checks.add(new Check(
                    each.path("name").asText(),
                    each.path("value").asDouble(Double.NaN),
                    each.path("limit").asDouble(Double.NaN),
                    each.path("unit").asText(),
                    each.path("pass").asBoolean(),
                    each.path("detail").asText("")));
        }
        return checks;
    }

    private static List<Image> images(JsonNode array) {
        List<Image> images = new ArrayList<>();
        for (JsonNode each : array) {
            images.add(new Image(
                    each.path("name").asText(),
                    each.path("quantity").asText(),
                    each.path("snr").asDouble(Double.NaN),
                    each.path("snrMethod").asText("")));
        }
        return images;
    }

    private static List<String> interlocks(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : array) {
            texts.add(each.path("reason").asText() + " (" + each.path("since").asText() + ")");
        }
        return texts;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
