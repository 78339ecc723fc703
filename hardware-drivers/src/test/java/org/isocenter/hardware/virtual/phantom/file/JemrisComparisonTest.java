package org.isocenter.hardware.virtual.phantom.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * JEMRIS' own answers, computed by its adaptive integrator and published with KomaMRI (Castillo-Passi et al., Magn Reson Med
 * 90:329, 2023), against ours: the same spins, the same Pulseq file, sample by sample.
 */
class JemrisComparisonTest {
    @ParameterizedTest
    @CsvSource({"column1d.h5, A_column1d_jemris_signals.h5", "sphere_chemical_shift.h5, B_spheresCS_jemris_signals.h5"})
    void signalsAgreeWithThoseOfJemris(String phantom, String signals) throws Exception {
        Path spins = SharedData.path("phantom/jemris/" + phantom);
        Path expected = SharedData.path("phantom/jemris/" + signals);
        Path sequence = SharedData.path("phantom/jemris/epi_100x100_TE100_FOV230.seq");
        double error = normalisedError(spins, sequence, expected);
        assertThat(error).isLessThan(1e-3);
    }

    /**
     * Root mean square of the differences over JEMRIS' largest sample. No closer agreement can be asked for: JEMRIS moves each
     * spin by a random hundredth of a cell ({@code Sample::GetValues}), which alone makes 0.7 % of the signal's own root
     * mean square.
     */
    private static double normalisedError(Path phantom, Path sequence, Path signals) throws Exception {
        SpinList spins = (SpinList) PhantomFiles.read(phantom, 1.5);
        double[] jemris = jemris(signals);
        double[] ours = ours(phantom, sequence, jemris.length / 2);
        double toJemris = 1 / (spins.count() * spins.cubicMetersPerSpin() * 1e6);
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < jemris.length; i += 2) {
            double re = ours[i] * toJemris - jemris[i];
            double im = ours[i + 1] * toJemris - jemris[i + 1];
            difference += re * re + im * im;
            largest = Math.max(largest, Math.hypot(jemris[i], jemris[i + 1]));
        }
        return Math.sqrt(difference / (jemris.length / 2)) / largest;
    }

    /** The first channel's transverse components, interleaved. */
    private static double[] jemris(Path file) throws PhantomFileException {
        try (HdfNumbers numbers = HdfNumbers.open(file)) {
            double[] xyz = numbers.read("signal/channels/00").values();
            double[] xy = new double[xyz.length / 3 * 2];
            for (int i = 0; i < xy.length; i++) {
                xy[i] = xyz[i / 2 * 3 + i % 2];
            }
            return xy;
        }
    }

    private static double[] ours(Path phantom, Path file, int samples)
            throws IOException, ScannerException, UnsafeSequenceException {
        URI address =
                URI.create("virtual:ideal?phantom=" + URLEncoder.encode(phantom.toString(), StandardCharsets.UTF_8));
        double[] received = new double[2 * samples];
        int[] count = {0};
        try (Scanner scanner = Scanners.open(address)) {
            EventTable table = EventCompiler.compile(
                    SafetyCheck.check(PulseqReader.read(file).sequence(), scanner.limits()));
            scanner.run(table, (index, channels, n, re, im) -> {
                for (int i = 0; i < n; i++) {
                    received[count[0]++] = re[i];
                    received[count[0]++] = im[i];
                }
            });
        }
        assertThat(count[0]).isEqualTo(received.length);
        return received;
    }
}
