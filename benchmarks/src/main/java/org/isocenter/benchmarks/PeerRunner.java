package org.isocenter.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Other programs that do one task in a process of their own and say how long it took and how much memory they had. */
final class PeerRunner {
    /** @param megabytes most memory that the process ever had */
    record Result(double seconds, double megabytes) {}

    private final Path script;
    private final Path scratch;
    private final String pypulseq;
    private final String python;

    /** @param pypulseq folder that holds the package, for PYTHONPATH */
    PeerRunner(Path folder, String pypulseq) throws IOException {
        this.pypulseq = pypulseq;
        this.python = System.getenv().getOrDefault("PYTHON", "python3");
        this.scratch = folder.resolve("written-by-pypulseq.seq");
        this.script = folder.resolve("pypulseq_task.py");
        try (InputStream in = PeerRunner.class.getResourceAsStream("pypulseq_task.py")) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    Result pypulseq(String task, Path file) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(python, script.toString(), task, file.toString(), scratch.toString());
        builder.environment().put("PYTHONPATH", pypulseq);
        return run(builder);
    }

    /** Our own k-space in a process of 64 MB of heap, to have its memory measured in the same way. */
    static Result ourKspace(Path file) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return run(new ProcessBuilder(
                java,
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                OwnMemory.class.getName(),
                file.toString()));
    }

    private static Result run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        List<String> lines;
        try (InputStream out = process.getInputStream()) {
            lines = new String(out.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        int code = process.waitFor();
        Optional<String> result =
                lines.stream().filter(line -> line.startsWith("RESULT ")).findFirst();
        if (code != 0 || result.isEmpty()) {
            throw new IOException(builder.command() + " ended with " + code + ": " + String.join("\n", lines));
        }
        String[] words = result.get().split(" ");
        return new Result(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
    }
}
