package org.isocenter.session.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Unit;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.pulseq.PulseqFormatException;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.pulseq.SoftDelays;
import org.isocenter.sequence.pulseq.SoftDelays.SoftDelayException;
import picocli.CommandLine.Option;

/** {@code --set} upon a Pulseq file: its soft delays. */
final class SoftDelayOptions {
    @Option(
            names = "--set",
            paramLabel = "K=V",
            description = "Sets a soft delay of the file, with its unit: --set TE=20ms. isocenter seq info lists them.")
    private List<String> settings = List.of();

    /** The file's sequence, re-timed as the options say. */
    Sequence read(Path file) throws PulseqFormatException, CommandException {
        return retime(file, PulseqReader.read(file).sequence());
    }

    Sequence retime(Path file, Sequence sequence) throws CommandException {
        return retime(file, sequence, settings);
    }

    /** The sequence of a file with some of its soft delays set, each as "TE=20ms". */
    static Sequence retime(Path file, Sequence sequence, List<String> settings) throws CommandException {
        try {
            return SoftDelays.with(sequence, seconds(settings));
        } catch (SoftDelayException e) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "the file cannot be set so (" + file + " --set " + String.join(" --set ", settings) + "): "
                            + e.getMessage(),
                    e);
        }
    }

    /** The values of "TE=20ms" and the like, in seconds. */
    static Map<String, Double> seconds(List<String> settings) throws CommandException {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new CommandException(
                        ExitCode.INPUT, "this sets nothing (--set " + setting + "): write e.g. --set TE=20ms");
            }
            String name = setting.substring(0, equals).strip();
            try {
                if (seconds.put(name, Unit.SECOND.parse(setting.substring(equals + 1))) != null) {
                    throw new CommandException(
                            ExitCode.INPUT, name + " is set twice (--set " + setting + "): leave one out");
                }
            } catch (IllegalArgumentException e) {
                throw new CommandException(
                        ExitCode.INPUT, "a setting is not understood (--set " + setting + "): " + e.getMessage(), e);
            }
        }
        return seconds;
    }
}
