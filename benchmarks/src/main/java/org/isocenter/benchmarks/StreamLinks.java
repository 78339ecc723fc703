package org.isocenter.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.Emulators;
import org.isocenter.hardware.virtual.OutputState;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.compile.LoadTable;

/**
 * What the links of the event stream carry between the driver and the emulated device, which simulates nothing here: times real
 * time, underruns at the pace of a real scan, latency of an abort, memory during an hour. Arguments: any of tcp, serial (needs socat),
 * abort, hour; all but the last without any.
 */
final class StreamLinks {
    private static final double RF = 1e6;
    private static final double GRADIENTS = 100e3;
    private static final int ABORTS = 40;
    private static final ReadoutSink NOWHERE = (index, channels, samples, re, im) -> {};

    private StreamLinks() {}

    public static void main(String[] args) throws Exception {
        List<String> wanted = args.length == 0 ? List.of("tcp", "serial", "abort") : List.of(args);
        for (String what : wanted) {
            switch (what) {
                case "tcp" -> {
                    throughput("TCP", tcp(""), 5, RF, GRADIENTS);
                    throughput("TCP", tcp(""), 30, RF, GRADIENTS);
                    throughput("TCP at real pace", tcp("&pace=real"), 10, RF, GRADIENTS);
                }
                case "serial" -> throughput("pseudo-terminal", serial(""), 5, 0, 10e3);
                case "abort" -> {
                    abort("TCP", tcp("&pace=real"));
                    abort("pseudo-terminal", serial("&pace=real"));
                }
                case "hour" -> hour();
                default -> throw new IllegalArgumentException("no '" + what + "'; there are tcp, serial, abort, hour");
            }
        }
    }

    private static String tcp(String more) {
        return "stream+tcp://127.0.0.1:0?load=null&deadman=5000" + more;
    }

    private static String serial(String more) throws IOException {
        Path port = Files.createTempDirectory("stream").resolve("port");
        return "stream+serial:" + port + "?load=null&deadman=5000" + more;
    }

    /** Something to do with a connected scanner and its device. */
    interface Work {
        void on(Emulator device, Scanner scanner) throws Exception;
    }

    /** Serves an emulated device, and connects to it. */
    static void with(String address, Work work) throws Exception {
        try (Emulator device = Emulators.listen(URI.create(address), List.of())) {
            Thread server = new Thread(() -> {
                try {
                    device.serve();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            server.setDaemon(true);
            server.start();
            try (Scanner scanner = Scanners.open(device.address())) {
                work.on(device, scanner);
            }
        }
    }

    private static void throughput(String link, String address, double seconds, double rf, double gradients)
            throws Exception {
        with(address, (device, scanner) -> {
            EventTable table = new LoadTable(scanner.limits(), seconds, rf, gradients);
            long begin = System.nanoTime();
            RunOutcome outcome = scanner.run(table, NOWHERE);
            double took = (System.nanoTime() - begin) * 1e-9;
            print(
                    "%s: RF %.0f kS/s, 3 gradients %.0f kS/s, %.0f s: %s after %.2f s, %.1f times real time, %.1f MB/s",
                    link,
                    rf / 1e3,
                    gradients / 1e3,
                    seconds,
                    outcome,
                    took,
                    seconds / took,
                    4e-6 * (2 * rf + 3 * gradients) * seconds / took);
        });
    }

    /** From the call to outputs that are safe; the polling adds some microseconds. */
    private static void abort(String link, String address) throws Exception {
        with(address, (device, scanner) -> {
            double[] millis = new double[ABORTS];
            EventTable table = new LoadTable(scanner.limits(), 60, 0, 10e3);
            for (int i = 0; i < ABORTS; i++) {
                AtomicLong took = new AtomicLong();
                Thread stop = new Thread(() -> took.set(stopped(device, scanner)));
                stop.start();
                scanner.run(table, NOWHERE);
                stop.join();
                millis[i] = took.get() * 1e-6;
            }
            Arrays.sort(millis);
            print(
                    "%s: abort to safe outputs: median %.2f ms, worst of %d %.2f ms",
                    link, millis[ABORTS / 2], ABORTS, millis[ABORTS - 1]);
        });
    }

    private static long stopped(Emulator device, Scanner scanner) {
        while (device.outputs().equals(OutputState.SAFE)) {
            Thread.onSpinWait();
        }
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        long begin = System.nanoTime();
        scanner.abort();
        while (!device.outputs().equals(OutputState.SAFE)) {
            Thread.onSpinWait();
        }
        return System.nanoTime() - begin;
    }

    private static void hour() throws Exception {
        with(tcp(""), (device, scanner) -> {
            EventTable table = new LoadTable(scanner.limits(), 3600, 0, 10e3);
            int[] windows = new int[1];
            scanner.run(table, (index, channels, samples, re, im) -> {
                if (++windows[0] % (table.adcWindows() / 6) == 0) {
                    System.gc();
                    Runtime java = Runtime.getRuntime();
                    print(
                            "after %2.0f minutes: %.1f MB of heap in use",
                            10.0 * windows[0] / (table.adcWindows() / 6),
                            1e-6 * (java.totalMemory() - java.freeMemory()));
                }
            });
        });
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
