package org.isocenter.app.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.isocenter.session.run.DicomOutput;

/**
 * What the console remembers from one start to the next, apart from scans.
 *
 * @param device the scanner's address
 * @param light whether the light theme is wanted
 * @param instruments addresses of the instruments beside the scanner
 * @param dicom of which DICOM classes images are
 * @param report whether scans' reports are kept beside the images
 */
public record Preferences(
        String device, boolean light, List<String> instruments, DicomOutput.Objects dicom, boolean report) {
    public static final Preferences DEFAULT = new Preferences("virtual:osi2one?phantom=brain", false);
    private static final String FILE = "console.properties";
    private static final String BLANKS = "\\s+";

    public Preferences {
        instruments = List.copyOf(instruments);
    }

    /** With no instruments, and images of the classes that suit them. */
    public Preferences(String device, boolean light) {
        this(device, light, List.of(), DicomOutput.Objects.AUTO, false);
    }

    public Preferences withInstruments(List<String> newInstruments) {
        return new Preferences(device, light, newInstruments, dicom, report);
    }

    /** As what a scan's images are kept. */
    public DicomOutput output() {
        return new DicomOutput(dicom, false, report);
    }

    /** From a folder; the default where nothing is written yet. */
    public static Preferences read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return DEFAULT;
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        String instruments = properties.getProperty("instruments", "").strip();
        return new Preferences(
                properties.getProperty("device", DEFAULT.device()),
                Boolean.parseBoolean(properties.getProperty("light")),
                instruments.isEmpty() ? List.of() : List.of(instruments.split(BLANKS)),
                objects(properties.getProperty("dicom", "")),
                Boolean.parseBoolean(properties.getProperty("report")));
    }

    private static DicomOutput.Objects objects(String name) {
        return Arrays.stream(DicomOutput.Objects.values())
                .filter(each -> key(each).equals(name))
                .findFirst()
                .orElse(DEFAULT.dicom());
    }

    /** As it is written, and as the command line calls it. */
    static String key(DicomOutput.Objects objects) {
        return objects.name().toLowerCase(Locale.ROOT);
    }

    /** Written whole or not at all. */
    public void write(Path folder) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("device", device);
        properties.setProperty("light", Boolean.toString(light));
        properties.setProperty("instruments", String.join(" ", instruments));
        properties.setProperty("dicom", key(dicom));
        properties.setProperty("report", Boolean.toString(report));
        Files.createDirectories(folder);
        Path part = folder.resolve(FILE + ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            properties.store(out, null);
        }
        Files.move(part, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    }
}
