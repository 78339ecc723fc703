package org.isocenter.hardware.virtual.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.ProfileFormatException;
import org.isocenter.hardware.ReceiveImperfections;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each step of the chain by itself, on windows of a known signal; those that need pulses are in the scanner's own tests. */
class ReceiveChainTest {
    private static final double DWELL = 50e-6;

    private static ReceiveImperfections receive(String... keysAndValues) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put("receive." + keysAndValues[i], keysAndValues[i + 1]);
        }
        try {
            return ScannerProfile.builtIn("ideal", map).imperfections().receive();
        } catch (ProfileFormatException e) {
            throw new AssertionError(e);
        }
    }

    /** Samples of one window, channel after channel. */
    private record Samples(int count, float[] re, float[] im) {
        double power(int channel) {
            return product(channel, channel);
        }

        /** Mean of the real parts' products and of the imaginary parts'. */
        double product(int one, int other) {
            double sum = 0;
            for (int s = 0; s < count; s++) {
                sum += re[one * count + s] * (double) re[other * count + s];
                sum += im[one * count + s] * (double) im[other * count + s];
            }
            return sum / (2 * count);
        }

        /** Amplitude and phase at a frequency, of what was received before it was conjugated. */
        double[] tone(int channel, double hertz) {
            double real = 0;
            double imaginary = 0;
            for (int s = 0; s < count; s++) {
                double angle = -2 * Math.PI * hertz * (s + 0.5) * DWELL;
                double a = re[channel * count + s];
                double b = -im[channel * count + s];
                real += a * Math.cos(angle) - b * Math.sin(angle);
                imaginary += a * Math.sin(angle) + b * Math.cos(angle);
            }
            return new double[] {Math.hypot(real, imaginary) / count, Math.atan2(imaginary, real)};
        }
    }

    private static Samples window(
            ReceiveImperfections receive, long seed, int adcIndex, double start, int count, double re, double im) {
        return window(chain(receive, seed), Math.max(1, receive.channels()), adcIndex, start, count, re, im);
    }

    private static ReceiveChain chain(ReceiveImperfections receive, long seed) {
        SystemLimits limits = ScannerProfile.builtIn("ideal").limits();
        ReceiveCoil coil = new ReceiveCoil(Math.max(1, receive.channels()), Vec3.Z);
        return new ReceiveChain(Imperfections.NONE.with(receive), coil, limits, null, seed, 1);
    }

    private static Samples window(
            ReceiveChain chain, int channels, int adcIndex, double start, int count, double re, double im) {
        ReceivedSignal signal = new ReceivedSignal(adcIndex, channels, count, start, DWELL, 0);
        for (int i = 0; i < channels * count; i++) {
            signal.set(i / count, i % count, re, im, 0);
        }
        float[] samplesRe = new float[channels * count];
        float[] samplesIm = new float[channels * count];
        chain.receive(signal, samplesRe, samplesIm);
        return new Samples(count, samplesRe, samplesIm);
    }

    private static Samples silence(ReceiveImperfections receive, int adcIndex, double start, int count) {
        return window(receive, 1, adcIndex, start, count, 0, 0);
    }

    @Test
    void aPerfectReceiverHandsTheConjugateOn() {
        Samples samples = window(receive(), 1, 0, 0, 4, 3, 7);
        assertThat(samples.re()).containsOnly(3);
        assertThat(samples.im()).containsOnly(-7);
    }

    @Test
    void aNoiseFigureOfThreeDecibelsDoublesTheNoisePower() {
        double without = silence(receive("noise", "0.5"), 0, 0, 200_000).power(0);
        double with = silence(receive("noise", "0.5", "noiseFigureDecibels", "3.0103"), 0, 0, 200_000)
                .power(0);
        assertThat(without).isCloseTo(0.5 * 0.5 * 2, within(0.01 * 0.5));
        assertThat(with / without).isCloseTo(2, within(0.02));
    }

    @Test
    void noiseOfNeighboursIsCorrelatedAsStatedAndThatOfPreamplifiersIsNot() {
        Samples coil = silence(receive("channels", "8", "noise", "1", "noiseCorrelation", "0.4"), 0, 0, 100_000);
        double each = coil.power(0);
        assertThat(each).isCloseTo(2, within(0.03));
        assertThat(coil.product(0, 1) / each).isCloseTo(0.4, within(0.01));
        assertThat(coil.product(7, 0) / each).isCloseTo(0.4, within(0.01));
        assertThat(coil.product(0, 4) / each).isLessThan(0.15);
        Samples both = silence(
                receive("channels", "8", "noise", "1", "noiseCorrelation", "0.4", "noiseFigureDecibels", "3.0103"),
                0,
                0,
                100_000);
        assertThat(both.product(0, 1) / both.power(0)).isCloseTo(0.2, within(0.01));
        Samples none = silence(receive("channels", "8", "noise", "1"), 0, 0, 100_000);
        assertThat(none.product(0, 1) / none.power(0)).isCloseTo(0, within(0.01));
    }

    @Test
    void neighbouringSeedsWindowsAndChannelsHaveUnrelatedNoise() {
        ReceiveImperfections noisy = receive("channels", "2", "noise", "1");
        Samples one = window(noisy, 1, 0, 0, 20_000, 0, 0);
        Samples seed = window(noisy, 2, 0, 0, 20_000, 0, 0);
        Samples next = window(noisy, 1, 1, 0, 20_000, 0, 0);
        for (float[] other : new float[][] {seed.re(), next.re(), one.im()}) {
            for (int shift = -3; shift <= 3; shift++) {
                double sum = 0;
                for (int s = 3; s < 20_000 - 3; s++) {
                    sum += one.re()[s] * other[s + shift];
                }
                assertThat(sum / 20_000).isCloseTo(0, within(0.06));
            }
        }
        assertThat(window(noisy, 1, 0, 0, 20_000, 0, 0).re()).isEqualTo(one.re());
    }

    private static Samples noise(int count, double dwellSeconds) {
        ReceivedSignal signal = new ReceivedSignal(3, 1, count, 0, dwellSeconds, 0);
        float[] re = new float[count];
        float[] im = new float[count];
        chain(receive("noise", "1"), 5).receive(signal, re, im);
        return new Samples(count, re, im);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, 257})
    void noiseOfAWindowIsWhiteAndAsStrongAsItsBandIsWide(int count) {
        ReceiveChain chain = chain(receive("noise", "1"), 8);
        int windows = 40_000 / count;
        double[] alike = new double[count];
        for (int i = 0; i < windows; i++) {
            Samples samples = window(chain, 1, i, 0, count, 0, 0);
            for (int shift = 0; shift < count; shift++) {
                double sum = 0;
                for (int s = shift; s < count; s++) {
                    sum += samples.re()[s] * samples.re()[s - shift] + samples.im()[s] * samples.im()[s - shift];
                }
                alike[shift] += sum / (2.0 * windows * (count - shift));
            }
        }
        assertThat(alike[0]).isCloseTo(2, within(0.04)); // 20 kHz
        double leastAlike = Math.max(0.01, 0.3 / count); // of windows as short as that a tone more or less counts
        for (int shift = 1; shift < count; shift++) {
            double pairs = 2.0 * windows * (count - shift);
            assertThat(Math.abs(alike[shift]))
                    .as("%d samples on", shift)
                    .isLessThan(2 * (5 / Math.sqrt(pairs) + leastAlike));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "250, 40e-6, 750, 13.333333333333334e-6",
        "250, 40e-6, 1000, 10e-6",
        "64, 33.3333e-6, 193, 11.1083984375e-6"
    })
    void aWindowThatIsReceivedInPartsHasTheNoiseOfAWholeOneInItsBand(
            int count, double dwell, int parts, double dwellOfParts) {
        Samples whole = noise(count, dwell);
        Samples more = noise(parts, dwellOfParts);
        for (double hertz = -8e3; hertz <= 8e3; hertz += 500) {
            double error = 0;
            double power = 0;
            for (int part = 0; part < 2; part++) {
                double sum = 0;
                double fine = 0;
                for (int s = 0; s < count; s++) {
                    sum += along(whole, s, part, hertz * (s + 0.5) * dwell) * taper((s + 0.5) / count) / count;
                }
                for (int s = 0; s < parts; s++) {
                    double seconds = (s + 0.5) * dwellOfParts;
                    fine += along(more, s, part, hertz * seconds) * taper(Math.min(1, seconds / dwell / count)) / parts;
                }
                error += Math.pow(fine - sum, 2);
                power += sum * sum;
            }
            assertThat(Math.sqrt(error / power)).as("at %f Hz", hertz).isLessThan(0.02);
        }
    }

    /** Real or imaginary part of a sample, turned back. */
    private static double along(Samples samples, int s, int part, double turns) {
        double angle = 2 * Math.PI * turns;
        double re = samples.re()[s];
        double im = -samples.im()[s];
        return part == 0 ? re * Math.cos(angle) + im * Math.sin(angle) : im * Math.cos(angle) - re * Math.sin(angle);
    }

    /** So smooth that tones beyond the band, which only the parts have, add nothing. */
    private static double taper(double share) {
        return Math.pow(Math.sin(Math.PI * share), 4);
    }

    @Test
    void aLineAppearsAtItsFrequencyWithItsAmplitudeAndGoesOnBetweenReadouts() {
        ReceiveImperfections line = receive("interference", "[{offsetHertz: 1000, amplitude: 5}]");
        ReceiveChain chain = chain(line, 1);
        double[] first = window(chain, 1, 0, 0.1, 400, 0, 0).tone(0, 1000);
        double[] later = window(chain, 1, 1, 12.345678, 400, 0, 0).tone(0, 1000);
        assertThat(first[0]).isCloseTo(5, within(1e-5));
        assertThat(later[0]).isCloseTo(5, within(1e-5));
        double turned = later[1] - first[1] - 2 * Math.PI * 1000 * (12.345678 - 0.1);
        assertThat(Math.IEEEremainder(turned, 2 * Math.PI)).isCloseTo(0, within(1e-5));
        assertThat(silence(line, 0, 0.1, 400).tone(0, -1000)[0]).isLessThan(1e-6);
    }

    @Test
    void aLineIsTheSameHoweverLongADeviceTakesUntilTheFirstWindow() {
        ReceiveImperfections line =
                receive("interference", "[{offsetHertz: 7300, amplitude: 5, modulationDepth: 0.5}]");
        assertThat(silence(line, 0, 0.1000123, 400).re())
                .containsExactly(silence(line, 0, 0.1, 400).re(), offset(1e-4f));
    }

    @Test
    void aLineOnTheAirLiesWhereItsDistanceFromTheCarrierSays() {
        double carrier = ScannerProfile.builtIn("ideal").limits().larmorHertz();
        ReceiveImperfections line =
                receive("interference", "[{frequencyHertz: " + (carrier - 2500) + ", amplitude: 2}]");
        assertThat(silence(line, 0, 0, 400).tone(0, -2500)[0]).isCloseTo(2, within(1e-5));
    }

    @Test
    void aLineThatSwingsWithTheMainsHasSidebands() {
        ReceiveImperfections line = receive(
                "interference", "[{offsetHertz: 1000, amplitude: 8, modulationDepth: 0.5, modulationHertz: 100}]");
        Samples samples = silence(line, 0, 0.3, 2000); // 100 ms
        assertThat(samples.tone(0, 1000)[0]).isCloseTo(8, within(1e-4));
        assertThat(samples.tone(0, 900)[0]).isCloseTo(2, within(1e-4));
        assertThat(samples.tone(0, 1100)[0]).isCloseTo(2, within(1e-4));
        assertThat(samples.tone(0, 1200)[0]).isLessThan(1e-4);
        double largest = 0;
        double smallest = 100;
        for (int s = 0; s < 2000; s++) {
            double strength = Math.hypot(samples.re()[s], samples.im()[s]);
            largest = Math.max(largest, strength);
            smallest = Math.min(smallest, strength);
        }
        assertThat(largest).isCloseTo(12, within(0.01));
        assertThat(smallest).isCloseTo(4, within(0.01));
    }

    @Test
    void aLineOutsideTheBandIsFilteredAwayAndDoesNotFoldIn() {
        ReceiveImperfections edge = receive("interference", "[{offsetHertz: 10000, amplitude: 4}]");
        ReceiveImperfections outside = receive("interference", "[{offsetHertz: 11001, amplitude: 4}]");
        assertThat(silence(edge, 0, 0, 400).tone(0, 10_000)[0]).isCloseTo(2, within(1e-4));
        assertThat(silence(outside, 0, 0, 400).re()).containsOnly(0);
    }

    @Test
    void eachChannelReceivesALineWithAPhaseOfItsOwn() {
        Samples samples =
                silence(receive("channels", "3", "interference", "[{offsetHertz: 1000, amplitude: 5}]"), 0, 0, 400);
        assertThat(samples.tone(1, 1000)[0]).isCloseTo(5, within(1e-5));
        assertThat(samples.tone(1, 1000)[1])
                .isNotCloseTo(samples.tone(0, 1000)[1], within(1e-3))
                .isNotCloseTo(samples.tone(2, 1000)[1], within(1e-3));
    }

    @Test
    void mainsNoiseSwellsTwiceInEachPeriodAndIsTheSameInAllChannelsButForAPhase() {
        Samples samples = silence(receive("channels", "2", "mainsNoise", "1"), 0, 0, 200_000); // 10 s
        assertThat(samples.power(0)).isCloseTo(2, within(0.03));
        double[] strength = new double[200]; // of 10 ms
        for (int s = 0; s < 200_000; s++) {
            strength[s % 200] += (samples.re()[s] * samples.re()[s] + samples.im()[s] * samples.im()[s]) / 1000;
            assertThat(Math.hypot(samples.re()[s], samples.im()[s]))
                    .isCloseTo(Math.hypot(samples.re()[200_000 + s], samples.im()[200_000 + s]), within(1e-5));
        }
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (double each : strength) {
            low = Math.min(low, each);
            high = Math.max(high, each);
        }
        assertThat(low).isLessThan(0.05);
        assertThat(high).isCloseTo(8, within(0.8));
    }

    @Test
    void gainMultipliesAll() {
        assertThat(window(receive("gainDecibels", "20"), 1, 0, 0, 4, 3, 0).re()).containsOnly(30);
        assertThat(receive("gainDecibels", "20", "noise", "2", "noiseFigureDecibels", "20")
                        .deliveredNoise())
                .isCloseTo(200, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 60, 99.9})
    void whatFitsTheConverterIsUntouched(double amplitude) {
        Samples samples = window(receive("fullScale", "100"), 1, 0, 0, 4, 0.6 * amplitude, -0.8 * amplitude);
        assertThat(samples.re()[2]).isEqualTo((float) (0.6 * amplitude));
        assertThat(samples.im()[2]).isEqualTo((float) (0.8 * amplitude));
    }

    @ParameterizedTest
    @ValueSource(doubles = {101, 150, 1e6})
    void beyondFullScaleTheFundamentalOfTheClippedWaveIsLeft(double amplitude) {
        Samples samples = window(receive("fullScale", "100"), 1, 0, 0, 4, 0.6 * amplitude, -0.8 * amplitude);
        double expected = 0;
        for (int i = 0; i < 20_000; i++) {
            double phase = 2 * Math.PI * (i + 0.5) / 20_000;
            double clipped = Math.max(-100, Math.min(100, amplitude * Math.sin(phase)));
            expected += clipped * Math.sin(phase) / 10_000;
        }
        assertThat(Math.hypot(samples.re()[1], samples.im()[1])).isCloseTo(expected, within(1e-3));
        assertThat(Math.atan2(samples.im()[1], samples.re()[1])).isCloseTo(Math.atan2(0.8, 0.6), within(1e-6));
        assertThat(expected).isLessThan(100 * 4 / Math.PI + 1e-6);
    }

    @Test
    void samplesAreWholeStepsOfTheWord() {
        ReceiveImperfections rounded = receive("fullScale", "128", "bits", "8");
        Samples samples = window(rounded, 1, 0, 0, 4, 3.4, 0.6);
        assertThat(rounded.quantum()).isEqualTo(1);
        assertThat(samples.re()).containsOnly(3);
        assertThat(samples.im()).containsOnly(-1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ringdownAmplitude | 3 | ringdownSeconds",
                "bits | 16 | fullScale",
                "channels | 0 | channels",
                "noiseCorrelation | 1 | noiseCorrelation",
                "fieldDirection | [0,0,0] | fieldDirection",
                "interference | [{amplitude: 1}] | offsetHertz",
                "interference | [{offsetHertz: 1, frequencyHertz: 2e6, amplitude: 1}] | offsetHertz",
            })
    void whatMakesNoSenseIsRefusedByItsKey(String key, String value, String named) {
        assertThatThrownBy(() -> ScannerProfile.builtIn("ideal", Map.of("receive." + key, value)))
                .isInstanceOf(ProfileFormatException.class)
                .hasMessageContaining(named);
    }
}
