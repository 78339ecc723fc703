package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.trajectory.KspaceTrajectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code isocenter seq trajectory}. */
@Command(
        name = "trajectory",
        description = "k-space at every ADC sample, as CSV.",
        footerHeading = "%nColumns:%n",
        footer = {
            "  t_s     time of the sample from the sequence's start, s",
            "  kx_1/m  k on the device's x axis, 1/m, after rotations; 0 at the centre of",
            "          an excitation, turned round at that of a refocusing pulse",
            "  ky_1/m  on its y axis",
            "  kz_1/m  on its z axis",
            "Numbers are rounded to nine decimals, times to 0.1 ps."
        })
final class SeqTrajectoryCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "A Pulseq file.")
    private Path file;

    @Mixin
    private SoftDelayOptions softDelays = new SoftDelayOptions();

    @Mixin
    private SeqCsvOptions csv = new SeqCsvOptions();

    SeqTrajectoryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        csv.check(terminal);
        Sequence sequence = softDelays.read(file);
        Summary summary = new Summary();
        csv.write(terminal, rows -> write(sequence, rows, summary));
        if (!csv.isStandardOutput()) {
            terminal.line(String.format(
                    Locale.ROOT, "%s: %d samples in %d ADC windows", csv.out(), summary.samples, summary.windows));
            terminal.document(summary.json(csv.out(), sequence));
        }
        return ExitCode.DONE;
    }

    private void write(Sequence sequence, CsvWriter out, Summary summary) throws IOException {
        out.header("t_s,kx_1/m,ky_1/m,kz_1/m");
        Progress progress = new Progress(terminal, "samples of k-space");
        try {
            KspaceTrajectory.forEachWindow(sequence, window -> {
                double[] kx = window.kx();
                double[] ky = window.ky();
                double[] kz = window.kz();
                long dwellPs = window.adc().dwellPs();
                try {
                    for (int i = 0; i < window.samples(); i++) {
                        out.seconds(10 * window.startPs() + (2L * i + 1) * 5 * dwellPs);
                        out.number(kx[i]);
                        out.number(ky[i]);
                        out.number(kz[i]);
                        out.endRow();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                summary.add(window);
                progress.at(window.block() + 1, sequence.blockCount());
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static final class Summary {
        private long samples;
        private int windows;
        private final double[] min = new double[3];
        private final double[] max = new double[3];

        Summary() {
            Arrays.fill(min, Double.NaN);
            Arrays.fill(max, Double.NaN);
        }

        void add(KspaceTrajectory.Window window) {
            windows++;
            samples += window.samples();
            extend(0, window.kx(), window.samples());
            extend(1, window.ky(), window.samples());
            extend(2, window.kz(), window.samples());
        }

        private void extend(int axis, double[] k, int n) {
            double low = windows == 1 ? k[0] : min[axis];
            double high = windows == 1 ? k[0] : max[axis];
            for (int i = 0; i < n; i++) {
                low = Math.min(low, k[i]);
                high = Math.max(high, k[i]);
            }
            min[axis] = low;
            max[axis] = high;
        }

        ObjectNode json(String out, Sequence sequence) {
            ObjectNode document = Terminal.object()
                    .put("file", out)
                    .put("samples", samples)
                    .put("windows", windows)
                    .put("duration", sequence.durationPs() * 1e-12);
            ObjectNode extent = document.putObject("extent");
            for (int axis = 0; axis < 3; axis++) {
                ObjectNode range = extent.putObject("k" + "xyz".charAt(axis));
                Terminal.number(range, "min", min[axis]);
                Terminal.number(range, "max", max[axis]);
            }
            return document;
        }
    }
}
