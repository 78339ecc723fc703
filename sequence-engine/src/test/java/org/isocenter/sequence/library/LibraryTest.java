package org.isocenter.sequence.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.ReadoutGroup;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Violation;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.pulseq.PulseqFormatException;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.pulseq.PulseqVersion;
import org.isocenter.sequence.pulseq.PulseqWriter;
import org.isocenter.sequence.trajectory.EncodingPlanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibraryTest {
    static Stream<Arguments> everySequenceOnEverySystem() {
        return SequenceLibrary.all().stream()
                .flatMap(b -> TestSystems.all().stream().map(l -> Arguments.of(b.name(), l.name(), b, l)));
    }

    @Test
    void theLibraryHasItsSequences() {
        assertThat(SequenceLibrary.all().stream().map(SequenceBuilder::name))
                .contains(
                        "b0map",
                        "b1map",
                        "bssfp2d",
                        "bssfp3d",
                        "cpmg",
                        "dwi2d",
                        "dwitse2d",
                        "epi2d",
                        "epise2d",
                        "fid",
                        "gre2d",
                        "gre3d",
                        "ir2d",
                        "irspec",
                        "localizer",
                        "mprage",
                        "noise",
                        "se2d",
                        "se3d",
                        "spse",
                        "sr2d",
                        "srspec",
                        "tse2d",
                        "tse3d");
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everySequenceOnEverySystem")
    void theDefaultsAreAllowedAndSafe(String name, String system, SequenceBuilder builder, SystemLimits limits) {
        Protocol protocol = SequenceLibrary.defaults(builder, limits);

        assertThat(builder.validate(protocol, limits)).isEmpty();
        SequencePlan plan = builder.build(protocol, limits, PatientPosition.HFS);

        assertThat(SafetyCheck.report(plan.sequence(), limits).failures()).isEmpty();
        assertThat(plan.sequence().durationPs() * 1e-12)
                .isCloseTo(builder.durationSeconds(protocol, limits), within(1e-9));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everySequenceOnEverySystem")
    void anyProtocolEitherHasViolationsOrBuildsAndIsSafe(
            String name, String system, SequenceBuilder builder, SystemLimits limits) {
        int built = 0;
        for (long seed = 1; seed <= 40; seed++) {
            Protocol protocol = random(builder, limits, new Random(seed));
            List<Violation> violations = builder.validate(protocol, limits);
            if (violations.isEmpty()) {
                PatientPosition position = PatientPosition.values()[(int) (seed % 8)];
                SequencePlan plan = builder.build(protocol, limits, position);
                assertThat(SafetyCheck.report(plan.sequence(), limits).failures())
                        .as("seed %d: %s", seed, protocol)
                        .isEmpty();
                assertThat(plan.sequence().durationPs() * 1e-12)
                        .as("seed %d", seed)
                        .isCloseTo(builder.durationSeconds(protocol, limits), within(1e-6));
                built++;
            } else {
                for (Violation violation : violations) {
                    assertThat(protocol.has(violation.parameter())).isTrue();
                    assertThat(violation.message()).as("seed %d", seed).matches("(?s).*\\d.*");
                }
                assertThatThrownBy(() -> builder.build(protocol, limits, PatientPosition.HFS))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(built).as("protocols built").isPositive();
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everySequenceOnEverySystem")
    void everyRemedyEndsItsViolation(String name, String system, SequenceBuilder builder, SystemLimits limits) {
        int tried = 0;
        for (long seed = 1; seed <= 40; seed++) {
            Protocol protocol = random(builder, limits, new Random(1000 + seed));
            List<Violation> violations = builder.validate(protocol, limits);
            if (violations.size() != 1) {
                continue;
            }
            for (Violation.Remedy remedy : violations.get(0).remedies()) {
                List<Violation> left = builder.validate(protocol.with(remedy.parameter(), remedy.value()), limits);
                assertThat(left)
                        .as("seed %d: %s, then %s", seed, violations.get(0), remedy)
                        .noneMatch(v -> v.message().equals(violations.get(0).message()));
                tried++;
            }
        }
        assertThat(tried).as("remedies tried").isPositive();
    }

    /** Small matrices; everything else anywhere near the edge of what may be possible. */
    private static Protocol random(SequenceBuilder builder, SystemLimits limits, Random random) {
        Protocol protocol = SequenceLibrary.defaults(builder, limits);
        for (ParameterSpec spec : protocol.specs()) {
            double value = protocol.number(spec.name());
            double changed = switch (spec.name()) {
                case "matrix" -> 8 + random.nextInt(120);
                case "matrixPhase" -> 1 + random.nextInt(24);
                case "partitions" -> 1 + random.nextInt(8);
                case "spokes", "interleaves" -> 1 + random.nextInt(40);
                case "slices" -> 1 + random.nextInt(4);
                case "ETL" -> 1 + random.nextInt(12);
                case "accelPhase", "accelSlice" -> random.nextInt(8) == 0 ? 2 : 1;
                case "partialFourier" -> 0.5 + random.nextDouble() / 2;
                case "averages" -> 1 + random.nextInt(2);
                case "dummies" -> random.nextInt(3);
                case "echoes", "points", "windows" -> random.nextInt(21);
                case "inversionPulse" -> random.nextInt(2);
                case "shots" -> 1 + random.nextInt(8);
                case "bValue" -> value * (0.1 + 0.9 * random.nextDouble());
                case "bValues" -> 2 + random.nextInt(2);
                case "samples" -> 16 + random.nextInt(1000);
                case "refocusingAngle" -> Math.PI * (0.3 + 0.7 * random.nextDouble());
                case "TI" -> value == 0 && random.nextBoolean() ? 0 : random.nextDouble();
                case "tilt1", "tilt2", "rotation" -> random.nextBoolean() ? 0 : (random.nextDouble() - 0.5) * Math.PI;
                case "offsetX", "offsetY", "offsetZ" -> (random.nextDouble() - 0.5) * 0.2;
                case "TE" -> random.nextBoolean() ? value : value * Math.exp(random.nextGaussian() * 0.5);
                default -> anyValue(spec, value, random);
            };
            if (random.nextInt(3) > 0) {
                protocol = protocol.with(spec.name(), changed);
            }
        }
        return protocol.has("ESP") && protocol.has("TE") && random.nextBoolean()
                ? protocol.with("TE", protocol.number("ESP") * (1 + random.nextInt(4)))
                : protocol;
    }

    private static double anyValue(ParameterSpec spec, double value, Random random) {
        return switch (spec.kind()) {
            case QUANTITY -> value * Math.exp(random.nextGaussian() * 0.5);
            case COUNT -> Math.min(spec.maximum(), spec.minimum() + random.nextInt(6));
            case FLAG, CHOICE -> random.nextInt((int) spec.maximum() + 1);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"gre2d", "gre3d", "se2d", "se3d", "tse2d", "tse3d", "ir2d", "sr2d"})
    void aWrittenFileIsStillSafeAndTellsItsEncoding(String name) throws PulseqFormatException {
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        SystemLimits limits = TestSystems.lowField();
        Protocol protocol = SequenceLibrary.defaults(builder, limits)
                .with("matrix", 32)
                .with("matrixPhase", 24)
                .with("orientation", 1)
                .with("tilt1", 0.2)
                .with("rotation", -0.4);
        SequencePlan plan = builder.build(protocol, limits, PatientPosition.HFP);

        byte[] bytes = PulseqWriter.write(plan.sequence(), PulseqVersion.V1_5_1);
        Sequence read = PulseqReader.read(name, bytes).sequence();
        SequencePlan worked = EncodingPlanner.plan(read, limits.larmorHertz(), PatientPosition.HFP);

        assertThat(SafetyCheck.report(read, limits).failures()).isEmpty();
        assertThat(worked.encodings()).hasSize(1);
        assertThat(worked.readouts()).hasSameSizeAs(plan.readouts());
        for (int i = 0; i < plan.readouts().size(); i++) {
            ReadoutHeader meant = plan.readouts().get(i);
            ReadoutHeader found = worked.readouts().get(i);
            assertThat(found.counters()).as("readout %d", i).isEqualTo(meant.counters());
            assertThat(found.centerSample()).isEqualTo(meant.centerSample());
            assertThat(found.geometry()
                            .centerMeters()
                            .minus(meant.geometry().centerMeters())
                            .norm())
                    .isLessThan(1e-5);
            assertThat(found.geometry().read().dot(meant.geometry().read())).isGreaterThan(1 - 1e-9);
            assertThat(found.geometry().phase().dot(meant.geometry().phase())).isGreaterThan(1 - 1e-9);
        }
    }

    @Test
    void aScannerWithFinerRastersGetsTheCustomaryOnes() {
        SequenceBuilder builder = SequenceLibrary.find("se2d").orElseThrow();
        SystemLimits limits = TestSystems.fine();
        SequencePlan plan = builder.build(SequenceLibrary.defaults(builder, limits), limits, PatientPosition.HFS);

        assertThat(plan.sequence().rasters()).isEqualTo(Rasters.BEFORE_1_4);
        assertThat(SafetyCheck.report(plan.sequence(), limits).passes()).isTrue();
    }

    @Test
    void valuesOutOfRangeAreNamedWithTheNearestAllowed() {
        SequenceBuilder builder = SequenceLibrary.find("se2d").orElseThrow();
        SystemLimits limits = TestSystems.lowField();
        Protocol protocol = SequenceLibrary.defaults(builder, limits)
                .with("TE", 1e-3)
                .with("TR", 0.03)
                .with("slices", 5);

        List<Violation> violations = builder.validate(protocol, limits);

        assertThat(violations).extracting(Violation::parameter).containsExactly("TE", "TR");
        assertThat(violations.get(0).message()).startsWith("TE must be ≥ ").contains(" ms: ");
        Violation.Remedy first = violations.get(0).remedies().get(0);
        assertThat(first.parameter()).isEqualTo("TE");
        assertThat(builder.validate(protocol.with("TE", first.value() - 1e-5), limits))
                .extracting(Violation::parameter)
                .contains("TE");
        assertThat(builder.validate(protocol.with("TE", Double.NaN), limits))
                .extracting(Violation::parameter)
                .containsExactly("TE");
        assertThat(builder.validate(protocol.with("slices", 2.5), limits))
                .extracting(Violation::message)
                .containsExactly("slices must be a whole number");
    }

    @Test
    void aTurboSpinEchoTakesOnlyWholeEchoSpacingsForTe() {
        SequenceBuilder builder = SequenceLibrary.find("tse2d").orElseThrow();
        SystemLimits limits = TestSystems.lowField();
        Protocol protocol = SequenceLibrary.defaults(builder, limits).with("TE", 50e-3);

        List<Violation> violations = builder.validate(protocol, limits);

        assertThat(violations).hasSize(1);
        assertThat(violations.get(0).remedies().stream()
                        .filter(r -> r.parameter().equals("TE"))
                        .map(r -> Math.rint(r.value() * 1e6) / 1e6))
                .containsExactly(45e-3, 60e-3);
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everySequenceOnEverySystem")
    void readoutsCountEverythingOnceAndCloseTheirSlices(
            String name, String system, SequenceBuilder builder, SystemLimits limits) {
        Protocol protocol = SequenceLibrary.defaults(builder, limits);
        SequencePlan plan = builder.build(protocol, limits, PatientPosition.FFS);

        Set<List<Object>> seen = new HashSet<>();
        int imaging = 0;
        List<ReadoutGroup> ended = new ArrayList<>();
        int last = plan.readouts().size() - 1;
        for (int i = 0; i <= last; i++) {
            ReadoutHeader header = plan.readouts().get(i);
            assertThat(header.scanCounter()).isEqualTo(i);
            if (!header.has(AcquisitionFlags.NAVIGATION | AcquisitionFlags.PHASE_CORRECTION)) {
                imaging++;
                assertThat(seen.add(List.of(header.encodingSpace(), header.counters())))
                        .isTrue();
            }
            if (header.has(AcquisitionFlags.LAST_IN_SLICE)) {
                ended.add(ReadoutGroup.of(header));
            }
            assertThat(header.has(AcquisitionFlags.LAST_IN_MEASUREMENT)).isEqualTo(i == last);
        }
        int expected = 0;
        int images = 0;
        int weightings = Math.max(1, plan.parameters().diffusion().size());
        for (Encoding encoding : plan.encodings()) {
            expected += encoding.step1().count()
                    * encoding.step2().count()
                    * encoding.slices()
                    * encoding.averages()
                    * encoding.contrasts()
                    * encoding.repetitions();
            images += encoding.slices() * encoding.contrasts() * encoding.repetitions() * weightings;
        }
        assertThat(imaging).isEqualTo(expected * weightings);
        boolean noise = plan.readouts().get(0).has(AcquisitionFlags.NOISE_MEASUREMENT);
        assertThat(ended).hasSize(noise ? 0 : images).doesNotHaveDuplicates();
    }
}
