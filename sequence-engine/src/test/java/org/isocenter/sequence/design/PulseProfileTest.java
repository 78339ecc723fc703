package org.isocenter.sequence.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;
import org.junit.jupiter.api.Test;

class PulseProfileTest {
    private static final Gradient SLICE = new Gradient.Trapezoid(200e3, 100_000_000, 2_000_000_000L, 100_000_000, 0);

    private static RfPulse sinc(double degrees, RfUse use, double hertz, double phase) {
        RfPulse p = PulseShape.sinc(Math.toRadians(degrees), 4, PulseShape.Window.HANN)
                .pulse(2000, 1_000_000, 100_000_000, use);
        return new RfPulse(
                p.amplitudeHertz(),
                p.magnitude(),
                p.phaseCycles(),
                null,
                p.centerSeconds(),
                p.delayPs(),
                0,
                0,
                hertz,
                phase,
                use);
    }

    @Test
    void pulsesThatDifferInFrequencyOrPhaseOnlyAreOne() {
        Sequence.Builder builder = new Sequence.Builder(Rasters.BEFORE_1_4);
        for (int slice = 0; slice < 5; slice++) {
            builder.block(sinc(90, RfUse.EXCITATION, 500 * slice, 0.1 * slice), null, null, SLICE, null, List.of());
            builder.block(sinc(180, RfUse.REFOCUSING, 500 * slice, 1), null, null, null, null, List.of());
        }

        List<PulseProfile> found = PulseProfile.of(builder.build(), 10);

        assertThat(found).hasSize(2);
        PulseProfile excitation = found.get(0);
        assertThat(excitation.played()).isEqualTo(5);
        assertThat(excitation.firstBlock()).isZero();
        assertThat(Math.toDegrees(excitation.flipRadians())).isCloseTo(90, within(0.01));
        assertThat(excitation.gradientHertzPerMeter()).isCloseTo(200e3, within(1e-6));
        assertThat(excitation.thicknessMeters()).isCloseTo(excitation.bandwidthHertz() / 200e3, within(1e-12));
        assertThat(excitation.bandwidthHertz()).isBetween(1900.0, 2400.0);
        assertThat(excitation.bands()).isEqualTo(1);
        PulseProfile refocusing = found.get(1);
        assertThat(Math.toDegrees(refocusing.flipRadians())).isCloseTo(180, within(0.5));
        assertThat(refocusing.thicknessMeters()).isNaN();
        // A windowed sinc refocuses less than it excites.
        assertThat(refocusing.bandwidthHertz()).isLessThan(0.75 * excitation.bandwidthHertz());
        assertThat(PulseProfile.of(builder.build(), 1)).hasSize(1);
    }

    @Test
    void aGradientThatChangesUnderThePulseGivesNoThickness() {
        Sequence.Builder builder = new Sequence.Builder(Rasters.BEFORE_1_4);
        Gradient slope = new Gradient.Trapezoid(200e3, 1_000_000_000L, 1_100_000_000L, 100_000_000, 0);
        builder.block(sinc(30, RfUse.EXCITATION, 0, 0), null, null, slope, null, List.of());

        PulseProfile found = PulseProfile.of(builder.build(), 10).get(0);

        assertThat(found.gradientHertzPerMeter()).isNaN();
        assertThat(found.thicknessMeters()).isNaN();
    }

    @Test
    void twoBandsAreCounted() {
        double[] magnitude = new double[2000];
        double[] phase = new double[2000];
        RfPulse one = sinc(30, RfUse.EXCITATION, 0, 0);
        for (int i = 0; i < 2000; i++) {
            double sign = one.phaseCycles().at(i) == 0 ? 1 : -1;
            double value = sign * one.magnitude().at(i) * Math.cos(2 * Math.PI * 4000 * (i + 0.5) * 1e-6);
            magnitude[i] = Math.abs(value);
            phase[i] = value < 0 ? 0.5 : 0;
        }
        Sequence.Builder builder = new Sequence.Builder(Rasters.BEFORE_1_4);
        RfPulse two = new RfPulse(
                2 * one.amplitudeHertz(),
                new Shape(magnitude),
                new Shape(phase),
                null,
                1e-3,
                0,
                0,
                0,
                0,
                0,
                RfUse.EXCITATION);
        builder.block(two, null, null, null, null, List.of());

        PulseProfile found = PulseProfile.of(builder.build(), 10).get(0);

        assertThat(found.bands()).isEqualTo(2);
        assertThat(found.bandwidthHertz()).isCloseTo(8000 + 2100, within(300.0));
    }
}
