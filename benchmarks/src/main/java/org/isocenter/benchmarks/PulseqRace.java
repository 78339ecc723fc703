package org.isocenter.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.isocenter.sequence.Sequence;

/**
 * Races this engine against pypulseq on the same three files in one run, turn by turn, and prints a table of processor time,
 * which other work on the machine disturbs less than the clock on the wall; that of ours is its thread's, without the
 * collector's and the compiler's. Where pypulseq is comes from the environment variable PYPULSEQ: the folder that holds the package. Arguments: number of rounds (default 3).
 */
public final class PulseqRace {
    /** Ours is so short that it is done again and again for so long in each turn. */
    private static final double OUR_TURN_SECONDS = 2;

    private final Path folder;
    private final int rounds;
    private final PeerRunner peer;

    /** Processor seconds: the medians, and our very first time. */
    private record Row(String file, String task, double ours, double first, double theirs, String note) {}

    private PulseqRace(Path folder, int rounds, PeerRunner peer) {
        this.folder = folder;
        this.rounds = rounds;
        this.peer = peer;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("pulseq-race");
        try {
            new PulseqRace(folder, args.length > 0 ? Integer.parseInt(args[0]) : 3, peer(folder)).race();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Null, with a message, when it is not there. */
    private static PeerRunner peer(Path folder) throws IOException {
        String place = System.getenv().getOrDefault("PYPULSEQ", System.getProperty("pypulseq", ""));
        if (place.isEmpty() || !Files.isDirectory(Path.of(place, "pypulseq"))) {
            System.err.println("pypulseq is not raced: set PYPULSEQ to the folder that holds the package pypulseq");
            return null;
        }
        return new PeerRunner(folder, place);
    }

    private void race() throws IOException, InterruptedException {
        System.out.println(
                "| file | task | ours | ours, first time | pypulseq | ratio | |\n|---|---|---|---|---|---|---|");
        double stimulationPerSecond = Double.NaN;
        for (RaceFiles each : RaceFiles.values()) {
            Path file = each.write(folder);
            Sequence sequence = each.build();
            String title = String.format(
                    Locale.ROOT,
                    "%s, %,d blocks, %.0f s",
                    each.title,
                    sequence.blockCount(),
                    sequence.durationPs() * 1e-12);
            for (RaceTask task : RaceTask.values()) {
                boolean tooSlow = task == RaceTask.PNS && each != RaceFiles.GRE_2D;
                Row row = turns(title, task, file, sequence, tooSlow ? stimulationPerSecond : Double.NaN);
                if (task == RaceTask.PNS && !tooSlow) {
                    stimulationPerSecond = row.theirs / (sequence.durationPs() * 1e-12);
                }
                print(row);
            }
            memory(title, file);
        }
    }

    /** @param extrapolated pypulseq's seconds for each second of the sequence, where it is too slow to be run; else NaN */
    private Row turns(String title, RaceTask task, Path file, Sequence sequence, double extrapolated)
            throws IOException, InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        boolean run = peer != null && Double.isNaN(extrapolated);
        for (int round = 0; round < rounds; round++) {
            if (run && !(task == RaceTask.PNS && round > 0)) {
                theirs.add(peer.pypulseq(task.peerName(), file).seconds());
            }
            long turn = processorNanos();
            do {
                long start = processorNanos();
                double result = task.run(file, sequence);
                ours.add((processorNanos() - start) * 1e-9);
                if (Double.isNaN(result)) {
                    throw new IllegalStateException(task + " of " + file + " gave no number");
                }
            } while ((processorNanos() - turn) * 1e-9 < OUR_TURN_SECONDS);
        }
        double first = ours.get(0);
        double theirMedian = run ? median(theirs) : extrapolated * sequence.durationPs() * 1e-12;
        return new Row(title, task.title, median(ours), first, theirMedian, run ? "" : "pypulseq extrapolated");
    }

    private void memory(String title, Path file) throws IOException, InterruptedException {
        double ours = PeerRunner.ourKspace(file).megabytes();
        double theirs =
                peer == null ? Double.NaN : peer.pypulseq("kspace", file).megabytes();
        System.out.printf(
                Locale.ROOT,
                "| %s | k-space, peak memory of the process | %.0f MB | | %.0f MB | %.1f | |%n",
                title,
                ours,
                theirs,
                theirs / ours);
    }

    private static void print(Row row) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.1f ms | %.1f ms | %.0f ms | %.1f | %s |%n",
                row.file,
                row.task,
                row.ours * 1e3,
                row.first * 1e3,
                row.theirs * 1e3,
                row.theirs / row.ours,
                row.note);
    }

    /** Of all Java threads: the checks run side by side. */
    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(nanos -> nanos > 0)
                .sum();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
