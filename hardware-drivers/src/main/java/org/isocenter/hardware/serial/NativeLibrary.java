package org.isocenter.hardware.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the serial library's native part where only this user can write. The library itself would unpack it into the common
 * temporary folder, writable for everyone, and delete it there under another program that has just unpacked its own.
 */
final class NativeLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final String FOLDER_PROPERTY = "jSerialComm.library.path";

    private NativeLibrary() {}

    /** Must come before the library's first use. Where it does not succeed the library helps itself. */
    static void provide() {
        if (System.getProperty(FOLDER_PROPERTY) != null) {
            return;
        }
        Path folder = Path.of(System.getProperty("user.home"), ".cache", "isocenter", "jSerialComm");
        try {
            URI jar = SerialPort.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            unpack(Path.of(jar), folder);
            System.setProperty(FOLDER_PROPERTY, folder.toString());
        } catch (IOException | URISyntaxException e) {
            LOG.warn("the native library for serial ports could not be unpacked to {}", folder, e);
        }
    }

    static void unpack(Path jar, Path folder) throws IOException {
        try (FileSystem archive = FileSystems.newFileSystem(jar, Map.of())) {
            Path natives = archive.getPath(system());
            try (Stream<Path> found = Files.walk(natives)) {
                for (Path each : found.filter(Files::isRegularFile).toList()) {
                    place(each, folder.resolve(each.toString()));
                }
            }
        }
    }

    /** Programs that start at the same time may all do this: each moves a whole file to its place. */
    private static void place(Path source, Path target) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(source)) {
            bytes = in.readAllBytes();
        }
        if (Files.isRegularFile(target) && Arrays.equals(Files.readAllBytes(target), bytes)) {
            return;
        }
        Files.createDirectories(target.getParent());
        Path whole = Files.createTempFile(target.getParent(), "new", ".tmp");
        try {
            Files.write(whole, bytes);
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /** The library's name for this operating system. */
    private static String system() throws IOException {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        for (List<String> each : List.of(List.of("linux", "Linux"), List.of("mac", "OSX"), List.of("win", "Windows"))) {
            if (name.contains(each.get(0))) {
                return each.get(1);
            }
        }
        throw new IOException("serial ports are not known on " + name);
    }
}
