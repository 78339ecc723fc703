package org.isocenter.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a scan's images can be traced by, and what it did to the patient as far as that was worked out beforehand. It travels
 * with the raw data, as user parameters of their header; empty or NaN where it is not known.
 *
 * @param sequenceSha256 of the Pulseq text that was played, 64 hexadecimal digits
 * @param calibrationId of the calibration that was in use
 * @param commit of the software
 * @param durationSeconds that the sequence takes
 * @param bodySarWattsPerKilogram mean over the whole body and any six minutes
 * @param nerveStimulationPercent of the threshold
 */
public record Provenance(
        String sequenceSha256,
        String calibrationId,
        String commit,
        double durationSeconds,
        double bodySarWattsPerKilogram,
        double nerveStimulationPercent) {
    public static final Provenance UNKNOWN = new Provenance("", "", "", Double.NaN, Double.NaN, Double.NaN);

    private static final String SEQUENCE = "sequence_sha256";
    private static final String CALIBRATION = "calibration_id";
    private static final String COMMIT = "software_commit";
    private static final String DURATION = "duration_s";
    private static final String SAR = "sar_body_W/kg";
    private static final String STIMULATION = "nerve_stimulation_percent";

    /** As it was told with {@link #parameters}. */
    public static Provenance of(ScanHeader header) {
        Map<String, String> from = header.userParameters();
        return new Provenance(
                from.getOrDefault(SEQUENCE, ""),
                from.getOrDefault(CALIBRATION, ""),
                from.getOrDefault(COMMIT, ""),
                number(from.get(DURATION)),
                number(from.get(SAR)),
                number(from.get(STIMULATION)));
    }

    /** As user parameters of a {@link ScanHeader}; what is not known is left out. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(SEQUENCE, sequenceSha256);
        parameters.put(CALIBRATION, calibrationId);
        parameters.put(COMMIT, commit);
        parameters.put(DURATION, text(durationSeconds));
        parameters.put(SAR, text(bodySarWattsPerKilogram));
        parameters.put(STIMULATION, text(nerveStimulationPercent));
        parameters.values().removeIf(String::isEmpty);
        return parameters;
    }

    private static String text(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(Objects.requireNonNullElse(text, "NaN"));
        } catch (NumberFormatException e) {
            // Other people's raw data may use the name for something else.
            return Double.NaN;
        }
    }
}
