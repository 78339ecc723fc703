package org.isocenter.sequence.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.LongFunction;
import org.isocenter.model.SafetyLimits;
import org.isocenter.model.SafetyLimits.AcousticBand;
import org.isocenter.model.SafetyLimits.Gradients;
import org.isocenter.model.SafetyLimits.Mode;
import org.isocenter.model.SafetyLimits.ModeLimit;
import org.isocenter.model.SafetyLimits.Monitor;
import org.isocenter.model.SafetyLimits.Sar;
import org.isocenter.model.SafetyLimits.WindowLimit;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.TestSystems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trains of trapezoids and pulses whose values can be worked out by hand; and what fails names a setting that passes. */
class LoadAndAbsorptionTest {
    private static final long US = 1_000_000;
    private static final double GAMMA = TestSystems.GAMMA;
    private static final double MT = 1e-3 * GAMMA;
    private static final double PER_SQUARE_MICROTESLA = 1e12;

    /** Every TR of 10 ms: a trapezoid of 0.5 + 2 + 0.5 ms on x, and a block pulse of 1 ms. */
    private static Sequence train(double milliTesla, double microTesla, double seconds) {
        Gradient trapezoid = new Gradient.Trapezoid(milliTesla * MT, 500 * US, 2000 * US, 500 * US, 0);
        RfPulse pulse = new RfPulse(
                microTesla * 1e-6 * GAMMA,
                new Shape(1, 1),
                null,
                new Shape(0, 1000),
                500e-6,
                100 * US,
                0,
                0,
                0,
                0,
                RfUse.EXCITATION);
        Sequence.Builder builder = new Sequence.Builder(Rasters.of(TestSystems.generous()));
        for (int i = 0; i < Math.round(seconds * 100); i++) {
            builder.block(4000 * US, null, trapezoid, null, null, null, List.of())
                    .block(6000 * US, pulse, null, null, null, null, List.of());
        }
        return builder.build();
    }

    private static SafetyLimits limits(
            Gradients gradients, List<WindowLimit> energy, Sar sar, List<AcousticBand> bands, int divisor) {
        return new SafetyLimits(Mode.NORMAL, divisor, gradients, energy, sar, List.of(), bands, Monitor.NONE);
    }

    private static final SafetyLimits STRICT = limits(
            new Gradients(
                    new Vec3(0.5 * MT, 0, 0),
                    10 * MT,
                    List.of(new WindowLimit(1, 4 * MT), new WindowLimit(10, 4 * MT)),
                    List.of(new WindowLimit(1, 0.5))),
            List.of(new WindowLimit(0.1, 1.5e-12), new WindowLimit(1, 15e-12)),
            new Sar(
                    0.02 * PER_SQUARE_MICROTESLA,
                    0.03 * PER_SQUARE_MICROTESLA,
                    70,
                    1,
                    50,
                    140,
                    new ModeLimit(2, 4),
                    new ModeLimit(3.2, 3.2),
                    2),
            List.of(new AcousticBand(100, 20, 1.8 * MT)),
            4);

    private static CheckReport report(Sequence sequence, SafetyLimits safety, double kilograms) {
        return SafetyCheck.report(sequence, TestSystems.generous().with(safety), kilograms);
    }

