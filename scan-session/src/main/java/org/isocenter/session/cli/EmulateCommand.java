package org.isocenter.session.cli;

import java.io.IOException;
import java.net.URI;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.Emulators;
import org.isocenter.hardware.emulate.FaultSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code isocenter emulate}: the virtual scanner behind a real wire protocol, until Ctrl-C. */
@Command(
        name = "emulate",
        description = "Serves the virtual scanner behind a real wire protocol, with faults on request, until Ctrl-C.")
final class EmulateCommand implements Callable<Integer> {
    private static final long SHUTDOWN_SECONDS = 5;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final Terminal terminal;

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "URI",
            description = "Where, and what: stream+tcp://127.0.0.1:0 (port 0: any that is free), stream+serial:/tmp/tty"
                    + " (a pseudo-terminal that is made there), marcos://127.0.0.1:11111?board=ocra1. Options of the virtual scanner may follow, and"
                    + " profile=NAME; load=null simulates nothing.")
    private String listen;

    @Option(
            names = "--phantom",
            paramLabel = "NAME|FILE",
            description = "What lies in the virtual scanner: one of `isocenter phantoms`, or a phantom's file.")
    private String phantom;

    @Option(names = "--seed", paramLabel = "N", description = "The virtual scanner's random numbers.")
    private Long seed;

    @Option(
            names = "--fault",
            paramLabel = "SPEC",
            description = "A fault, KIND[:VALUE][@MOMENT], may be repeated. Kinds: delay:50ms, split[:BYTES],"
                    + " coalesce[:20ms], corrupt, cut, silence, fifo-full, overrun, clip, reset, interlock:NAME."
                    + " Moments: byte=N, readout=N, run=N, start; all count from 0.")
    private List<String> faults = List.of();

    EmulateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandException, ScannerException, IOException {
        URI address = Devices.withOptions(listen, phantom, seed);
        try (Emulator emulator = Emulators.listen(address, faultSpecs())) {
            CountDownLatch ended = new CountDownLatch(1);
            Thread hook = new Thread(() -> end(emulator, ended), "interrupt");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                terminal.line(emulator.description() + " at " + emulator.address() + "; Ctrl-C ends it");
                terminal.document(Terminal.object()
                        .put("address", emulator.address().toString())
                        .put("description", emulator.description()));
                emulator.tellTo(line -> terminal.status(LocalTime.now().format(CLOCK) + " " + line));
                emulator.serve();
            } finally {
                ended.countDown();
                removed(hook);
            }
        }
        return ExitCode.INTERRUPTED;
    }

    private List<FaultSpec> faultSpecs() throws CommandException {
        List<FaultSpec> specs = new ArrayList<>();
        for (String fault : faults) {
            try {
                specs.add(FaultSpec.parse(fault));
            } catch (IllegalArgumentException e) {
                throw new CommandException(ExitCode.INPUT, e.getMessage(), e);
            }
        }
        return specs;
    }

    /** On the way out after Ctrl-C; the Java machine then ends with 130 by itself. */
    private static void end(Emulator emulator, CountDownLatch ended) {
        emulator.close();
        try {
            ended.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removed(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // it is at work
        }
    }
}
