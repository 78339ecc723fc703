package org.isocenter.session;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder that holds the archive and the logs, and how folders with patient data are made. */
public final class IsocenterHome {
    private IsocenterHome() {}

    /**
     * The system property {@code isocenter.home}, else the environment's {@code ISOCENTER_HOME}, else
     * {@code ~/.local/share/isocenter}. It need not exist.
     */
    public static Path folder() {
        String property = System.getProperty("isocenter.home", "");
        if (!property.isBlank()) {
            return Path.of(property).toAbsolutePath().normalize();
        }
        String environment = System.getenv("ISOCENTER_HOME");
        if (environment != null && !environment.isBlank()) {
            return Path.of(environment).toAbsolutePath().normalize();
        }
        return Path.of(System.getProperty("user.home"), ".local", "share", "isocenter");
    }

    /** Makes the folder and its parents; what is made is the user's alone (0700) where the file system knows that. */
    public static void createPrivateDirectories(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            createPrivateDirectories(parent);
        }
        try {
            createPrivateDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            // Another process was quicker; a plain file in the way is an error.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** Makes this one folder. Throws {@link FileAlreadyExistsException} when there is one. */
    public static void createPrivateDirectory(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(folder);
        }
    }
}
