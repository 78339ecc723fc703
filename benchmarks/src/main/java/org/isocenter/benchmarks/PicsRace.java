package org.isocenter.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Races iterative reconstruction against BART's {@code pics} on the same data in one run, turn by turn, and prints a table: whole
 * processes, from files to a file, and in process, where ours is warm and BART's is what it reports. Each figure is the least of
 * all rounds, by the clock and by processor time, which other work on the machine disturbs less; BART runs with its own choice of
 * threads and with one, and the faster of the two counts. Arguments: number of rounds (default 5).
 */
public final class PicsRace {
    private static final Pattern PROCESSOR = Pattern.compile("(\\d+)m([0-9.]+)s");
    private static final Pattern TOTAL = Pattern.compile("Total Time: ([0-9.]+)");

    private final Path folder;
    private final int rounds;

    /** Seconds. */
    private record Turn(double wall, double processor, double inside) {
        Turn least(Turn other) {
            return new Turn(
                    Math.min(wall, other.wall), Math.min(processor, other.processor), Math.min(inside, other.inside));
        }
    }

    private PicsRace(Path folder, int rounds) {
        this.folder = folder;
        this.rounds = rounds;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 2) {
            whole(PicsTask.valueOf(args[0]), Path.of(args[1]));
            return;
        }
        Path folder = Files.createTempDirectory("pics-race");
        try {
            new PicsRace(folder, args.length > 0 ? Integer.parseInt(args[0]) : 5).race();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** What a process of ours does. */
    private static void whole(PicsTask task, Path folder) throws IOException {
        float[][] image = task.solve(task.read(folder));
        CflFile.write(folder.resolve("ours"), 256, 256, image[0], image[1]);
    }

    private void race() throws IOException, InterruptedException {
        System.out.println("| task | | ours | BART | BART over ours |\n|---|---|---|---|---|");
        for (PicsTask task : PicsTask.values()) {
            for (String command : task.preparation) {
                run("bart " + command);
            }
            race(task);
        }
    }

    private void race(PicsTask task) throws IOException, InterruptedException {
        String ours = "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:+UseParallelGC -cp '"
                + System.getProperty("java.class.path") + "' " + PicsRace.class.getName() + " " + task + " '" + folder
                + "'";
        PicsTask.Input input = task.read(folder);
        Turn ourBest = null;
        Turn warmBest = null;
        Turn theirBest = null;
        for (int round = 0; round < rounds; round++) {
            Turn our = run(ours);
            Turn their = run("bart " + task.command).least(run("OMP_NUM_THREADS=1 bart " + task.command));
            Turn warm = warm(task, input);
            ourBest = ourBest == null ? our : ourBest.least(our);
            warmBest = warmBest == null ? warm : warmBest.least(warm);
            theirBest = theirBest == null ? their : theirBest.least(their);
        }
        row(task, "whole process, clock", ourBest.wall, theirBest.wall);
        row(task, "whole process, processor", ourBest.processor, theirBest.processor);
        row(task, "in process, clock", warmBest.wall, theirBest.inside);
        System.out.printf(
                Locale.ROOT,
                "| %s | in process, processor | %.0f ms | | |%n| %s | difference of the images | %.1e | | |%n",
                task.title,
                1e3 * warmBest.processor,
                task.title,
                difference(CflFile.read(folder.resolve("ours")), CflFile.read(folder.resolve("theirs"))));
    }

    private static void row(PicsTask task, String what, double ours, double theirs) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.0f ms | %.0f ms | target ≥ %d, is %.2f: %s |%n",
                task.title,
                what,
                1e3 * ours,
                1e3 * theirs,
                task.target,
                theirs / ours,
                theirs >= task.target * ours ? "met" : "not met");
    }

    /** The least of a few solutions in this process. */
    private static Turn warm(PicsTask task, PicsTask.Input input) {
        Turn best = null;
        for (int i = 0; i < 4; i++) {
            double processor = processorSeconds();
            long start = System.nanoTime();
            task.solve(input);
            double wall = (System.nanoTime() - start) * 1e-9;
            Turn turn = new Turn(wall, processorSeconds() - processor, wall);
            best = best == null ? turn : best.least(turn);
        }
        return best;
    }

    /** Of all Java threads. */
    private static double processorSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return 1e-9
                * Arrays.stream(threads.getAllThreadIds())
                        .map(threads::getThreadCpuTime)
                        .filter(nanos -> nanos > 0)
                        .sum();
    }

    /** In the folder of the data, by a shell that says how much processor time it took. */
    private Turn run(String command) throws IOException, InterruptedException {
        Path log = folder.resolve("log.txt");
        long start = System.nanoTime();
        Process process = new ProcessBuilder("sh", "-c", command + " && times")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int exit = process.waitFor();
        double wall = (System.nanoTime() - start) * 1e-9;
        String text = Files.readString(log, StandardCharsets.UTF_8);
        if (exit != 0) {
            throw new IOException("failed: " + command + "\n" + text);
        }
        List<Double> seconds = new ArrayList<>();
        Matcher times = PROCESSOR.matcher(text);
        while (times.find()) {
            seconds.add(60 * Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2)));
        }
        // The shell's own two, then its children's.
        double processor = seconds.get(seconds.size() - 2) + seconds.get(seconds.size() - 1);
        Matcher total = TOTAL.matcher(text);
        return new Turn(wall, processor, total.find() ? Double.parseDouble(total.group(1)) : wall);
    }

    /** Of the part of one image that is no multiple of the other, relative to it. */
    private static double difference(CflFile a, CflFile b) {
        double real = 0;
        double imaginary = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.real[0].length; i++) {
            double ar = a.real[0][i];
            double ai = a.imaginary[0][i];
            double br = b.real[0][i];
            double bi = b.imaginary[0][i];
            real += ar * br + ai * bi;
            imaginary += ar * bi - ai * br;
            squareA += ar * ar + ai * ai;
            squareB += br * br + bi * bi;
        }
        return Math.sqrt(Math.max(0, 1 - (real * real + imaginary * imaginary) / squareA / squareB));
    }
}
