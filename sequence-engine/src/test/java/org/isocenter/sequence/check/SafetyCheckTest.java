package org.isocenter.sequence.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.isocenter.model.Rotation;
import org.isocenter.model.SystemLimits;
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
import org.isocenter.sequence.pulseq.PulseqFormatException;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sequence at every limit passes; each change by a little fails just the check that it should. */
class SafetyCheckTest {
    private static final long US = 1_000_000;
    private static final SystemLimits LIMITS = TestSystems.lowField();
    private static final double MOST = LIMITS.gradientHertzPerMeter();
    private static final double STEEPEST = LIMITS.slewHertzPerMeterPerSecond();

    /** The numbers of a small sequence; a test changes one. */
    private static final class Parts {
        double rfHertz = LIMITS.rfPeakHertz();
        double rfOffsetHertz = LIMITS.maxFrequencyOffsetHertz();
        long rfDelayPs = 100 * US;
        long rfBlockPs = 1300 * US;
        double amplitude = MOST;
        long rampPs = 300 * US;
        long flatPs = 500 * US;
        long gradientDelayPs = 0;
        long adcDelayPs = 20 * US;
        long adcDwellPs = 10 * US;
        double adcOffsetHertz = -LIMITS.maxFrequencyOffsetHertz();
        long adcBlockPs = 2000 * US;
        double startOfSecond = 1e5;
        double endOfLast = 0;
        Rotation rotation = Rotation.IDENTITY;
        Rasters rasters = Rasters.of(LIMITS);
        int trailingPulses = 0;

        Sequence build() {
            double[] ones = new double[1000];
            Arrays.fill(ones, 1);
            RfPulse rf = new RfPulse(
                    rfHertz, new Shape(ones), null, null, 500e-6, rfDelayPs, 0, 0, rfOffsetHertz, 0, RfUse.EXCITATION);
            Gradient trapezoid = new Gradient.Trapezoid(amplitude, rampPs, flatPs, rampPs, gradientDelayPs);
            Adc adc = new Adc(100, adcDwellPs, adcDelayPs, 0, 0, adcOffsetHertz, 0, null);
            Gradient up = new Gradient.Corners(1e5, new Shape(0, 1, 1), new Shape(0, 20, 40), 0);
            Gradient down = new Gradient.Corners(1, new Shape(startOfSecond, 1e5, endOfLast), new Shape(0, 20, 60), 0);
            List<Extension> turn = rotation.isIdentity() ? List.of() : List.of(new Extension.Turn(rotation));
            Sequence.Builder builder = new Sequence.Builder(rasters)
                    .block(rfBlockPs, rf, null, null, null, null, List.of())
                    .block(2000 * US, null, trapezoid, null, null, null, turn)
                    .block(adcBlockPs, null, null, null, null, adc, List.of())
                    .block(null, null, up, null, null, List.of())
                    .block(0, 0, 0, 0, 0, 0, 0);
            for (int i = 0; i < trailingPulses; i++) {
                builder.block(rfBlockPs, rf, null, null, null, null, List.of());
            }
            return trailingPulses > 0
                    ? builder.build()
                    : builder.block(null, null, down, null, null, List.of()).build();
        }
    }

    private static Parts parts(Consumer<Parts> change) {
        Parts parts = new Parts();
        change.accept(parts);
        return parts;
    }

    private static Set<String> failures(Sequence sequence) {
        return SafetyCheck.report(sequence, LIMITS).failures().stream()
                .map(CheckResult::name)
                .collect(Collectors.toSet());
    }

    @Test
    void aSequenceAtEveryLimitPasses() throws UnsafeSequenceException {
        CheckReport report = SafetyCheck.report(new Parts().build(), LIMITS);

        assertThat(report.failures()).isEmpty();
        assertThat(report.results()).extracting(CheckResult::name).doesNotHaveDuplicates();
        assertThat(report.results()).allSatisfy(r -> {
            assertThat(r.value()).isFinite();
            assertThat(r.unit()).isNotBlank();
            assertThat(r.detail()).isEmpty();
        });
        assertThat(SafetyCheck.check(new Parts().build(), LIMITS).report()).isEqualTo(report);
    }