    private static CheckResult result(CheckReport report, String name) {
        return report.results().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + report.results()));
    }

    @Test
    void aTrainOfTrapezoidsHasTheRootMeanSquareWorkedOutByHand() {
        CheckReport report = report(train(8, 0, 3), SafetyLimits.NONE, Double.NaN);
        double byHand = 8 * Math.sqrt((2 + 2 * 0.5 / 3) / 10);
        // A window counts one step of 1 ms too many, at most at the full amplitude.
        assertThat(result(report, "gradient RMS 1 s").value()).isBetween(byHand, byHand * 1.003);
        assertThat(result(report, "gradient RMS 10 s").value())
                .isCloseTo(byHand * Math.sqrt(0.3), within(0.003 * byHand));
        assertThat(result(report, "gradient duty 1 s").value()).isBetween(0.3, 0.3011);
        assertThat(result(report, "gradient RMS 1 s").limited()).isFalse();
    }

    @Test
    void theShimAddsToOneSideOnly() {
        assertThat(result(report(train(8, 0, 0.1), STRICT, 70), "gradient and shim x")
                        .value())
                .isCloseTo(8.5, within(1e-9));
        assertThat(result(report(train(-8, 0, 0.1), STRICT, 70), "gradient and shim x")
                        .value())
                .isCloseTo(7.5, within(1e-9));
    }

    @Test
    void aTrainOfBlockPulsesHasTheEnergyAndTheAbsorptionWorkedOutByHand() {
        CheckReport report = report(train(0, 10, 30), STRICT, 70);

        assertThat(result(report, "RF energy 1 ms").value()).isCloseTo(100e-3, within(1e-9));
        assertThat(result(report, "RF energy 100 ms").value()).isCloseTo(10 * 100e-3, within(1e-6));
        assertThat(result(report, "RF energy 1 s").value()).isCloseTo(100 * 100e-3, within(1e-6));
        // A tenth of the time at 10 uT: 10 uT² on average.
        assertThat(result(report, "SAR body 6 min").value()).isCloseTo(0.02 * 10, within(1e-6));
        assertThat(result(report, "SAR body 10 s").value()).isCloseTo(0.02 * 10, within(1e-6));
        assertThat(result(report, "SAR head 6 min").value()).isCloseTo(0.03 * 10, within(1e-6));
        assertThat(result(report, "SAR body 6 min").limit()).isEqualTo(2);
        assertThat(result(report, "SAR body 10 s").limit()).isEqualTo(4);
        assertThat(result(report, "SAR head 10 s").limit()).isEqualTo(6.4);
    }

    @Test
    void aHeavierPatientAbsorbsMoreHereAndAnUnknownOneCountsAsTheHeaviest() {
        Sequence sequence = train(0, 10, 30);
        assertThat(result(report(sequence, STRICT, 105), "SAR body 6 min").value())
                .isCloseTo(0.3, within(1e-6));
        assertThat(result(report(sequence, STRICT, Double.NaN), "SAR body 6 min")
                        .value())
                .isCloseTo(0.4, within(1e-6));
        assertThat(result(report(sequence, STRICT, Double.NaN), "SAR head 6 min")
                        .value())
                .isCloseTo(0.3, within(1e-6));
    }

    @Test
    void aShortScanIsAveragedAsIfAnotherFollowedButOverTenSecondsAtLeast() {
        assertThat(result(report(train(0, 10, 20), STRICT, 70), "SAR body 6 min")
                        .value())
                .isCloseTo(0.2, within(1e-6));
        assertThat(result(report(train(0, 10, 1), STRICT, 70), "SAR body 6 min").value())
                .isCloseTo(0.02, within(1e-6));
    }

    @Test
    void nothingIsHeldAgainstLimitsThatAreNotGivenAndTheReportSaysSo() {
        CheckReport report = report(train(8, 10, 0.1), SafetyLimits.NONE, Double.NaN);
        assertThat(report.passes()).isTrue();
        assertThat(report.notChecked())
                .containsExactly(
                        "nerve stimulation", "SAR of the whole body", "SAR of the head", "acoustic resonances");
        assertThat(report.notLimited())
                .extracting(CheckResult::name)
                .contains("gradient RMS 1 s", "RF energy 6 min", "gradient and shim z")
                .doesNotContain("RF peak");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "gradient RMS 1 s, 9, 0",
        "RF energy 100 ms, 0, 15",
        "RF energy 1 s, 0, 15",
        "SAR body 6 min, 0, 50",
        "SAR body 10 s, 0, 70",
        "SAR head 6 min, 0, 50",
        "acoustic 100 Hz, 9, 0",
    })
    void theFactorThatAFailingCheckNamesPasses(String name, double milliTesla, double microTesla) {
        CheckResult failed = result(report(train(milliTesla, microTesla, 12), STRICT, Double.NaN), name);
        assertThat(failed.pass()).as(failed.toString()).isFalse();
        assertThat(failed.detail()).contains("block ").contains(" ms");

        double factor = Remedies.factor(failed.detail());
        CheckResult mended =
                result(report(train(factor * milliTesla, factor * microTesla, 12), STRICT, Double.NaN), name);
        assertThat(mended.pass()).as(failed.detail() + " -> " + mended).isTrue();
        // It is the nearest, too.
        assertThat(mended.value()).isGreaterThan(0.985 * mended.limit());
    }

    @Test
    void theGradientThatLeavesRoomForTheShimPasses() {
        CheckResult failed = result(report(train(9.8, 0, 0.1), STRICT, 70), "gradient and shim x");
        assertThat(failed.pass()).isFalse();
        double passes = Remedies.number(failed.detail(), "at most ([0-9.]+) mT/m passes");
        assertThat(passes).isCloseTo(9.5, within(1e-6));
        assertThat(result(report(train(passes, 0, 0.1), STRICT, 70), "gradient and shim x")
                        .pass())
                .isTrue();
    }

    @Test
    void theDutyThatIsTooHighNamesALongerRepetitionTimeThatPasses() {
        Gradient trapezoid = new Gradient.Trapezoid(MT, 500 * US, 5500 * US, 500 * US, 0);
        LongFunction<CheckResult> ofTr = tr -> {
            Sequence.Builder builder = new Sequence.Builder(Rasters.of(TestSystems.generous()));
            for (int i = 0; i < 150; i++) {
                builder.block(tr, null, trapezoid, null, null, null, List.of());
            }
            return result(report(builder.build(), STRICT, 70), "gradient duty 1 s");
        };
        CheckResult failed = ofTr.apply(10_000 * US);
        assertThat(failed.pass()).isFalse();
        assertThat(failed.value()).isBetween(0.65, 0.657);
        double factor = Remedies.number(failed.detail(), "longer by the factor ([0-9.]+)");
        long longer = (long) Math.ceil(1000 * factor) * 10 * US;
        assertThat(ofTr.apply(longer).pass()).as(failed.detail()).isTrue();
    }

    private static Sequence declared(String duration, int samples, Extension.SoftDelay... delays) {
        Sequence.Builder builder = new Sequence.Builder(Rasters.of(TestSystems.generous()));
        if (duration != null) {
            builder.definition("TotalDuration", duration);
        }
        builder.block(2000 * US, null, null, null, null, new Adc(samples, 10 * US, 0, 0, 0, 0, 0, null), List.of());
        for (Extension.SoftDelay delay : delays) {
            builder.block(5000 * US, null, null, null, null, null, List.of(delay));
        }
        return builder.build();
    }

    @Test
    void aDeclaredDurationMustBeThatOfTheBlocks() {
        assertThat(result(report(declared("0.002", 64), STRICT, 70), "declared duration")
                        .pass())
                .isTrue();
        CheckResult failed = result(report(declared("0.003", 64), STRICT, 70), "declared duration");
        assertThat(failed.pass()).isFalse();
        assertThat(failed.value()).isCloseTo(1000, within(1e-6));
        double passes = Remedies.number(failed.detail(), "'0.003'; ([0-9.]+) passes");
        assertThat(result(report(declared(Double.toString(passes), 64), STRICT, 70), "declared duration")
                        .pass())
                .isTrue();
        assertThat(result(report(declared("long", 64), STRICT, 70), "declared duration")
                        .pass())
                .isFalse();
    }

    @Test
    void aNumberOfSamplesMustBeAMultipleOfTheReceivers() {
        CheckResult failed = result(report(declared(null, 66), STRICT, 70), "ADC samples divisor");
        assertThat(failed.pass()).isFalse();
        double passes = Remedies.number(failed.detail(), "; ([0-9]+) pass");
        assertThat(passes).isEqualTo(68);
        assertThat(result(report(declared(null, (int) passes), STRICT, 70), "ADC samples divisor")
                        .pass())
                .isTrue();
    }

    @Test
    void softDelaysOfOneNumberMustAgree() {
        Extension.SoftDelay first = new Extension.SoftDelay(0, 0, 1, "TE");
        Extension.SoftDelay same = new Extension.SoftDelay(0, 2500 * US, 2, "TE");
        Extension.SoftDelay other = new Extension.SoftDelay(0, 1000 * US, 1, "TE");
        Extension.SoftDelay unnamed = new Extension.SoftDelay(2, 0, 1, "TR");
        assertThat(result(report(declared(null, 64, first, same), STRICT, 70), "soft delays agree")
                        .pass())
                .isTrue();
        CheckResult differs = result(report(declared(null, 64, first, other), STRICT, 70), "soft delays agree");
        assertThat(differs.pass()).isFalse();
        assertThat(differs.detail()).contains("block 3", "a block of 6000 us passes");
        assertThat(result(report(declared(null, 64, first, unnamed), STRICT, 70), "soft delays agree")
                        .detail())
                .contains("there is no soft delay 1");
    }
}
