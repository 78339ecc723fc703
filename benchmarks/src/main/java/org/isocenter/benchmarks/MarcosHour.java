package org.isocenter.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.Emulators;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.library.SequenceLibrary;

/**
 * Memory while an hour of spin echoes is sent to an emulated MaRCoS console that hears itself, run after run; driver and console
 * are in this process. Argument: the gradient board.
 */
final class MarcosHour {
    private static final double SECONDS = 3600;
    private static final int PARTS = 6;

    private MarcosHour() {}

    public static void main(String[] args) throws Exception {
        String board = args.length > 0 ? args[0] : "ocra1";
        URI address = URI.create("marcos://127.0.0.1:0?profile=osi2one&loopback=yes&board=" + board);
        try (Emulator console = Emulators.listen(address, List.of())) {
            Thread server = new Thread(() -> {
                try {
                    console.serve();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            server.setDaemon(true);
            server.start();
            try (Scanner scanner = Scanners.open(console.address())) {
                EventTable table = hour(scanner.limits());
                print("%.0f s, %d windows", table.durationSeconds(), table.adcWindows());
                int[] windows = new int[1];
                scanner.run(table, (index, channels, samples, re, im) -> {
                    if (++windows[0] % (table.adcWindows() / PARTS) == 0) {
                        System.gc();
                        Runtime java = Runtime.getRuntime();
                        print(
                                "after %2.0f minutes: %.1f MB of heap in use",
                                table.durationSeconds() / 60 * windows[0] / table.adcWindows(),
                                1e-6 * (java.totalMemory() - java.freeMemory()));
                    }
                });
            }
        }
    }

    /** As many averages of the library's 2D spin echo as fill the time. */
    private static EventTable hour(SystemLimits limits) throws Exception {
        SequenceBuilder builder = SequenceLibrary.find("se2d").orElseThrow();
        Protocol once = SequenceLibrary.defaults(builder, limits).with("averages", 1);
        int averages = (int) Math.ceil(SECONDS / table(builder, once, limits).durationSeconds());
        return table(builder, once.with("averages", averages), limits);
    }

    private static EventTable table(SequenceBuilder builder, Protocol protocol, SystemLimits limits) throws Exception {
        return EventCompiler.compile(SafetyCheck.check(
                builder.build(protocol, limits, PatientPosition.HFS).sequence(), limits));
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
