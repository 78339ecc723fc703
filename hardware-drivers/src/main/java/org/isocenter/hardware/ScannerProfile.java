package org.isocenter.hardware;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Coils;
import org.isocenter.model.SystemLimits;

/**
 * One kind of scanner, read from a YAML file: what it can do, and how a simulation of it falls short of a perfect one.
 * Immutable. The built-in files are the documentation of the format.
 *
 * @param limits what the scanner can do
 * @param imperfections of its simulation; {@link Imperfections#NONE} when the file has none
 * @param marcos of the console that drives it; {@link MarcosCalibration#NONE} when the file has none
 * @param coils that receive and transmit; {@link Coils#UNKNOWN} when the file does not tell
 */
public record ScannerProfile(SystemLimits limits, Imperfections imperfections, MarcosCalibration marcos, Coils coils) {
    /** Names of the built-in profiles; the first is the default. */
    public static final List<String> BUILT_IN =
            List.of("virtual", "osi2one", "tabletop", "ideal", "clinical-example", "boundless");

    /** A number of receive channels among the imperfections replaces that of the limits. */
    public ScannerProfile {
        int channels = imperfections.receive().channels();
        if (channels > 0 && channels != limits.receiveChannels()) {
            limits = limits.withReceiveChannels(channels);
        }
    }

    /** One that no console was calibrated for, and of whose coils nothing is known. */
    public ScannerProfile(SystemLimits limits, Imperfections imperfections) {
        this(limits, imperfections, MarcosCalibration.NONE, Coils.UNKNOWN);
    }

    public String name() {
        return limits.name();
    }

    /**
     * The built-in profile with this name.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    public static ScannerProfile builtIn(String name) {
        try {
            return builtIn(name, Map.of());
        } catch (ProfileFormatException e) {
            throw new UncheckedIOException("built-in scanner profile is damaged", e);
        }
    }

    /**
     * The same with some of its imperfections set anew.
     *
     * @param imperfections "field.offsetHertz" to "20": the key as in the file, the value as YAML
     * @throws IllegalArgumentException naming the profiles that exist
     * @throws ProfileFormatException naming a key or value that cannot be
     */
    public static ScannerProfile builtIn(String name, Map<String, String> imperfections) throws ProfileFormatException {
        if (!BUILT_IN.contains(name)) {
            throw new IllegalArgumentException(
                    "no scanner profile '" + name + "'; built in are " + String.join(", ", BUILT_IN));
        }
        String file = name + ".yaml";
        try (InputStream in = ScannerProfile.class.getResourceAsStream("profiles/" + file)) {
            return read(file, in, null, imperfections);
        } catch (ProfileFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("built-in scanner profile is damaged", e);
        }
    }

    /**
     * Reads a profile file. Files that it names are looked for beside it.
     *
     * @throws ProfileFormatException naming file, key and what was expected
     * @throws IOException when the file cannot be read
     */
    public static ScannerProfile load(Path file) throws IOException {
        return load(file, Map.of());
    }

    /** The same with some of its imperfections set anew, as in {@link #builtIn(String, Map)}. */
    public static ScannerProfile load(Path file, Map<String, String> imperfections) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in, file.toAbsolutePath().getParent(), imperfections);
        }
    }

    private static ScannerProfile read(String file, InputStream in, Path folder, Map<String, String> imperfections)
            throws IOException {
        YAMLMapper yaml = new YAMLMapper(new YAMLFactory());
        JsonNode tree = tree(yaml, in.readAllBytes(), file, "");
        for (Map.Entry<String, String> each : imperfections.entrySet()) {
            String key = "imperfections." + each.getKey();
            byte[] value = each.getValue().getBytes(StandardCharsets.UTF_8);
            set((ObjectNode) tree, key.split("\\."), tree(yaml, value, file, key));
        }
        return new ProfileReader(file, tree, folder).profile();
    }

    private static JsonNode tree(YAMLMapper yaml, byte[] text, String file, String key) throws IOException {
        try {
            return yaml.readTree(text);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            String why = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new ProfileFormatException(file, key, "is not YAML" + where + ": " + why, e);
        }
    }

    private static void set(ObjectNode section, String[] keys, JsonNode value) {
        for (int i = 0; i < keys.length - 1; i++) {
            JsonNode below = section.get(keys[i]);
            section = below instanceof ObjectNode known ? known : section.putObject(keys[i]);
        }
        section.set(keys[keys.length - 1], value);
    }
}
