package org.isocenter.session.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.LoggerFactory;

/** Files that commands write: whole or not at all, and none overwritten unasked. */
final class OutputFiles {
    private OutputFiles() {}

    /** Writes what a file is to hold. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    static void refuseExisting(Path file, boolean force) throws CommandException {
        if (Files.isDirectory(file)) {
            throw new CommandException(ExitCode.INPUT, "the output is a folder (" + file + "): name a file");
        }
        if (!force && Files.exists(file)) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "it exists already (" + file + "): choose another name, or overwrite it with --force");
        }
    }

    static void createParent(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
    }

    /** Writes under another name first. A device such as /dev/stdout is written to as it is. */
    static void write(Path file, Content content) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (OutputStream out = Files.newOutputStream(file)) {
                content.writeTo(out);
            }
            return;
        }
        createParent(file);
        // Not a temporary file of Java's: those only their owner may read.
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
        // Whoever stops the program in the middle finds nothing left behind.
        Thread whenStopped = new Thread(() -> delete(unfinished), "remove unfinished file");
        Runtime.getRuntime().addShutdownHook(whenStopped);
        try {
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                content.writeTo(out);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
            forget(whenStopped);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LoggerFactory.getLogger(OutputFiles.class).warn("{} stays behind", file, e);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LoggerFactory.getLogger(OutputFiles.class).debug("stopped while a file was written", e);
        }
    }
}
