package org.isocenter.sequence.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.isocenter.model.Protocol;
import org.isocenter.model.Rotation;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.PulseShape;
import org.isocenter.sequence.design.SliceProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExcitationTest {
    private static final double THICKNESS = 8e-3;

    static Stream<SystemLimits> systems() {
        return TestSystems.all().stream();
    }

    private static Protocol protocol() {
        return Protocol.defaults(
                "test",
                "test",
                List.of(
                        StandardParameters.inversionPulse(),
                        StandardParameters.pulseShape(),
                        StandardParameters.thickness(THICKNESS)));
    }

    private static double[] inverted(Excitation inversion, SystemLimits limits, double field, double... places) {
        GradientSystem system = GradientSystem.of(limits, Rotation.IDENTITY);
        Rasters rasters = system.grid().rasters();
        RfPulse p = inversion.pulse(0.02, 0);
        RfPulse scaled = new RfPulse(
                p.amplitudeHertz() * field,
                p.magnitude(),
                p.phaseCycles(),
                p.timeRaster(),
                p.centerSeconds(),
                p.delayPs(),
                0,
                0,
                p.frequencyHertz(),
                p.phaseRadians(),
                p.use());
        return SliceProfile.overPosition(
                        scaled, rasters, 0, inversion.gradient().waveform(rasters), places, 0)
                .mz();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void anInversionFitsTheTransmitterAndInvertsItsSliceOnly(SystemLimits limits) {
        GradientSystem system = GradientSystem.of(limits, Rotation.IDENTITY);
        Problems problems = new Problems(protocol());
        double thickness = 0.02;

        Excitation inversion = Excitation.inversion(protocol(), thickness, "thickness", limits, system, problems);

        assertThat(problems.list()).isEmpty();
        assertThat(inversion.envelope().use()).isEqualTo(RfUse.INVERSION);
        assertThat(inversion.envelope().amplitudeHertz()).isLessThan(limits.rfPeakHertz());
        double[] z = inverted(inversion, limits, 1 / 1.3, 0.02, 0.02 + 0.3 * thickness, 0.02 + thickness, -0.05);
        assertThat(z[0]).isLessThan(-0.95);
        assertThat(z[1]).isLessThan(-0.9);
        assertThat(z[2]).isGreaterThan(0.95);
        assertThat(z[3]).isGreaterThan(0.99);
    }

    @ParameterizedTest
    @MethodSource("systems")
    void aPlainInversionInvertsAtTheNominalField(SystemLimits limits) {
        GradientSystem system = GradientSystem.of(limits, Rotation.IDENTITY);
        Protocol plain = protocol().withText("inversionPulse", "plain");
        Problems problems = new Problems(plain);

        Excitation slice = Excitation.inversion(plain, 0.02, "thickness", limits, system, problems);
        Excitation all = Excitation.inversion(plain, 0, "thickness", limits, system, problems);

        assertThat(problems.list()).isEmpty();
        double[] z = inverted(slice, limits, 1, 0.02, 0.02 + 0.35 * 0.02, 0.05);
        assertThat(z[0]).isLessThan(-0.96);
        assertThat(z[1]).isLessThan(-0.96);
        assertThat(z[2]).isGreaterThan(0.97);
        assertThat(all.gradient()).isNull();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void aTransmitterTooWeakForAnAdiabaticPulseIsToldSoAndOfferedAPlainOne(SystemLimits strong) {
        SystemLimits weak = new SystemLimits(
                "feeble",
                strong.fieldTesla(),
                strong.gammaHertzPerTesla(),
                strong.gradientHertzPerMeter(),
                strong.slewHertzPerMeterPerSecond(),
                300,
                strong.rfDutyFraction(),
                strong.gradientRasterSeconds(),
                strong.rfRasterSeconds(),
                strong.adcRasterSeconds(),
                strong.blockRasterSeconds(),
                strong.rfDeadSeconds(),
                strong.rfRingdownSeconds(),
                strong.adcDeadSeconds(),
                strong.maxFrequencyOffsetHertz(),
                strong.clockHertz(),
                1);
        GradientSystem system = GradientSystem.of(weak, Rotation.IDENTITY);
        Problems problems = new Problems(protocol());

        Excitation.inversion(protocol(), 0, "thickness", weak, system, problems);

        assertThat(problems.list()).hasSize(1);
        assertThat(problems.list().get(0).message()).contains("300 Hz").contains("plain");
        Protocol remedied = protocol()
                .with("inversionPulse", problems.list().get(0).remedies().get(0).value());
        Problems after = new Problems(remedied);
        Excitation plain = Excitation.inversion(remedied, 0, "thickness", weak, system, after);
        assertThat(after.list()).isEmpty();
        assertThat(plain.envelope().amplitudeHertz()).isLessThan(300);
    }

    @ParameterizedTest
    @MethodSource("systems")
    void aDesignedSliceHasItsThicknessAndIsRephasedByTheHalfArea(SystemLimits limits) {
        GradientSystem system = GradientSystem.of(limits, Rotation.IDENTITY);
        Protocol slr = protocol().withText("pulseShape", "slr");
        Problems problems = new Problems(slr);
        PulseShape shape = Excitation.shape(slr, Math.PI / 2, RfUse.EXCITATION, 6);

        Excitation slice = Excitation.slice(shape, RfUse.EXCITATION, THICKNESS, "thickness", limits, system, problems);

        assertThat(problems.list()).isEmpty();
        Rasters rasters = system.grid().rasters();
        double[] places = SliceProfile.axis(THICKNESS, 401);
        SliceProfile profile = SliceProfile.overPosition(
                slice.pulse(0, 0), rasters, 0, slice.gradient().waveform(rasters), places, 0);
        assertThat(SliceProfile.width(places, profile.transverse(), 0.5))
                .isCloseTo(THICKNESS, within(0.05 * THICKNESS));
        // Under the flat top only: the ramp's part comes after the pulse.
        double ramp = slice.gradient().fallPs() * 0.5e-12 * slice.hertzPerMeter();
        double re = 0;
        double im = 0;
        double all = 0;
        for (int i = 0; i < places.length; i++) {
            double back = -2 * Math.PI * (slice.halfAreaPerMeter() - ramp) * places[i];
            re += profile.mx()[i] * Math.cos(back) - profile.my()[i] * Math.sin(back);
            im += profile.mx()[i] * Math.sin(back) + profile.my()[i] * Math.cos(back);
            all += profile.transverse()[i];
        }
        assertThat(Math.hypot(re, im) / all).isGreaterThan(0.97);
        // Excited along x, it turns to -y.
        assertThat(im / all).isLessThan(-0.96);
    }
}