    static Stream<Arguments> mutations() {
        return Stream.of(
                mutation("RF peak", p -> p.rfHertz *= 1.002, "block 1 at 0.1 ms, RF"),
                mutation("frequency offset", p -> p.rfOffsetHertz += 1, "block 1"),
                mutation("frequency offset", p -> p.adcOffsetHertz -= 1, "block 3"),
                mutation("RF dead time", p -> p.rfDelayPs -= US, "a delay of 100 us passes"),
                mutation("RF ring-down", p -> p.rfBlockPs -= 110 * US, "a block of 1200 us passes"),
                mutation("events inside their blocks", p -> p.adcBlockPs = 1010 * US, "a block of 1020 us passes"),
                mutation("ADC dead time", p -> p.adcDelayPs -= US, "block 3"),
                mutation("ADC timing on raster", p -> p.adcDwellPs += 40_000, "10 us passes"),
                mutation("RF timing on raster", p -> p.rfDelayPs += US / 2, "block 1"),
                mutation("block duration on raster", p -> p.rfBlockPs += 5 * US, "block 1"),
                mutation("gradient timing on raster", p -> p.rampPs += US, "300 us passes"),
                mutation("gradient timing on raster", p -> p.gradientDelayPs += 5 * US, "block 2"),
                mutation("gradient amplitude x", p -> p.amplitude *= 1.002, "at most 15 mT/m passes"),
                mutation("gradient slew x", p -> p.rampPs -= 10 * US, "a ramp of 300 us instead of 290 us"),
                mutation("gradient jump", p -> p.startOfSecond -= 1.01 * STEEPEST * 10e-6, "block 6"),
                mutation("gradient at the end", p -> p.endOfLast = 1.01 * STEEPEST * 10e-6, "block 6"),
                mutation(
                        "rasters fit the system",
                        p -> p.rasters = new Rasters(10 * US, US, 50_000, 10 * US),
                        "ADC raster"),
                mutation("RF duty in any second", p -> p.trailingPulses = 310, "a TR longer by the factor"));
    }

