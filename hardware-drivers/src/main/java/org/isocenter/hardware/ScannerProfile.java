package org.isocenter.hardware;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.isocenter.model.SystemLimits;

/**
 * One kind of scanner, read from a YAML file: what it can do, and how a simulation of it falls short of a perfect one.
 * Immutable. The built-in files are the documentation of the format.
 *
 * @param limits what the scanner can do
 * @param imperfections of its simulation; {@link Imperfections#NONE} when the file has none
 */
public record ScannerProfile(SystemLimits limits, Imperfections imperfections) {
    /** Names of the built-in profiles; the first is the default. */
    public static final List<String> BUILT_IN = List.of("virtual", "osi2one", "tabletop", "ideal", "clinical-example");

    /**
     * How the simulated scanner falls short of a perfect one.
     *
     * @param offsetHertz resonance at the isocentre minus carrier
     * @param inhomogeneityPpm size of the field's smooth deviation at 100 mm from the isocentre
     * @param noise standard deviation of the real and of the imaginary part of a sample at 10 kHz sampling rate, in
     *     millilitres of fully polarised water; grows with the root of the sampling rate
     */
    public record Imperfections(double offsetHertz, double inhomogeneityPpm, double noise) {
        public static final Imperfections NONE = new Imperfections(0, 0, 0);
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
        if (!BUILT_IN.contains(name)) {
            throw new IllegalArgumentException(
                    "no scanner profile '" + name + "'; built in are " + String.join(", ", BUILT_IN));
        }
        String file = name + ".yaml";
        try (InputStream in = ScannerProfile.class.getResourceAsStream("profiles/" + file)) {
            return read(file, in, null);
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
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in, file.toAbsolutePath().getParent());
        }
    }

    private static ScannerProfile read(String file, InputStream in, Path folder) throws IOException {
        JsonNode tree;
        try {
            tree = new YAMLMapper(new YAMLFactory()).readTree(in);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            String why = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new ProfileFormatException(file, "", "is not YAML" + where + ": " + why, e);
        }
        return new ProfileReader(file, tree, folder).profile();
    }
}
