package org.isocenter.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final long US = 1_000_000L;
    private static final Rasters RASTERS = Rasters.BEFORE_1_4;

    @Test
    void aTrapezoidHasFourCorners() {
        Gradient.Trapezoid trapezoid = new Gradient.Trapezoid(1000, 100 * US, 200 * US, 50 * US, 30 * US);
        Waveform waveform = trapezoid.waveform(RASTERS);
        assertThat(waveform.timesPs()).containsExactly(30 * US, 130 * US, 330 * US, 380 * US);
        assertThat(trapezoid.endPs(RASTERS)).isEqualTo(380 * US);
        assertThat(waveform.at(80 * US)).isEqualTo(500);
        assertThat(waveform.at(330 * US)).isEqualTo(1000);
        assertThat(waveform.at(29 * US)).isZero();
        assertThat(waveform.at(381 * US)).isZero();
        assertThat(trapezoid.areaPerMeter()).isCloseTo(0.275, Offset.offset(1e-12));
        assertThat(waveform.areaPerMeter()).isCloseTo(0.275, Offset.offset(1e-12));
    }

    @Test
    void uniformSamplesLieAtRasterCentresBetweenTheEdges() {
        Gradient uniform = new Gradient.Uniform(10, new Shape(0.5, 1), 2, 3, 20 * US, false);
        Waveform waveform = uniform.waveform(RASTERS);
        assertThat(waveform.timesPs()).containsExactly(20 * US, 25 * US, 35 * US, 40 * US);
        assertThat(waveform.hertzPerMeter()).containsExactly(2, 5, 10, 3);
        assertThat(uniform.endPs(RASTERS)).isEqualTo(40 * US);
    }

    @Test
    void oversampledSamplesLieAtCentresAndEdges() {
        Gradient uniform = new Gradient.Uniform(10, new Shape(0.1, 0.2, 0.3), 0, 4, 0, true);
        Waveform waveform = uniform.waveform(RASTERS);
        assertThat(waveform.timesPs()).containsExactly(0, 5 * US, 10 * US, 15 * US, 20 * US);
        assertThat(waveform.hertzPerMeter()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void cornersLieAtTheirOwnTimes() {
        Gradient corners = new Gradient.Corners(100, new Shape(0, 1, -0.5), new Shape(0, 3, 7), 50 * US);
        assertThat(corners.waveform(RASTERS).timesPs()).containsExactly(50 * US, 80 * US, 120 * US);
        assertThat(corners.waveform(RASTERS).hertzPerMeter()).containsExactly(0, 100, -50);
        assertThat(corners.endPs(RASTERS)).isEqualTo(120 * US);
    }

    @Test
    void atAJumpTheLaterValueCounts() {
        Waveform waveform = new Waveform(new long[] {0, 10, 10, 20}, new double[] {0, 1, 5, 5});
        assertThat(waveform.at(10)).isEqualTo(5);
        assertThat(waveform.at(5)).isEqualTo(0.5);
        assertThat(Waveform.ZERO.at(0)).isZero();
    }

    @Test
    void aPulsesLengthIsThatOfItsSamplesOrTimes() {
        RfPulse sampled = pulse(new Shape(1, 1, 1), null);
        assertThat(sampled.shapeDurationPs(RASTERS)).isEqualTo(3 * US);
        assertThat(sampled.endPs(RASTERS)).isEqualTo(103 * US);
        assertThat(pulse(new Shape(1, 1), new Shape(0.5, 9.5)).shapeDurationPs(RASTERS))
                .isEqualTo(10 * US);
        assertThat(pulse(new Shape(1, 1), new Shape(0, 10)).shapeDurationPs(RASTERS))
                .isEqualTo(10 * US);
    }

    @Test
    void offsetsInPpmScaleWithTheLarmorFrequency() {
        RfPulse pulse = pulse(new Shape(1, 1), null);
        assertThat(pulse.frequencyOffsetHertz(2e6)).isCloseTo(10 - 6.9, Offset.offset(1e-9));
        assertThat(pulse.phaseOffsetRadians(2e6)).isCloseTo(1.5, Offset.offset(1e-9));
        Adc adc = new Adc(100, 25 * US, 60 * US, 2, 0.5, 1, 0.25, null);
        assertThat(adc.frequencyOffsetHertz(1e6)).isCloseTo(3, Offset.offset(1e-9));
        assertThat(adc.phaseOffsetRadians(1e6)).isCloseTo(0.75, Offset.offset(1e-9));
        assertThat(adc.endPs()).isEqualTo(2560 * US);
    }

    private static RfPulse pulse(Shape magnitude, Shape times) {
        return new RfPulse(100, magnitude, null, times, 0, 100 * US, -3.45, 0.5, 10, 0.5, RfUse.EXCITATION);
    }

    @Test
    void everyUseHasItsLetter() {
        for (RfUse use : RfUse.values()) {
            assertThat(RfUse.of(use.letter())).isEqualTo(use);
        }
        assertThat(RfUse.of('?')).isEqualTo(RfUse.UNDEFINED);
    }

    @Test
    void shapesWithTheSameSamplesAreEqual() {
        double[] samples = {1, 2, 3};
        Shape shape = new Shape(samples);
        samples[0] = 9;
        assertThat(shape).isEqualTo(new Shape(1, 2, 3)).hasSameHashCodeAs(new Shape(1, 2, 3));
        assertThat(shape).isNotEqualTo(new Shape(1, 2)).isNotEqualTo("shape");
    }
}
