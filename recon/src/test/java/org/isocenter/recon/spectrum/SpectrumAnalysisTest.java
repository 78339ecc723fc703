package org.isocenter.recon.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.SpectrumKind;
import org.isocenter.model.Study;
import org.isocenter.model.TrajectoryDescription;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpectrumAnalysisTest {
    private static final double DWELL = 1e-4;

    @TempDir
    Path folder;

    private static RawData raw(TrajectoryDescription description, List<Double> echoTimes, List<Readout> readouts) {
        return raw(description, echoTimes, readouts, 2);
    }

    private static RawData raw(
            TrajectoryDescription description, List<Double> echoTimes, List<Readout> readouts, int averages) {
        Vec3 none = new Vec3(1, 1, 1);
        Encoding encoding = new Encoding(
                        64,
                        1,
                        1,
                        none,
                        64,
                        1,
                        1,
                        none,
                        EncodingLimits.NONE,
                        EncodingLimits.NONE,
                        1,
                        1,
                        1,
                        1,
                        0,
                        Encoding.Trajectory.OTHER,
                        1)
                .withTrajectory(Encoding.Trajectory.OTHER, description);
        Study study = new Study("", "", "", "", "", "", null, Patient.UNKNOWN, PatientPosition.HFS, "", true);
        ScannerInfo scanner = new ScannerInfo("", "", "", "", "", "", 0.05, 2.1e6, 1, "");
        SequenceParameters sequence = new SequenceParameters(
                "", List.of(), List.of(), "", 1, echoTimes, Double.NaN, Double.NaN, 1, averages, Double.NaN, DWELL);
        return RawData.of(
                new ScanHeader("test", "", null, study, scanner, sequence, List.of(encoding), Map.of()), readouts);
    }

    private static EncodingCounters counters(int average, int contrast, int repetition) {
        return new EncodingCounters(0, 0, average, 0, contrast, 0, repetition, 0, 0);
    }

    /** Channels of a decaying line, as a scanner stores it: the conjugate. */
    private static Readout line(
            EncodingCounters counters,
            int samples,
            double height,
            double hertz,
            double t2Star,
            double... channelPhases) {
        int channels = Math.max(1, channelPhases.length);
        float[] re = new float[samples * channels];
        float[] im = new float[samples * channels];
        for (int c = 0; c < channels; c++) {
            double start = channelPhases.length == 0 ? 0.7 : channelPhases[c];
            for (int i = 0; i < samples; i++) {
                double phase = start - 2 * Math.PI * hertz * i * DWELL;
                double size = height * Math.exp(-i * DWELL / t2Star);
                re[c * samples + i] = (float) (size * Math.cos(phase));
                im[c * samples + i] = (float) (size * Math.sin(phase));
            }
        }
        return new Readout(header(counters, samples, channels), re, im);
    }

    private static ReadoutHeader header(EncodingCounters counters, int samples, int channels) {
        return new ReadoutHeader(0, 0, counters, samples, channels, 0, 0, 0, DWELL, 0, 0, EncodingGeometry.AXIAL);
    }

    private static double value(Measurement measurement, String name) {
        return measurement.figures().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @ParameterizedTest
    @CsvSource({"0, 0.05", "123.4, 0.02", "-1800, 0.005", "31, 0.003"})
    void aLineIsFoundAtItsFrequencyWithItsWidthAndDecay(double hertz, double t2Star) {
        Readout decay = line(EncodingCounters.ZERO, 4096, 5, hertz, t2Star);

        Measurement found = SpectrumAnalysis.of(raw(SpectrumKind.FID.description(List.of()), List.of(), List.of(decay)))
                .orElseThrow();

        double width = 1 / (Math.PI * t2Star);
        assertThat(value(found, "peakFrequency")).isCloseTo(hertz, within(0.02 * width));
        assertThat(value(found, "linewidth")).isCloseTo(width, within(0.02 * width));
        assertThat(value(found, "t2Star")).isCloseTo(t2Star, within(1e-3 * t2Star));
        assertThat(value(found, "amplitude")).isCloseTo(5, within(0.01));
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void aLineNarrowerThanTheAcquisitionCanTellIsNoted() {
        Readout decay = line(EncodingCounters.ZERO, 512, 5, 0, 1);

        Measurement found = SpectrumAnalysis.of(raw(SpectrumKind.FID.description(List.of()), List.of(), List.of(decay)))
                .orElseThrow();

        assertThat(found.notes())
                .hasSize(1)
                .first()
                .asString()
                .contains("51 ms")
                .contains("more samples");
    }

    @Test
    void channelsAddUpInPhaseAndAveragesAreAveraged() {
        List<Readout> readouts = List.of(
                line(counters(0, 0, 0), 1024, 3, 50, 0.02, 0.1, 2.5, -1.9),
                line(counters(1, 0, 0), 1024, 3, 50, 0.02, 0.1, 2.5, -1.9));

        Measurement found = SpectrumAnalysis.of(
                        raw(SpectrumKind.SPIN_ECHO.description(List.of()), List.of(0.02), readouts))
                .orElseThrow();

        assertThat(value(found, "amplitude")).isCloseTo(3 * Math.sqrt(3), within(0.01));
        assertThat(value(found, "peakFrequency")).isCloseTo(50, within(0.1));
    }

    private static List<Readout> repetitions(List<Double> times, DoubleUnaryOperator height) {
        return IntStream.range(0, times.size())
                .mapToObj(i -> line(counters(0, 0, i), 1024, height.applyAsDouble(times.get(i)), 20, 0.02))
                .toList();
    }

    @Test
    void anInversionRecoveryGivesT1ItsNullAndHowWellWasInverted() {
        List<Double> times = List.of(0.01, 0.03, 0.1, 0.2, 0.4, 0.9, 2.0);
        List<Readout> readouts = repetitions(times, t -> 4 * (1 - 1.9 * Math.exp(-t / 0.3)));

        Measurement found = SpectrumAnalysis.of(
                        raw(SpectrumKind.INVERSION_RECOVERY.description(times), List.of(), readouts))
                .orElseThrow();

        assertThat(value(found, "t1")).isCloseTo(0.3, within(1e-5));
        assertThat(value(found, "null")).isCloseTo(0.3 * Math.log(1.9), within(1e-5));
        assertThat(value(found, "inversion")).isCloseTo(-0.9, within(1e-5));
    }

    @Test
    void aSaturationRecoveryGivesT1() {
        List<Double> times = List.of(0.02, 0.1, 0.3, 0.6, 1.2, 2.5);
        List<Readout> readouts = repetitions(times, t -> 4 * (1 - 0.97 * Math.exp(-t / 0.5)));

        Measurement found = SpectrumAnalysis.of(
                        raw(SpectrumKind.SATURATION_RECOVERY.description(times), List.of(), readouts))
                .orElseThrow();

        assertThat(value(found, "t1")).isCloseTo(0.5, within(1e-5));
        assertThat(value(found, "saturation")).isCloseTo(0.03, within(1e-5));
    }

    @Test
    void anEchoTrainGivesT2() {
        List<Double> times =
                IntStream.rangeClosed(1, 40).mapToObj(i -> 0.01 * i).toList();
        List<Readout> readouts = IntStream.range(0, 40)
                .mapToObj(i -> line(counters(0, i, 0), 32, 7 * Math.exp(-times.get(i) / 0.12), 5, 0.01))
                .toList();

        Measurement found = SpectrumAnalysis.of(raw(SpectrumKind.ECHO_TRAIN.description(List.of()), times, readouts))
                .orElseThrow();

        assertThat(value(found, "t2")).isCloseTo(0.12, within(1e-5));
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void whatMayShiftTheFiguresIsNoted() {
        List<Double> times = List.of(0.01, 0.03, 0.1, 0.2, 0.4, 0.9, 2.0);
        List<Readout> half = repetitions(times, t -> 4 * (1 - 1.5 * Math.exp(-t / 0.3)));
        Measurement inversion = SpectrumAnalysis.of(
                        raw(SpectrumKind.INVERSION_RECOVERY.description(times), List.of(), half))
                .orElseThrow();
        assertThat(inversion.notes()).anyMatch(note -> note.contains("inversion is incomplete"));

        List<Readout> echo = List.of(line(EncodingCounters.ZERO, 1024, 5, 0, 0.02));
        Measurement single = SpectrumAnalysis.of(
                        raw(SpectrumKind.SPIN_ECHO.description(List.of()), List.of(0.02), echo, 1))
                .orElseThrow();
        assertThat(single.notes()).anyMatch(note -> note.contains("odd number of averages"));
    }

    @Test
    void aScanCutShortTellsWhatIsMissingForAFit() {
        List<Double> times = List.of(0.01, 0.1, 0.5, 1.0, 2.0);
        List<Readout> two = repetitions(times, t -> 1 - 2 * Math.exp(-t / 0.3)).subList(0, 2);

        Measurement found = SpectrumAnalysis.of(raw(SpectrumKind.INVERSION_RECOVERY.description(times), List.of(), two))
                .orElseThrow();

        assertThat(found.notes()).contains("T1 needs at least 4 recovery times: there are 2");
    }

    @Test
    void imagesAndScansWithoutReadoutsAreNoMeasurements() {
        Readout decay = line(EncodingCounters.ZERO, 64, 1, 0, 1);
        assertThat(SpectrumAnalysis.of(raw(TrajectoryDescription.NONE, List.of(), List.of(decay))))
                .isEmpty();
        assertThat(SpectrumAnalysis.of(raw(SpectrumKind.FID.description(List.of()), List.of(), List.of())))
                .isEmpty();
    }

    private static List<Readout> noise(long seed, int windows, int channels, double interference) {
        Random random = new Random(seed);
        int samples = 1024;
        List<Readout> readouts = new ArrayList<>();
        for (int w = 0; w < windows; w++) {
            float[] re = new float[samples * channels];
            float[] im = new float[samples * channels];
            for (int i = 0; i < re.length; i++) {
                double sigma = 0.5 * (1 + i / samples);
                double phase = -2 * Math.PI * 1500 * (i % samples) * DWELL;
                re[i] = (float) (sigma * random.nextGaussian() + interference * Math.cos(phase));
                im[i] = (float) (sigma * random.nextGaussian() + interference * Math.sin(phase));
            }
            readouts.add(new Readout(header(counters(0, 0, w), samples, channels), re, im));
        }
        return readouts;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noiseIsMeasuredForEachChannelAndNotTakenForALine(long seed) {
        Measurement found = SpectrumAnalysis.of(
                        raw(SpectrumKind.NOISE.description(List.of()), List.of(), noise(seed, 4, 2, 0)))
                .orElseThrow();

        assertThat(value(found, "noise1")).as("seed %d", seed).isCloseTo(0.5, within(0.025));
        assertThat(value(found, "noise2")).as("seed %d", seed).isCloseTo(1, within(0.05));
        assertThat(value(found, "bandwidth")).isCloseTo(1e4, within(1e-6));
        assertThat(found.notes()).as("seed %d", seed).isEmpty();
    }

    @Test
    void interferenceIsFoundWithItsFrequency() {
        Measurement found = SpectrumAnalysis.of(
                        raw(SpectrumKind.NOISE.description(List.of()), List.of(), noise(5, 4, 1, 0.15)))
                .orElseThrow();

        assertThat(value(found, "lineHertz")).isCloseTo(1500, within(10.0));
        assertThat(found.notes()).hasSize(1).first().asString().contains("shielding");
    }

    @Test
    void errorsOfFitsAreWhatRepeatedMeasurementsScatterBy() {
        Random random = new Random(99);
        double[] x = IntStream.rangeClosed(1, 30).mapToDouble(i -> 0.02 * i).toArray();
        int trials = 300;
        double[] found = new double[trials];
        double told = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] y = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                y[i] = 1 - 2 * Math.exp(-x[i] / 0.2) + 0.02 * random.nextGaussian();
            }
            ExponentialFit fit = ExponentialFit.recovery(x, y);
            found[trial] = fit.constant();
            told += fit.constantError() / trials;
        }
        double mean = java.util.Arrays.stream(found).average().orElseThrow();
        double scatter = Math.sqrt(java.util.Arrays.stream(found)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
        assertThat(mean).isCloseTo(0.2, within(0.002));
        assertThat(told).isCloseTo(scatter, within(0.15 * scatter));
    }

    @Test
    void thePictureHasAPanelForEachCurveAndNumbersAtItsAxes() throws Exception {
        List<Double> times = List.of(0.01, 0.1, 0.3, 0.6, 1.2);
        Measurement measurement = SpectrumAnalysis.of(raw(
                        SpectrumKind.INVERSION_RECOVERY.description(times),
                        List.of(),
                        repetitions(times, t -> 1 - 2 * Math.exp(-t / 0.3))))
                .orElseThrow();

        Path file = folder.resolve("preview.png");
        SpectrumPicture.writePng(measurement, file);

        var image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(3 * 480);
        int ink = 0;
        int points = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 480; x < 960; x++) {
                int rgb = image.getRGB(x, y) & 0xffffff;
                ink += rgb == 0x333333 ? 1 : 0;
                points += rgb == 0xc0392b ? 1 : 0;
            }
        }
        assertThat(ink).as("squares of numbers").isGreaterThan(200);
        assertThat(points).as("five points").isBetween(5 * 15, 5 * 60);
    }

    @Test
    void ticksAreRoundNumbersWithinTheAxis() {
        assertThat(new Axis(-0.93, 2.1, 1).ticks(5)).containsExactly(-0.5, 0.0, 0.5, 1.0, 1.5, 2.0);
        assertThat(new Axis(0, 1, 1).text(0.30000000000000004)).isEqualTo("0.3");
        assertThat(new Axis(0, 2e6, 1).text(1.5e6)).isEqualTo("1.5e+06");
    }

    @Test
    void anAxisOfAmountsHasZeroOnItAndStaysWhereItIsUnderNoise() {
        Axis echo = Axis.ofAmounts(new double[] {1338.6, 1343.5, 1340.2}, new double[0]);
        assertThat(echo).isEqualTo(new Axis(0, 1400, 1));
        assertThat(Axis.ofAmounts(new double[] {1335.1, 1348.3})).isEqualTo(echo);
        Axis decay = Axis.ofAmounts(new double[] {-0.07}, new double[] {1.13});
        assertThat(decay.low()).isCloseTo(-0.2, within(1e-12));
        assertThat(decay.high()).isCloseTo(1.2, within(1e-12));
        assertThat(Axis.ofAmounts(new double[] {-3, -1}).high()).isZero();
        assertThat(Axis.ofAmounts(new double[] {0, 0}).high()).isGreaterThan(0);
    }

    @Test
    void figuresAreReadWithUnitAndError() {
        assertThat(new Figure("t1", "T1", 0.25031, 0.0004, "s").text()).isEqualTo("T1 250.31 ± 0.40 ms");
        assertThat(Figure.of("x", "line", Double.NaN, "Hz").text()).isEqualTo("line unknown");
    }
}
