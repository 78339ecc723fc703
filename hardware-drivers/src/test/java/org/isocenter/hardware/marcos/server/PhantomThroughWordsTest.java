package org.isocenter.hardware.marcos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.marcos.MarcosAddress;
import org.isocenter.hardware.marcos.MargaCompiler;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program of our own brings back from the phantom, against the virtual scanner in process. */
class PhantomThroughWordsTest {
    private static final String SCANNER = "phantom=bottle&noise=0&imperfections=none";

    /** As the table asks for it. */
    private record Window(int samples, double dwellClocks, double frequencyHertz, double phaseRadians) {}

    @Test
    void samplesAreThoseOfTheVirtualScanner() throws Exception {
        EventTable table = LibraryTables.table("gre2d", 2, "osi2one");
        List<Window> windows = windows(table);
        double error = 0;
        double power = 0;
        try (RunningServer server = new RunningServer(SCANNER)) {
            MarcosAddress address = MarcosAddress.parse(server.emulator().address());
            Map<String, int[]> received = ClientOfTests.run(server, ClientOfTests.payload(table, address.marga()));
            int at = 0;
            for (float[] expected : received(URI.create("virtual:osi2one?" + SCANNER), table)) {
                Window window = windows.remove(0);
                int decimation = (int) Math.rint(window.dwellClocks());
                double counts = address.samplePerCount(decimation);
                for (int s = 0; s < window.samples(); s++, at++) {
                    double turn = window.phaseRadians()
                            + 2
                                    * Math.PI
                                    * window.frequencyHertz()
                                    * (s + 0.5)
                                    * decimation
                                    / MargaCompiler.CLOCK_HERTZ;
                    double re = received.get("rx0_i")[at] * counts;
                    double im = received.get("rx0_q")[at] * counts;
                    double turnedRe = re * Math.cos(turn) - im * Math.sin(turn);
                    double turnedIm = im * Math.cos(turn) + re * Math.sin(turn);
                    error += Math.pow(turnedRe - expected[s], 2)
                            + Math.pow(turnedIm - expected[window.samples() + s], 2);
                    power += Math.pow(expected[s], 2) + Math.pow(expected[window.samples() + s], 2);
                }
            }
            assertThat(at).isEqualTo(received.get("rx0_i").length);
        }
        assertThat(power).isPositive();
        // The dwell time is no whole number of the FPGA's clocks, and the samples are not made even here.
        assertThat(Math.sqrt(error / power)).isLessThan(1e-2);
    }

    @ParameterizedTest
    @CsvSource({"ocra1, epi2d, 50, 0", "gpa-fhdo, epi2d, 50, 0", "ocra1, gre2d, 5, 0", "ocra1, gre2d, 13, 0.04"})
    void noiseAndInterferenceAreThoseOfTheVirtualScannerToo(
            String board, String sequence, double kilohertz, double offset) throws Exception {
        Map<String, Double> settings =
                Map.of("matrix", 16.0, "matrixPhase", 16.0, "slices", 1.0, "BW", 1e3 * kilohertz, "offsetX", offset);
        EventTable table = LibraryTables.table(sequence, settings, "osi2one");
        String scanner = "phantom=bottle&noise=3&receive.mainsNoise=0.03"
                + "&receive.interference=[%7BoffsetHertz:%207300,%20amplitude:%200.2%7D]";
        try (RunningServer server = new RunningServer("profile=osi2one&board=" + board + "&" + scanner)) {
            List<float[]> expected = received(URI.create("virtual:osi2one?" + scanner), table);
            List<float[]> silent =
                    received(URI.create("virtual:osi2one?phantom=bottle&noise=0&receive.interference=[]"), table);
            List<float[]> behindTheLink = received(server.emulator().address(), table);
            double noise = difference(silent, expected);
            assertThat(difference(behindTheLink, expected)).isPositive().isLessThan(0.1 * noise);
        }
    }

    /** Root of the sum of squares, of the middle of the band: neighbouring samples are added, as images leave out its edges. */
    private static double difference(List<float[]> some, List<float[]> others) {
        assertThat(some).isNotEmpty().hasSameSizeAs(others);
        double sum = 0;
        for (int i = 0; i < some.size(); i++) {
            float[] one = some.get(i);
            float[] other = others.get(i);
            for (int s = 1; s < one.length - 1; s++) {
                sum += Math.pow(one[s] - other[s] + 0.5 * (one[s - 1] - other[s - 1] + one[s + 1] - other[s + 1]), 2);
            }
        }
        return Math.sqrt(sum);
    }

    private static List<float[]> received(URI address, EventTable table) throws Exception {
        List<float[]> readouts = new ArrayList<>();
        try (Scanner scanner = Scanners.open(address)) {
            scanner.run(table, (index, channels, samples, re, im) -> {
                float[] both = Arrays.copyOf(re, 2 * samples);
                System.arraycopy(im, 0, both, samples, samples);
                readouts.add(both);
            });
        }
        return readouts;
    }

    private static List<Window> windows(EventTable table) {
        List<Window> windows = new ArrayList<>();
        for (Iterator<EventChunk> chunks = table.chunks(); chunks.hasNext(); ) {
            EventChunk chunk = chunks.next();
            for (int i = 0; i < chunk.windows(); i++) {
                windows.add(new Window(
                        chunk.adcSamples()[i],
                        chunk.adcDwellTicks()[i] * MargaCompiler.CLOCK_HERTZ / table.clockHertz(),
                        chunk.adcFrequencyHertz()[i],
                        chunk.adcPhaseRadians()[i]));
            }
        }
        return windows;
    }
}
