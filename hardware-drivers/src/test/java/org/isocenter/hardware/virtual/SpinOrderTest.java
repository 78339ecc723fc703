package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.library.SequenceLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpinOrderTest {
    private static final SystemLimits LIMITS = ScannerProfile.builtIn("osi2one").limits();
    private static final GradientField ALONG_Z = GradientField.linear(0, 0, 150e3);
    private static final GradientField ALONG_X = new GradientField(120e3, 0, 0, new double[] {0, 2e3, 1e3, 0, 5e2, 0});

    /** A plate of 6 mm, with frequencies up to 300 Hz beside the field's. */
    private static List<SpinGroup> plate(SpinOrder order, int spins, long seed) {
        Random random = new Random(seed);
        SpinPoints points = new SpinPoints();
        for (int i = 0; i < spins; i++) {
            points.add(
                    0.2 * random.nextDouble() - 0.1,
                    0.2 * random.nextDouble() - 0.1,
                    6e-3 * random.nextDouble() - 3e-3,
                    0,
                    600 * random.nextDouble() - 300);
        }
        return points.groups(1, surroundings(), order);
    }

    private static Surroundings surroundings() {
        var imperfections = ScannerProfile.builtIn("ideal").imperfections();
        return new Surroundings(
                FieldMap.of(imperfections.field(), LIMITS.larmorHertz()),
                TransmitField.of(imperfections.transmit()),
                GradientWarp.of(imperfections.gradients()));
    }

    /** From the lowest to the highest of a block's spins. */
    private static double hertz(SpinBlock block, GradientField gradient) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double offset : block.offsetsUnder(gradient)) {
            low = Math.min(low, offset);
            high = Math.max(high, offset);
        }
        return high - low;
    }

    /** Also where a block holds spins of two layers. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void theSpinsOfABlockAreReadAtNearlyTheSameFrequencyWhateverMakesIt(long seed) {
        int spins = 100_000;
        List<SpinGroup> groups = plate(new SpinOrder(ALONG_Z, ALONG_X), spins, seed);
        double whole = 0.2 * ALONG_X.x();
        int found = 0;
        double sum = 0;
        for (SpinGroup group : groups) {
            for (SpinBlock block : group.blocks()) {
                sum += block.spins * hertz(block, ALONG_X);
                found += block.spins;
            }
        }
        assertThat(found).isEqualTo(spins);
        // Four layers or so of 24 blocks each; where spins come thinly, above and below, blocks are wider.
        assertThat(sum / spins).isLessThan(0.1 * whole);
    }

    @Test
    void mostBlocksAreOfOneThinLayerAsPulsesSelectIt() {
        List<SpinBlock> blocks = plate(new SpinOrder(ALONG_Z, ALONG_X), 400_000, 3).stream()
                .flatMap(group -> group.blocks().stream())
                .toList();
        long thin = blocks.stream()
                .filter(block -> hertz(block, ALONG_Z) <= 1.51e-3 * ALONG_Z.z())
                .count();
        assertThat((double) thin / blocks.size()).isGreaterThan(0.9);
    }

    @Test
    void fewSpinsStandInThickerLayers() {
        assertThat(SpinOrder.layersTogether(1_000_000, 10)).isEqualTo(1);
        assertThat(SpinOrder.layersTogether(100_000, 10)).isBetween(2, 3);
        assertThat(SpinOrder.layersTogether(10, 10)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"se2d, true", "gre2d, true", "radial2d, false"})
    void thereIsAnOrderByFrequencyWhereAllIsReadInOneDirection(String name, boolean expected) throws Exception {
        TableSurvey survey = survey(name);
        Vec3 direction = survey.selectDirections().isEmpty()
                ? null
                : survey.selectDirections().get(0);
        assertThat(survey.spinOrder(direction).reading() != null).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"tse2d, true", "tse3d, false"})
    void thereAreLayersWherePulsesTurnSomeOfThem(String name, boolean expected) throws Exception {
        TableSurvey survey = survey(name);
        SpinOrder order = survey.spinOrder(survey.selectDirections().get(0));
        assertThat(order.selecting() != null).isEqualTo(expected);
    }

    @Test
    void eachPlaneOfALocalizerIsReadInItsOwnDirection() throws Exception {
        TableSurvey survey = survey("localizer");
        assertThat(survey.selectDirections()).hasSize(3).allSatisfy(direction -> {
            SpinOrder order = survey.spinOrder(direction);
            Vec3 selecting = new Vec3(
                    order.selecting().x(),
                    order.selecting().y(),
                    order.selecting().z());
            Vec3 reading = new Vec3(
                    order.reading().x(), order.reading().y(), order.reading().z());
            assertThat(Math.abs(selecting.normalized().dot(direction))).isGreaterThan(0.999);
            assertThat(Math.abs(reading.normalized().dot(direction))).isLessThan(0.01);
        });
        assertThat(survey.spinOrder(null).reading()).isNull();
    }

    private static TableSurvey survey(String name) throws Exception {
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        return TableSurvey.of(
                EventCompiler.compile(SafetyCheck.check(
                        builder.build(SequenceLibrary.defaults(builder, LIMITS), LIMITS, PatientPosition.HFS)
                                .sequence(),
                        LIMITS)),
                new PulseLibrary(1),
                ScannerFields.perfect(LIMITS),
                () -> false);
    }
}
