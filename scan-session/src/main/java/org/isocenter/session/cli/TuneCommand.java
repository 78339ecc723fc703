package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.instrument.AntennaTuning;
import org.isocenter.hardware.instrument.AntennaTuning.Found;
import org.isocenter.hardware.instrument.Instrument;
import org.isocenter.hardware.instrument.Instruments;
import org.isocenter.hardware.instrument.NetworkAnalyzer;
import org.isocenter.hardware.instrument.Tuner;
import org.isocenter.model.Unit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter tune}: finds the capacitors that match an antenna, with a tuning board and a network analyser. */
@Command(
        name = "tune",
        description =
                "Finds the setting of a tuning board at which the antenna reflects least, sets it, and connects the"
                        + " antenna to the scanner. Exit code 1: the best that was found does not reach the goal.")
final class TuneCommand implements Callable<Integer> {
    private static final String DECIBELS = "dB";

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "TUNER", description = "The tuning board: marge-tuner:/dev/ttyACM0.")
    private String tuner;

    @Parameters(index = "1", paramLabel = "ANALYZER", description = "The network analyser: nanovna:/dev/ttyACM1.")
    private String analyzer;

    @Option(
            names = "--frequency",
            required = true,
            paramLabel = "F",
            description = "Where it is to match, with its unit: 2.08MHz.")
    private String frequency;

    @Option(
            names = "--goal",
            paramLabel = "DB",
            defaultValue = "-20dB",
            description = "It ends when the reflection is no more; default ${DEFAULT-VALUE}.")
    private String goal;

    private volatile Found best;

    TuneCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandException, ScannerException {
        double hertz = Unit.HERTZ.parse(frequency);
        double decibels = goalDecibels();
        try (Interrupt interrupt = new Interrupt();
                Instrument board = Instruments.open(Devices.address(tuner, null, null));
                Instrument sweeper = Instruments.open(Devices.address(analyzer, null, null))) {
            AntennaTuning tuning = new AntennaTuning(
                    as(NetworkAnalyzer.class, sweeper, analyzer, "a network analyser"),
                    as(Tuner.class, board, tuner, "a tuning board"),
                    hertz);
            try {
                return tell(tuning.find(decibels, this::progress));
            } catch (ScannerException e) {
                if (!interrupt.isMade()) {
                    throw e;
                }
                // Told here: the program ends as soon as the instruments are closed.
                String kept = best == null ? "" : "; the board keeps the best so far, " + AntennaTuning.text(best);
                terminal.status("stopped" + kept);
                return ExitCode.INTERRUPTED;
            }
        }
    }

    private double goalDecibels() throws CommandException {
        String number = goal.endsWith(DECIBELS) ? goal.substring(0, goal.length() - DECIBELS.length()) : "";
        try {
            double decibels = Double.parseDouble(number);
            if (decibels < 0 && Double.isFinite(decibels)) {
                return decibels;
            }
        } catch (NumberFormatException e) {
            throw wrongGoal(e);
        }
        throw wrongGoal(null);
    }

    private CommandException wrongGoal(NumberFormatException cause) {
        return new CommandException(
                ExitCode.INPUT, "'" + goal + "' is no reflection below 0 dB (--goal): write e.g. -20dB", cause);
    }

    private static <T> T as(Class<T> kind, Instrument instrument, String address, String what) throws CommandException {
        if (!kind.isInstance(instrument)) {
            throw new CommandException(
                    ExitCode.INPUT,
                    instrument.description() + " is not " + what + " (" + address
                            + "): first the tuning board, then the network analyser");
        }
        return kind.cast(instrument);
    }

    private void progress(int count, int most, Found now) {
        best = now;
        terminal.progress(
                (double) count / most,
                String.format(Locale.ROOT, "%d settings measured, best %.1f dB", count, now.decibels()));
    }

    private int tell(Found found) {
        boolean reached = found.end() == AntennaTuning.End.REACHED;
        String counted = " (" + found.measured() + " settings measured)";
        terminal.line((reached ? "matched: " : "not matched, the best is ") + AntennaTuning.text(found) + counted);
        terminal.line("  it is set, and the antenna connected to the scanner");
        if (!reached) {
            terminal.line(
                    "  goal " + goal
                            + ": see whether the coil is connected and loaded, and whether the board is made for its frequency");
        }
        ObjectNode document = Terminal.object().put("reached", reached);
        document.put("series", found.setting().series());
        document.put("tuning", found.setting().tuning());
        document.put("matching", found.setting().matching());
        document.put("reflection_dB", found.decibels());
        document.put("measured", found.measured());
        terminal.document(document);
        return reached ? ExitCode.DONE : ExitCode.NO;
    }
}
