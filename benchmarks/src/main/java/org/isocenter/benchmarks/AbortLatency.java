package org.isocenter.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.StopLatency;
import org.isocenter.hardware.virtual.OutputState;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.library.SequenceLibrary;

/**
 * How long a scanner takes from {@code abort()} until the driver knows that it is safe, at random moments of scans; of emulated
 * devices also until their outputs are so for good. Without an address: of the virtual scanner in large scans, while it reads the table, places up to a million spins, works out pulses, simulates
 * for one channel or 32, or waits in real time. Prints the milliseconds of each scan's median and worst, and what the scanner says
 * of itself. Arguments: aborts for each scan (20), seed (1), address, sequence (gre2d). In place of an address, {@code links} takes
 * emulated devices behind an event stream and a MaRCoS server, which play in real time; the latter as a simulation, and as hardware.
 */
final class AbortLatency {
    private static final double LONGEST_WAIT_SECONDS = 8;
    private static final long LOOK_NANOS = 50_000;

    private static final List<String> LINKS = List.of(
            "stream+tcp://127.0.0.1:0?load=null&deadman=5000&pace=real",
            "marcos://127.0.0.1:0?load=null&pace=real",
            "marcos://127.0.0.1:0?load=null&pace=real&reality=hardware");

    private AbortLatency() {}

    public static void main(String[] args) throws Exception {
        int aborts = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        Random random = new Random(args.length > 1 ? Long.parseLong(args[1]) : 1);
        if (args.length > 2 && args[2].equals("links")) {
            for (String link : LINKS) {
                String sequence = args.length > 3 ? args[3] : "gre2d";
                StreamLinks.with(
                        link, (device, scanner) -> measure(scanner, device::outputs, sequence, aborts, random));
            }
            return;
        }
        if (args.length > 2) {
            measure(Scanners.address(args[2]), args.length > 3 ? args[3] : "gre2d", aborts, random);
            return;
        }
        measureVirtual("tse3d", 1, "", aborts, random);
        measureVirtual("tse3d", 32, "", aborts, random);
        measureVirtual("ir2d", 1, "", aborts, random);
        measureVirtual("gre3d", 1, "", aborts, random);
        measureVirtual("localizer", 8, "", aborts, random);
        measureVirtual("spiral2d", 1, "", aborts, random);
        measureVirtual("gre2d", 1, "&pace=real", aborts, random);
    }

    private static void measureVirtual(String sequence, int channels, String options, int aborts, Random random)
            throws ScannerException, IOException, UnsafeSequenceException, InterruptedException {
        Path profile = profile(channels);
        try {
            System.out.print(channels + " channels, ");
            measure(URI.create("virtual:" + profile + "?phantom=brain" + options), sequence, aborts, random);
        } finally {
            Files.delete(profile);
        }
    }

    private static void measure(URI address, String sequence, int aborts, Random random)
            throws ScannerException, IOException, UnsafeSequenceException, InterruptedException {
        try (Scanner scanner = Scanners.open(address)) {
            measure(scanner, null, sequence, aborts, random);
        }
    }

    /** @param outputs of the device; null where they cannot be seen */
    private static void measure(
            Scanner scanner, Supplier<OutputState> outputs, String sequence, int aborts, Random random)
            throws ScannerException, IOException, UnsafeSequenceException, InterruptedException {
        SystemLimits limits = scanner.limits();
        SequenceBuilder builder = SequenceLibrary.find(sequence).orElseThrow();
        EventTable table = EventCompiler.compile(SafetyCheck.check(
                builder.build(SequenceLibrary.defaults(builder, limits), limits, PatientPosition.HFS)
                        .sequence(),
                limits));
        double[] milliseconds = new double[aborts];
        double[] safeMilliseconds = new double[aborts];
        double wait = LONGEST_WAIT_SECONDS;
        AtomicReference<StopLatency> said = new AtomicReference<>(scanner.stopLatency());
        for (int i = 0; i < aborts; i++) {
            long started = System.nanoTime();
            AtomicLong aborted = new AtomicLong();
            AtomicLong unsafe = new AtomicLong();
            double at = wait * Math.pow(random.nextDouble(), 2);
            Thread stop = new Thread(() -> {
                try {
                    Thread.sleep((long) (1e3 * at));
                } catch (InterruptedException e) {
                    return;
                }
                said.updateAndGet(known -> scanner.stopLatency().seconds() > 0 ? scanner.stopLatency() : known);
                aborted.set(System.nanoTime());
                unsafe.set(aborted.get());
                scanner.abort();
                while (outputs != null && !Thread.currentThread().isInterrupted()) {
                    if (!outputs.get().equals(OutputState.SAFE)) {
                        unsafe.set(System.nanoTime());
                    }
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            });
            stop.start();
            RunOutcome outcome = scanner.run(table, (index, n, samples, re, im) -> {});
            long ended = System.nanoTime();
            stop.interrupt();
            stop.join();
            milliseconds[i] = outcome == RunOutcome.ABORTED ? (ended - aborted.get()) * 1e-6 : Double.NaN;
            safeMilliseconds[i] = outcome == RunOutcome.ABORTED && outputs != null
                    ? (unsafe.get() - aborted.get()) * 1e-6
                    : Double.NaN;
            if (outcome == RunOutcome.COMPLETED) {
                wait = 0.9 * (ended - started) * 1e-9;
            }
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%s on %s: %s%s; says: %s, %.1f ms",
                sequence,
                scanner.uri(),
                outputs == null ? "" : "outputs safe after " + summary(safeMilliseconds) + "; ",
                "known after " + summary(milliseconds),
                said.get().explanation(),
                said.get().seconds() * 1e3));
    }

    private static String summary(double[] milliseconds) {
        double[] sorted = Arrays.stream(milliseconds)
                .filter(v -> !Double.isNaN(v))
                .sorted()
                .toArray();
        return sorted.length == 0
                ? "no abort"
                : String.format(
                        Locale.ROOT,
                        "median %.1f ms, worst of %d %.1f ms",
                        sorted[sorted.length / 2],
                        sorted.length,
                        sorted[sorted.length - 1]);
    }

    /** The scanner "osi2one" with so many receive channels. */
    private static Path profile(int channels) throws IOException {
        Path file = Files.createTempFile("abort", ".yaml");
        try (InputStream profile = ScannerProfile.class.getResourceAsStream("profiles/osi2one.yaml")) {
            String text = new String(profile.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(file, text.replace("receiveChannels: 1", "receiveChannels: " + channels));
        }
        return file;
    }
}
