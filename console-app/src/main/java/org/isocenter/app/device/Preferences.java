package org.isocenter.app.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * What the console remembers from one start to the next, apart from scans.
 *
 * @param device the scanner's address
 * @param light whether the light theme is wanted
 */
public record Preferences(String device, boolean light) {
    public static final Preferences DEFAULT = new Preferences("virtual:osi2one?phantom=brain", false);
    private static final String FILE = "console.properties";

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
        return new Preferences(
                properties.getProperty("device", DEFAULT.device()),
                Boolean.parseBoolean(properties.getProperty("light")));
    }

    /** Written whole or not at all. */
    public void write(Path folder) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("device", device);
        properties.setProperty("light", Boolean.toString(light));
        Files.createDirectories(folder);
        Path part = folder.resolve(FILE + ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            properties.store(out, null);
        }
        Files.move(part, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    }
}
