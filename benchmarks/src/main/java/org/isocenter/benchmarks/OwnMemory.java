package org.isocenter.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.pulseq.PulseqReader;

/** Reads a file, computes its k-space and tells its seconds and the peak memory of the whole process. */
final class OwnMemory {
    private OwnMemory() {}

    public static void main(String[] args) throws IOException {
        Sequence sequence = PulseqReader.read(Path.of(args[0])).sequence();
        long start = System.nanoTime();
        double sum = RaceTask.sumOfKspace(sequence);
        double seconds = (System.nanoTime() - start) * 1e-9;
        System.out.println("sum " + sum);
        System.out.println(String.format(Locale.ROOT, "RESULT %.6f %.1f", seconds, peakMegabytes()));
    }

    /** Linux keeps it; NaN elsewhere. */
    private static double peakMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }
}
