package org.isocenter.sequence.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;
import org.junit.jupiter.api.Test;

class WindowedSpectrumTest {
    private static final long US = 1_000_000;
    private static final Rasters RASTERS = new Rasters(10 * US, US, 100_000, 10 * US);

    private static List<double[][]> windows(Sequence sequence, int... ks) {
        List<double[][]> windows = new ArrayList<>();
        WindowedSpectrum spectrum = new WindowedSpectrum(
                sequence,
                ks,
                (startPs, block, amplitude) ->
                        windows.add(new double[][] {amplitude[0].clone(), amplitude[1].clone(), amplitude[2].clone()}));
        for (int block = 0; block < sequence.blockCount(); block++) {
            spectrum.block(block);
        }
        spectrum.end();
        return windows;
    }

    /** Blocks of 7 ms, so that windows cut them anywhere. */
    private static Sequence sinusoid(double hertzPerMeter, double hertz, double offset, Rotation rotation) {
        Sequence.Builder builder = new Sequence.Builder(RASTERS);
        for (int block = 0; block < 30; block++) {
            double[] samples = new double[700];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = offset + Math.sin(2 * Math.PI * hertz * (block * 7e-3 + (i + 0.5) * 10e-6));
            }
            double first = hertzPerMeter * (offset + Math.sin(2 * Math.PI * hertz * block * 7e-3));
            double last = hertzPerMeter * (offset + Math.sin(2 * Math.PI * hertz * (block + 1) * 7e-3));
            builder.block(
                    null,
                    new Gradient.Uniform(hertzPerMeter, new Shape(samples), first, last, 0, false),
                    null,
                    null,
                    null,
                    List.of(new Extension.Turn(rotation)));
        }
        return builder.build();
    }

    @Test
    void aSteadySinusoidHasItsOwnAmplitudeAndNoOther() {
        List<double[][]> windows = windows(sinusoid(1e5, 600, 0.3, Rotation.IDENTITY), 60, 90, 120);
        for (double[][] amplitude : windows.subList(1, 7)) {
            // Straight lines between samples 10 µs apart lose 3e-5 of it.
            assertThat(amplitude[0][1]).isCloseTo(1e5, within(20.0));
            assertThat(amplitude[0][0]).isLessThan(20);
            assertThat(amplitude[0][2]).isLessThan(20);
            assertThat(amplitude[1][1]).isZero();
        }
        assertThat(windows).hasSizeGreaterThan(8);
    }

    @Test
    void aRotationMovesItToTheOtherAxes() {
        Rotation turn = Rotation.about(Vec3.Z, Math.toRadians(30));
        double[][] amplitude = windows(sinusoid(1e5, 600, 0, turn), 90).get(3);
        assertThat(amplitude[0][0]).isCloseTo(1e5 * Math.cos(Math.toRadians(30)), within(20.0));
        assertThat(amplitude[1][0]).isCloseTo(1e5 * Math.sin(Math.toRadians(30)), within(20.0));
        assertThat(amplitude[2][0]).isCloseTo(0, within(1e-6));
    }

    /** The definition, summed over samples 1 µs apart. */
    @Test
    void anyWaveformHasTheSpectrumOfItsDefinition() {
        Gradient lobe = new Gradient.Trapezoid(3e5, 200 * US, 1000 * US, 200 * US, 300 * US);
        Gradient shape = new Gradient.Corners(1, new Shape(0, 2e5, -1e5, 0), new Shape(0, 30, 170, 300), 100 * US);
        Sequence.Builder builder = new Sequence.Builder(RASTERS);
        for (int i = 0; i < 30; i++) {
            builder.block(3300 * US, null, i % 3 == 0 ? shape : lobe, null, null, null, List.of());
        }
        Sequence sequence = builder.build();
        int[] ks = {1, 2, 3, 40, 45, 150};
        List<double[][]> windows = windows(sequence, ks);
        int n = 50_000;
        for (int w : new int[] {1, 2}) {
            double start = (w - 1) * 25e-3;
            double mean = 0;
            double[] g = new double[n];
            int block = 0;
            for (int i = 0; i < n; i++) {
                long ps = Math.round((start + (i + 0.5) * 1e-6) * 1e12);
                while (sequence.startPs(block + 1) <= ps) {
                    block++;
                }
                g[i] = sequence.gradient(sequence.gradientId(block, Axis.X))
                        .waveform(RASTERS)
                        .at(ps - sequence.startPs(block));
                mean += g[i] / n;
            }
            for (int k = 0; k < ks.length; k++) {
                double omega = 2 * Math.PI * ks[k] * WindowedSpectrum.SPACING_HERTZ;
                double re = 0;
                double im = 0;
                for (int i = 0; i < n; i++) {
                    double t = (i + 0.5) * 1e-6;
                    double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * t / 0.05);
                    re += hann * (g[i] - mean) * Math.cos(omega * t) * 1e-6;
                    im -= hann * (g[i] - mean) * Math.sin(omega * t) * 1e-6;
                }
                double expected = 2 * Math.hypot(re, im) / 0.025;
                assertThat(windows.get(w)[0][k])
                        .as("window " + w + " at k = " + ks[k])
                        .isCloseTo(expected, within(2.0));
            }
        }
    }
}
