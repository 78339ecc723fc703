package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Unit;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.trajectory.PlayedWaveforms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter seq waveforms}. */
@Command(
        name = "waveforms",
        description =
                "Gradients, RF and ADC windows as played, as CSV: rows in order of time, to be joined by straight lines.",
        footerHeading = "%nColumns:%n",
        footer = {
            "  t_s      time from the sequence's start, s",
            "  gx_Hz/m  gradient on the device's x axis, after rotations, Hz/m",
            "  gy_Hz/m  on its y axis",
            "  gz_Hz/m  on its z axis",
            "  rf_Hz    strength of the RF, gamma B1 / 2 pi, Hz",
            "  rf_rad   its phase against the carrier from -pi to pi, frequency and",
            "           phase offsets included, rad; 0 without RF",
            "  adc      1 while an ADC window is open",
            "There is a row for every corner of a gradient, every sample and edge of an RF",
            "pulse and both ends of an ADC window. Where a value jumps there are two rows",
            "of the same time. Numbers are rounded to nine decimals."
        })
final class SeqWaveformsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "A Pulseq file.")
    private Path file;

    @Mixin
    private SoftDelayOptions softDelays = new SoftDelayOptions();

    @Mixin
    private SeqCsvOptions csv = new SeqCsvOptions();

    @Option(names = "--from", paramLabel = "S", description = "Start of the stretch in seconds, or 20ms; default 0.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "S",
            description = "End of the stretch in seconds, or 20ms; default the sequence's end.")
    private String to;

    @Option(
            names = "--system",
            paramLabel = "FILE",
            defaultValue = "virtual",
            description =
                    "The scanner profile whose nucleus and field count for offsets in ppm; default ${DEFAULT-VALUE}.")
    private String system;

    SeqWaveformsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        csv.check(terminal);
        SystemLimits limits = Devices.system(system);
        Sequence sequence = softDelays.read(file);
        long endPs = sequence.durationPs();
        long fromPs = from == null ? 0 : picoseconds("--from", from);
        long toPs = to == null ? endPs : Math.min(picoseconds("--to", to), endPs);
        if (fromPs < 0 || fromPs > toPs || (fromPs == toPs && endPs > 0)) {
            throw new CommandException(
                    ExitCode.INPUT,
                    String.format(
                            Locale.ROOT,
                            "there is nothing from %.6g s to %.6g s (%s): the sequence lasts %.6g s",
                            fromPs * 1e-12,
                            toPs * 1e-12,
                            file,
                            endPs * 1e-12));
        }
        Summary summary = new Summary();
        csv.write(terminal, rows -> write(sequence, limits.larmorHertz(), fromPs, toPs, rows, summary));
        if (!csv.isStandardOutput()) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "%s: %d rows from %.9g s to %.9g s",
                    csv.out(),
                    summary.rows,
                    fromPs * 1e-12,
                    toPs * 1e-12));
            terminal.document(summary.json(csv.out(), fromPs, toPs));
        }
        return ExitCode.DONE;
    }

    /** Seconds when there is no unit. */
    private static long picoseconds(String option, String text) throws CommandException {
        try {
            boolean bare = text.isEmpty() || Character.isDigit(text.charAt(text.length() - 1)) || text.endsWith(".");
            return Rasters.ps(bare ? Unit.NONE.parse(text) : Unit.SECOND.parse(text));
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.INPUT, "this is no time (" + option + " " + text + "): " + e.getMessage());
        }
    }

    private void write(Sequence sequence, double larmorHertz, long fromPs, long toPs, CsvWriter out, Summary summary)
            throws IOException {
        out.header("t_s,gx_Hz/m,gy_Hz/m,gz_Hz/m,rf_Hz,rf_rad,adc");
        Progress progress = new Progress(terminal, "stretch");
        try {
            PlayedWaveforms.forEachRow(sequence, larmorHertz, fromPs, toPs, row -> {
                try {
                    out.seconds(10 * row.timePs());
                    out.number(row.gx());
                    out.number(row.gy());
                    out.number(row.gz());
                    out.number(row.rfHertz());
                    out.number(row.rfRadians());
                    out.integer(row.adc() ? 1 : 0);
                    out.endRow();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                summary.add(row);
                progress.at((row.timePs() - fromPs) / 1000, (toPs - fromPs) / 1000);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static final class Summary {
        private long rows;
        private final double[] largest = new double[3];
        private double peakHertz;

        void add(PlayedWaveforms.Row row) {
            rows++;
            largest[0] = Math.max(largest[0], Math.abs(row.gx()));
            largest[1] = Math.max(largest[1], Math.abs(row.gy()));
            largest[2] = Math.max(largest[2], Math.abs(row.gz()));
            peakHertz = Math.max(peakHertz, row.rfHertz());
        }

        ObjectNode json(String out, long fromPs, long toPs) {
            ObjectNode document = Terminal.object()
                    .put("file", out)
                    .put("rows", rows)
                    .put("from", fromPs * 1e-12)
                    .put("to", toPs * 1e-12);
            document.putArray("maxGradientHertzPerMeter")
                    .add(largest[0])
                    .add(largest[1])
                    .add(largest[2]);
            return document.put("rfPeakHertz", peakHertz);
        }
    }
}
