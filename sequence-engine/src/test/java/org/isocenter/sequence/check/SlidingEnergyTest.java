package org.isocenter.sequence.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingEnergyTest {
    private static final long US = 1_000_000;
    private static final Rasters RASTERS = new Rasters(10 * US, US, 100_000, 10 * US);

    private static RfPulse pulse(double hertz, Shape magnitude, Shape time, long delay) {
        return new RfPulse(hertz, magnitude, null, time, 0, delay * US, 0, 0, 0, 0, RfUse.EXCITATION);
    }

    private static double worst(Sequence sequence, double seconds) {
        SlidingEnergy window = new SlidingEnergy(sequence, new PulseEnergies(sequence), seconds);
        for (int block = 0; block < sequence.blockCount(); block++) {
            if (sequence.rfId(block) != 0) {
                window.enter(block);
            }
        }
        return window.peak().value();
    }

    /** Every microsecond as a window's start; all corners lie on microseconds. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noWindowAnywhereHoldsMore(long seed) {
        Random random = new Random(seed);
        RfPulse[] pulses = new RfPulse[4];
        for (int i = 0; i < pulses.length; i++) {
            double[] samples = new double[20 + random.nextInt(400)];
            for (int k = 0; k < samples.length; k++) {
                samples[k] = random.nextDouble();
            }
            pulses[i] = pulse(100 + 900 * random.nextDouble(), new Shape(samples), null, random.nextInt(50));
        }
        Sequence.Builder builder = new Sequence.Builder(RASTERS);
        while (builder.endPs() < 30_000 * US) {
            builder.block(pulses[random.nextInt(4)], null, null, null, null, List.of());
            builder.delay(10 * US * random.nextInt(random.nextInt(200) + 1));
        }
        Sequence sequence = builder.build();
        int n = (int) (sequence.durationPs() / US);
        double[] energy = new double[n + 1];
        double[] power = new double[n];
        for (int block = 0; block < sequence.blockCount(); block++) {
            if (sequence.rfId(block) != 0) {
                RfPulse pulse = sequence.rfPulse(sequence.rfId(block));
                int start = (int) ((sequence.startPs(block) + pulse.delayPs()) / US);
                for (int k = 0; k < pulse.magnitude().length(); k++) {
                    power[start + k] =
                            Math.pow(pulse.amplitudeHertz() * pulse.magnitude().at(k), 2);
                }
            }
        }
        for (int i = 0; i < n; i++) {
            energy[i + 1] = energy[i] + power[i] * 1e-6;
        }
        for (int window : new int[] {50, 1000, 3000, 10_000, 100_000}) {
            double expected = 0;
            for (int start = -window; start < n; start++) {
                expected = Math.max(expected, energy[Math.min(n, start + window)] - energy[Math.max(0, start)]);
            }
            assertThat(worst(sequence, window * 1e-6))
                    .as("seed " + seed + ", window of " + window + " us")
                    .isCloseTo(expected, within(1e-9 * expected));
        }
    }

    @Test
    void aWindowThatCutsTwoPulsesIsCountedByHand() {
        // 1 ms at 500 Hz, every 3 ms: 3.5 ms hold one pulse and half of the next.
        RfPulse block = pulse(500, new Shape(1, 1), new Shape(0, 1000), 0);
        Sequence.Builder builder = new Sequence.Builder(RASTERS);
        for (int i = 0; i < 4; i++) {
            builder.block(3000 * US, block, null, null, null, null, List.of());
        }
        assertThat(worst(builder.build(), 3.5e-3)).isCloseTo(500 * 500 * 1.5e-3, within(1e-6));
        assertThat(worst(builder.build(), 1)).isCloseTo(500 * 500 * 4e-3, within(1e-6));
    }

    @Test
    void aSlopeBetweenTwoTimesHasTheEnergyOfItsSquare() {
        RfPulse ramp = pulse(600, new Shape(0, 1), new Shape(0, 900), 0);
        Sequence sequence = new Sequence.Builder(RASTERS)
                .block(ramp, null, null, null, null, List.of())
                .build();
        assertThat(worst(sequence, 1)).isCloseTo(600 * 600 * 900e-6 / 3, within(1e-9));
    }

    @Test
    void pulsesThatDifferInPhaseAloneAreOneKind() {
        Shape ones = new Shape(1, 1, 1);
        Sequence.Builder builder = new Sequence.Builder(RASTERS);
        for (int i = 0; i < 5; i++) {
            builder.block(
                    new RfPulse(100, ones, null, null, 0, 0, 0, 0, 10 * i, 0.1 * i, RfUse.EXCITATION),
                    null,
                    null,
                    null,
                    null,
                    List.of());
        }
        Sequence sequence = builder.build();
        PulseEnergies energies = new PulseEnergies(sequence);
        assertThat(sequence.rfCount()).isEqualTo(5);
        for (int id = 1; id <= 5; id++) {
            assertThat(energies.kind(id)).isEqualTo(1);
        }
        assertThat(energies.of(3).total()).isCloseTo(100 * 100 * 3e-6, within(1e-12));
    }
}
