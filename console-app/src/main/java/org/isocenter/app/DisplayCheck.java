package org.isocenter.app;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Whether a window can be opened here. Asked before JavaFX is started, which would answer with a stack trace. */
final class DisplayCheck {
    private static final String GTK = "libgtk-3.so.0";
    private static final List<String> LIBRARY_FOLDERS = List.of(
            "/lib",
            "/usr/lib",
            "/lib64",
            "/usr/lib64",
            "/usr/local/lib",
            "/lib/x86_64-linux-gnu",
            "/usr/lib/x86_64-linux-gnu",
            "/lib/aarch64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu");

    private final Map<String, String> environment;
    private final Properties properties;
    private final List<String> libraryFolders;

    /** @param libraryFolders where else than on {@code java.library.path} libraries may be */
    DisplayCheck(Map<String, String> environment, Properties properties, List<String> libraryFolders) {
        this.environment = environment;
        this.properties = properties;
        this.libraryFolders = libraryFolders;
    }

    static DisplayCheck ofThisMachine() {
        return new DisplayCheck(System.getenv(), System.getProperties(), LIBRARY_FOLDERS);
    }

    /** One line that says what to do; empty when a window can be opened. */
    Optional<String> whatIsMissing() {
        boolean linux = properties.getProperty("os.name", "").startsWith("Linux");
        if (!linux || properties.getProperty("glass.platform") != null) {
            return Optional.empty();
        }
        // JavaFX draws through X11, under Wayland too: there DISPLAY names its X server.
        if (environment.getOrDefault("DISPLAY", "").isBlank()) {
            return Optional.of(
                    "no display (DISPLAY is not set): run it in a desktop session, or on a machine without one "
                            + "use the commands (isocenter --help)");
        }
        String path = properties.getProperty("java.library.path", "")
                + File.pathSeparator
                + environment.getOrDefault("LD_LIBRARY_PATH", "");
        boolean found = Stream.concat(Stream.of(path.split(File.pathSeparator)), libraryFolders.stream())
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.exists(Path.of(folder, GTK)));
        return found
                ? Optional.empty()
                : Optional.of("GTK 3 is missing (" + GTK + "): install it, on Debian: apt-get install libgtk-3-0");
    }
}