    private static Arguments mutation(String check, Consumer<Parts> change, String says) {
        return Arguments.of(check, change, says);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("mutations")
    void breakingOneRuleByALittleFailsItsCheckAndSaysWhereAndWhatPasses(
            String check, Consumer<Parts> change, String says) {
        Sequence broken = parts(change).build();
        CheckReport report = SafetyCheck.report(broken, LIMITS);

        CheckResult failed = report.failures().stream()
                .filter(r -> r.name().equals(check))
                .findFirst()
                .orElseThrow(() -> new AssertionError("passes: " + report.results()));
        assertThat(failed.detail()).contains(says);
        assertThatThrownBy(() -> SafetyCheck.check(broken, LIMITS)).isInstanceOf(UnsafeSequenceException.class);
        // What else fails must follow from the same change: a vector from its axis, an end from its jump.
        assertThat(report.failures()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void timingAloneFindsWhatTheWholeReportFindsOfTiming() {
        Sequence broken = parts(p -> {
                    p.rfDelayPs -= US;
                    p.rfHertz *= 2;
                })
                .build();
        assertThat(SafetyCheck.timing(broken, LIMITS))
                .isNotEmpty()
                .isSubsetOf(SafetyCheck.report(broken, LIMITS).results())
                .filteredOn(r -> !r.pass())
                .extracting(CheckResult::name)
                .containsExactly("RF dead time");
        assertThat(SafetyCheck.timing(parts(p -> p.amplitude = Double.NaN).build(), LIMITS))
                .hasSize(1);
    }

    @Test
    void aDwellTimeNeedsTheSystemsRasterAndNotTheFilesOwn() {
        Parts offItsOwnRaster = parts(p -> p.adcDwellPs = 15_625_000);

        assertThat(SafetyCheck.report(offItsOwnRaster.build(), TestSystems.fine())
                        .failures())
                .extracting(CheckResult::name)
                .doesNotContain("ADC timing on raster");
        assertThat(failures(offItsOwnRaster.build())).containsExactly("ADC timing on raster");
    }

    @Test
    void rotationMovesAGradientToAnotherAxis() {
        Rotation quarter = Rotation.about(Vec3.Z, Math.PI / 2);
        assertThat(failures(parts(p -> p.rotation = quarter).build())).isEmpty();
        assertThat(failures(parts(p -> {
                            p.rotation = quarter;
                            p.amplitude *= 1.01;
                        })
                        .build()))
                .containsExactlyInAnyOrder("gradient amplitude y", "gradient slew y");
    }

    private static Sequence twoAxes(double share, long delayPs, Rotation rotation) {
        Gradient first = new Gradient.Trapezoid(share * MOST, 300 * US, 200 * US, 300 * US, 0);
        Gradient second = new Gradient.Trapezoid(share * MOST, 300 * US, 200 * US, 300 * US, delayPs);
        return new Sequence.Builder(Rasters.of(LIMITS))
                .block(null, first, second, null, null, List.of(new Extension.Turn(rotation)))
                .build();
    }

    @Test
    void twoAxesAtOnceAddUpOnOnePhysicalAxisAfterRotation() {
        Rotation eighth = Rotation.about(Vec3.Z, Math.PI / 4);
        assertThat(failures(twoAxes(0.70, 0, eighth))).isEmpty();
        assertThat(failures(twoAxes(0.72, 0, eighth))).contains("gradient amplitude y", "gradient slew y");
        // One after the other they do not add up.
        assertThat(failures(twoAxes(0.99, 800 * US, eighth))).isEmpty();
        // Half overlapping they add up only between corners of different axes.
        assertThat(failures(twoAxes(0.80, 250 * US, eighth))).contains("gradient amplitude y");
    }

    @Test
    void theVectorIsReportedBesideTheAxes() {
        CheckReport report = SafetyCheck.report(twoAxes(1, 0, Rotation.IDENTITY), LIMITS);

        CheckResult vector = report.results().stream()
                .filter(r -> r.name().equals("gradient amplitude vector"))
                .findFirst()
                .orElseThrow();
        assertThat(report.passes()).isTrue();
        assertThat(vector.value()).isCloseTo(15 * Math.sqrt(2), within(1e-9));
        assertThat(vector.limit()).isCloseTo(15 * Math.sqrt(3), within(1e-9));
    }

    @Test
    void blocksThatJoinInTheFileButNotAfterTheirRotationsAreFound() {
        Gradient up = new Gradient.Corners(2e5, new Shape(0, 1), new Shape(0, 40), 0);
        Gradient down = new Gradient.Corners(2e5, new Shape(1, 0), new Shape(0, 40), 0);
        Function<Double, Sequence> turnedBy = angle -> new Sequence.Builder(Rasters.of(LIMITS))
                .block(null, up, null, null, null, List.of())
                .block(null, down, null, null, null, List.of(new Extension.Turn(Rotation.about(Vec3.Z, angle))))
                .build();
        assertThat(failures(turnedBy.apply(1e-9))).isEmpty();
        assertThat(failures(turnedBy.apply(0.2))).containsExactly("gradient jump");
    }

    @Test
    void rfAndAdcInOneBlockMustKeepApart() {
        double[] ones = new double[100];
        Arrays.fill(ones, 1);
        RfPulse rf = new RfPulse(100, new Shape(ones), null, null, 0, 100 * US, 0, 0, 0, 0, RfUse.EXCITATION);
        Function<Long, Sequence> withDelay = delay -> new Sequence.Builder(Rasters.of(LIMITS))
                .block(1000 * US, rf, null, null, null, new Adc(10, 10 * US, delay, 0, 0, 0, 0, null), List.of())
                .build();
        assertThat(failures(withDelay.apply(320 * US))).isEmpty();
        assertThat(failures(withDelay.apply(319 * US))).containsExactly("RF and ADC overlap");
    }

    @Test
    void numbersThatAreNoneAreTheOnlyResult() {
        CheckReport report =
                SafetyCheck.report(parts(p -> p.amplitude = Double.NaN).build(), LIMITS);
        assertThat(report.results()).hasSize(1);
        assertThat(report.failures().get(0).detail()).startsWith("block 2").contains("gradient x");

        assertThat(failures(parts(p -> p.rfHertz = Double.POSITIVE_INFINITY).build()))
                .hasSize(1);
        assertThat(failures(parts(p -> p.adcDwellPs = 0).build())).hasSize(1);
        assertThat(failures(parts(p -> p.adcDelayPs = -US).build())).hasSize(1);
        assertThat(failures(parts(p -> p.gradientDelayPs = Long.MAX_VALUE).build()))
                .hasSize(1);
        assertThat(failures(new Sequence.Builder(Rasters.of(LIMITS))
                        .block(1000 * US, 3, 0, 0, 0, 0, 0)
                        .build()))
                .hasSize(1);
    }

    /** The straight way: every millisecond of the pulse train as a window's start. */
    @Test
    void theDutyIsThatOfTheWorstSecondWhereverItStarts() {
        double[] ones = new double[10_000];
        Arrays.fill(ones, 1);
        RfPulse rf = new RfPulse(100, new Shape(ones), null, null, 0, 100 * US, 0, 0, 0, 0, RfUse.EXCITATION);
        Sequence.Builder builder = new Sequence.Builder(Rasters.of(LIMITS));
        Random random = new Random(3);
        boolean[] on = new boolean[8000];
        long ms = 0;
        while (ms < 6000) {
            long gap = 11 + (long) (random.nextDouble() * random.nextDouble() * 200);
            builder.block(gap * 1000 * US, rf, null, null, null, null, List.of());
            Arrays.fill(on, (int) ms, (int) ms + 10, true);
            ms += gap;
        }
        int worst = 0;
        for (int start = 0; start < 6000; start++) {
            int sum = 0;
            for (int t = start; t < start + 1000; t++) {
                sum += on[t] ? 1 : 0;
            }
            worst = Math.max(worst, sum);
        }
        CheckResult duty = SafetyCheck.report(builder.build(), LIMITS).results().stream()
                .filter(r -> r.name().startsWith("RF duty"))
                .findFirst()
                .orElseThrow();
        // The pulses start 0.1 ms into their blocks, which shifts all of them alike.
        assertThat(duty.value()).isCloseTo(worst / 1000.0, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v120_mprage",
                "v131_gre_labels",
                "v131_cest",
                "v140_epi_rampsamp",
                "v140_se_sms",
                "v141_gre_grappa",
                "v141_spiral",
                "v150_epi_label",
                "v150_mprage",
                "v150_tse",
                "v151_gre",
                "v151_se2d",
                "v151_rot_radial",
                "v151_spiral_os",
                "gen151_haste",
                "gen151_radial_rotext",
                "gen151_trufi"
            })
    void researchersFilesMadeForAClinicalScannerPassOnOne(String name) throws PulseqFormatException {
        Sequence sequence =
                PulseqReader.read(SharedData.path("seq/" + name + ".seq")).sequence();
        assertThat(SafetyCheck.report(sequence, TestSystems.generous()).failures())
                .isEmpty();
    }

    @Test
    void aFileForAStrongerScannerFailsOnAWeakOneAndSaysWhy() throws PulseqFormatException {
        Sequence sequence =
                PulseqReader.read(SharedData.path("seq/v150_tse.seq")).sequence();
        List<CheckResult> failures =
                SafetyCheck.report(sequence, TestSystems.weak()).failures();
        assertThat(failures).isNotEmpty().allSatisfy(r -> assertThat(r.detail()).contains("block "));
    }
}
