package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.hardware.ScannerProfile;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.library.SequenceLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeDecayReadoutsTest {
    private static final SystemLimits LIMITS = ScannerProfile.builtIn("osi2one").limits();

    @ParameterizedTest
    @CsvSource({
        "gre2d, true",
        "gre3d, true",
        "localizer, true",
        "se2d, false",
        "tse2d, false",
        "tse3d, false",
        "fid, false",
        "bssfp2d, true",
        "mprage, true",
        "epi2d, true",
        "epise2d, false",
        "dwi2d, false",
        "radial2d, true",
        "spiral2d, true",
        "ute3d, true",
        "petra, true"
    })
    void onlyGradientEchoesReadNothingButFreeDecays(String name, boolean expected) throws Exception {
        assertThat(TableSurvey.of(
                                table(name, null, 0),
                                new PulseLibrary(1),
                                ScannerFields.perfect(Experiment.LIMITS),
                                () -> false)
                        .readsFreeDecaysOnly())
                .isEqualTo(expected);
    }

    /** Hahn's own: two pulses of 90°, nothing but the readout's gradient before and after the second. */
    @Test
    void anEchoOfTwoRightAnglesIsNoFreeDecay() throws Exception {
        RfPulse pulse = Experiment.hardPulse(90, 50e-6, 0, 0);
        EventTable table = new Experiment()
                .rf(pulse)
                .gradient(Experiment.trapezoid(40e3, 5e-3), null, null)
                .rf(pulse)
                .read(
                        Experiment.delayed(Experiment.adc(100, 100e-6), 200e-6),
                        Experiment.trapezoid(40e3, 10e-3),
                        null,
                        null)
                .table();
        assertThat(TableSurvey.of(table, new PulseLibrary(1), ScannerFields.perfect(Experiment.LIMITS), () -> false)
                        .readsFreeDecaysOnly())
                .isFalse();
    }

    /** Finer pixels reach further into k-space than crushers do, and still a spin echo is one. */
    @Test
    void aSpinEchoWithFinePixelsIsStillASpinEcho() throws Exception {
        EventTable table = table("se2d", "FOV", 0.11);
        assertThat(TableSurvey.of(table, new PulseLibrary(1), ScannerFields.perfect(Experiment.LIMITS), () -> false)
                        .readsFreeDecaysOnly())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"gre2d, 40", "se2d, 90"})
    void theFlipOfAPulseIsFoundWhateverItsFrequency(String name, double degrees) throws Exception {
        TableSurvey survey = TableSurvey.of(
                table(name, "offsetZ", 0.03),
                new PulseLibrary(1),
                ScannerFields.perfect(Experiment.LIMITS),
                () -> false);
        double flip = survey.library().pulses().get(0).flipRadians();
        assertThat(Math.toDegrees(flip)).isCloseTo(degrees, within(0.03 * degrees));
    }

    private static EventTable table(String name, String parameter, double value) throws Exception {
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, LIMITS);
        if (parameter != null) {
            protocol = protocol.with(parameter, value);
        }
        if (parameter != null && parameter.equals("FOV")) {
            protocol = protocol.with("FOVphase", value).with("TE", 0.03);
        }
        return EventCompiler.compile(SafetyCheck.check(
                builder.build(protocol, LIMITS, PatientPosition.HFS).sequence(), LIMITS));
    }
}
