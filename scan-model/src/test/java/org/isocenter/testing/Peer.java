package org.isocenter.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Runs an independent program to check against. A test that needs one skips where it is not installed. */
public final class Peer {
    /** What a program printed, standard output and error together. */
    public record Output(int exitCode, String text) {
        public List<String> lines() {
            return text.lines().toList();
        }
    }

    private Peer() {}

    public static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs it, or skips the test. Fails after two minutes. */
    public static Output run(List<String> command) {
        Assumptions.assumeTrue(isInstalled(command.get(0)), () -> "skipped: " + command.get(0) + " is not installed");
        return runAlways(command);
    }

    /** A Python script under Debian's own python3, or a skipped test when a module is missing. */
    public static Output python(List<String> modules, String script, String... arguments) {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "skipped: no /usr/bin/python3");
        for (String module : modules) {
            Output probe = runAlways(List.of("/usr/bin/python3", "-c", "import " + module));
            Assumptions.assumeTrue(probe.exitCode() == 0, () -> "skipped: Python has no " + module);
        }
        return runAlways(Stream.concat(Stream.of("/usr/bin/python3", "-c", script), Stream.of(arguments))
                .toList());
    }

    private static Output runAlways(List<String> command) {
        try {
            Path log = Files.createTempFile("peer", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                if (!process.waitFor(2, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError(command + " did not end within two minutes");
                }
                return new Output(process.exitValue(), new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
            } finally {
                Files.delete(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
