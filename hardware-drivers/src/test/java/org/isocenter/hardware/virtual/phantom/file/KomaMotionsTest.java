package org.isocenter.hardware.virtual.phantom.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;
import static org.isocenter.hardware.virtual.phantom.file.KomaMotionFiles.action;
import static org.isocenter.hardware.virtual.phantom.file.KomaMotionFiles.motion;

import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.isocenter.hardware.virtual.phantom.Motion;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Motion lists of KomaMRI's files: where their spins are at a time. */
class KomaMotionsTest {
    private static final double[] ONCE = {0, 1};
    private static final double[] UP = {0, 1};
    private static final double[][] CROSS = {{0.03, 0, -0.03, 0}, {0, 0.03, 0, -0.03}, {0.01, 0.01, 0.01, 0.01}};

    @TempDir
    Path folder;

    private SpinList read(double[][] places, Consumer<WritableGroup> motions) throws PhantomFileException {
        return KomaMotionFiles.read(KomaMotionFiles.write(folder.resolve("a.phantom"), places, motions));
    }

    /** {x, y, z} of all spins. */
    private static float[][] at(SpinList spins, double seconds) {
        int n = spins.count();
        float[][] places = new float[3][n];
        int[] numbers = new int[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = spins.number(i);
            places[0][i] = spins.xMeters(i);
            places[1][i] = spins.yMeters(i);
            places[2][i] = spins.zMeters(i);
        }
        Motion.Trace trace =
                spins.motion().orElseThrow().trace(numbers, places[0].clone(), places[1].clone(), places[2].clone());
        trace.placesAt(seconds, places[0], places[1], places[2]);
        return places;
    }

    private static void assertAt(SpinList spins, double seconds, int spin, double x, double y, double z) {
        float[][] places = at(spins, seconds);
        assertThat(places[0][spin]).as("x").isCloseTo((float) x, within(1e-7f));
        assertThat(places[1][spin]).as("y").isCloseTo((float) y, within(1e-7f));
        assertThat(places[2][spin]).as("z").isCloseTo((float) z, within(1e-7f));
    }

    @Test
    void aTranslationOfARangeLeavesTheOtherSpinsAtRest() throws PhantomFileException {
        SpinList spins = read(
                CROSS, m -> action(motion(m, 1, ONCE, UP, "2:2:4"), "Translate", "dx", 0.01, "dy", -0.02, "dz", 0.04));
        assertAt(spins, 0.5, 1, 0.005, 0.02, 0.03);
        assertAt(spins, 7, 3, 0.01, -0.05, 0.05);
        assertAt(spins, 0.5, 2, -0.03, 0, 0.01);
        Motion motion = spins.motion().orElseThrow();
        assertThat(motion.moves(1, 0, 0, 0)).isTrue();
        assertThat(motion.moves(2, 0, 0, 0)).isFalse();
        assertThat(motion.straightSeconds()).isInfinite();
    }

    @Test
    void aListOfIndicesIsASpanToo() throws PhantomFileException {
        SpinList spins = read(CROSS, m -> {
            WritableGroup one = m.putGroup("motion_1");
            WritableGroup time = one.putGroup("time");
            time.putAttribute("type", "TimeRange");
            time.putAttribute("t_start", 1.0);
            time.putAttribute("t_end", 3.0);
            WritableGroup range = one.putGroup("spins");
            range.putAttribute("type", "SpinRange");
            range.putDataset("range", new long[] {1, 4});
            action(one, "Translate", "dx", 0.01, "dy", 0, "dz", 0);
        });
        assertAt(spins, 2, 0, 0.035, 0, 0.01);
        assertAt(spins, 2, 3, 0.005, -0.03, 0.01);
        assertAt(spins, 2, 1, 0, 0.03, 0.01);
    }

    @Test
    void aRotationTurnsRightHandedAboutItsCentre() throws PhantomFileException {
        SpinList spins = read(
                CROSS,
                m -> action(motion(m, 1, ONCE, UP, null), "Rotate", "pitch", 0, "roll", 0, "yaw", 90)
                        .putAttribute("center", "(0.01, 0.0, 0.0)"));
        // (0.02, 0) from the centre becomes (0, 0.02).
        assertAt(spins, 1, 0, 0.01, 0.02, 0.01);
        double half = 0.02 * Math.sqrt(0.5);
        assertAt(spins, 0.5, 0, 0.01 + half, half, 0.01);
    }

    @Test
    void anglesAreTakenAboutXThenYThenZ() throws PhantomFileException {
        SpinList spins = read(
                new double[][] {{0}, {0.02}, {0}},
                m -> action(motion(m, 1, ONCE, UP, null), "Rotate", "pitch", 90, "roll", 90, "yaw", 0));
        // y to z about x; z to x about y.
        assertAt(spins, 1, 0, 0.02, 0, 0);
    }

    @Test
    void theCentreOfMassIsThatOfTheSpinsThatTurn() throws PhantomFileException {
        SpinList spins = read(
                CROSS,
                m -> action(motion(m, 1, ONCE, UP, "1:2"), "Rotate", "pitch", 0, "roll", 0, "yaw", 180)
                        .putDataset("center", "CenterOfMass"));
        // About (0.015, 0.015).
        assertAt(spins, 1, 0, 0, 0.03, 0.01);
        assertAt(spins, 1, 1, 0.03, 0, 0.01);
        assertAt(spins, 1, 2, -0.03, 0, 0.01);
    }

    @Test
    void aHeartBeatsAlikeOnAllSides() throws PhantomFileException {
        double[][] places = {{0.03, 0, -0.03, 0, 0.02, 0.001}, {0, 0.03, 0, -0.03, 0, 0}, {0.01, 0.01, 0.01, 0.01, 0, 0}
        };
        SpinList spins = read(
                places,
                m -> action(
                        motion(m, 1, ONCE, UP, null),
                        "HeartBeat",
                        "circumferential_strain",
                        -0.3,
                        "radial_strain",
                        -0.2,
                        "longitudinal_strain",
                        -0.1));
        double outside = 0.03 - 0.3 * 0.03;
        assertAt(spins, 1, 0, outside, 0, 0.009);
        assertAt(spins, 1, 1, 0, outside, 0.009);
        assertAt(spins, 1, 2, -outside, 0, 0.009);
        assertAt(spins, 1, 3, 0, -outside, 0.009);
        assertAt(spins, 1, 4, 0.02 - 0.3 * 0.03 + 0.2 * 0.01, 0, 0);
        // Nothing goes beyond the axis.
        assertAt(spins, 1, 5, 0, 0, 0);
        assertAt(spins, 0.5, 0, 0.03 - 0.15 * 0.03, 0, 0.0095);
    }

    @Test
    void pathsGoStraightFromNodeToNode() throws PhantomFileException {
        double[][] dx = {{0, 0}, {0.01, 0}, {0.01, 0.02}};
        double[][] none = new double[3][2];
        SpinList spins = read(CROSS, m -> KomaMotionFiles.path(motion(m, 1, ONCE, UP, "2:3"), dx, none, none, null));
        assertAt(spins, 0.25, 1, 0.005, 0.03, 0.01);
        assertAt(spins, 0.75, 1, 0.01, 0.03, 0.01);
        assertAt(spins, 0.75, 2, -0.02, 0, 0.01);
        assertThat(spins.motion().orElseThrow().nextCornerSeconds(0.1)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void periodsOfACurveFollowOneAnotherAndStartAgain() throws PhantomFileException {
        SpinList spins = read(CROSS, m -> {
            WritableGroup one = m.putGroup("motion_1");
            WritableGroup time = one.putGroup("time");
            time.putAttribute("type", "TimeCurve");
            time.putDataset("t", new double[] {1, 1.5, 2});
            time.putDataset("t_unit", new double[] {0, 1, 0});
            time.putAttribute("periodic", "true");
            time.putDataset("periods", new double[] {1, 2});
            one.putGroup("spins").putAttribute("type", "AllSpins");
            action(one, "Translate", "dx", 0.01, "dy", 0, "dz", 0);
        });
        for (double lap : new double[] {-3, 0, 3, 300}) {
            assertAt(spins, lap + 1.25, 0, 0.035, 0, 0.01);
            assertAt(spins, lap + 1.5, 0, 0.04, 0, 0.01);
            assertAt(spins, lap + 2.5, 0, 0.035, 0, 0.01);
            assertAt(spins, lap + 3, 0, 0.04, 0, 0.01);
        }
        Motion motion = spins.motion().orElseThrow();
        assertThat(motion.nextCornerSeconds(3.2)).isCloseTo(4, within(1e-9));
        assertThat(motion.nextCornerSeconds(4)).isCloseTo(4.5, within(1e-9));
    }

    @Test
    void translationsComeAfterWhatDependsOnThePlace() throws PhantomFileException {
        SpinList spins = read(CROSS, m -> {
            action(motion(m, 1, ONCE, UP, null), "Translate", "dx", 0.01, "dy", 0, "dz", 0);
            action(motion(m, 2, new double[] {1, 2}, UP, null), "Rotate", "pitch", 0, "roll", 0, "yaw", 90);
        });
        assertAt(spins, 2, 0, 0.01, 0.03, 0.01);
    }

    @Test
    void motionGoesWithSpinsThatArePlacedElsewhere() throws PhantomFileException {
        SpinList spins = read(
                        CROSS, m -> action(motion(m, 1, ONCE, UP, null), "Translate", "dx", 0.01, "dy", 0, "dz", 0))
                .placed(new Vec3(0, 0, 0.1), Rotation.about(Vec3.Z, Math.PI / 2));
        assertAt(spins, 1, 0, 0, 0.04, 0.11);
        assertThat(spins.atRest().motion()).isEmpty();
    }

    @Test
    void aSpinIsFreshOnItsWayToANodeThatResetsIt() throws PhantomFileException {
        double[][] dz = {{0, 0}, {0.01, 0.01}, {-0.01, 0.02}, {0, 0.03}};
        double[][] none = new double[4][2];
        int[][] reset = {{0, 0}, {0, 0}, {1, 0}, {0, 0}};
        SpinList spins = read(
                new double[][] {{0, 0}, {0, 0}, {0, 0}},
                m -> KomaMotionFiles.path(motion(m, 1, new double[] {0, 3}, UP, null), none, none, dz, reset));
        Motion.Trace trace =
                spins.motion().orElseThrow().trace(new int[] {0, 1}, new float[2], new float[2], new float[2]);
        boolean[] fresh = {true, true};
        assertThat(trace.renewed(0, 1, fresh)).isFalse();
        assertThat(trace.renewed(2, 9, fresh)).isFalse();
        assertThat(trace.renewed(0.2, 1.3, fresh)).isTrue();
        assertThat(fresh).containsExactly(true, false);
        assertThat(trace.renewed(1.8, 2.2, fresh)).isTrue();
        assertThat(trace.renewed(0, 100, fresh)).isTrue();
    }

    @Test
    void whatCannotBePlayedIsNamedWithItsPlace() {
        assertThatThrownBy(() -> read(CROSS, m -> action(motion(m, 3, ONCE, UP, null), "Wobble")))
                .hasMessageContaining("a.phantom: /motion/motion_3/action is of type 'Wobble', which cannot be played")
                .hasMessageContaining("Translate, Rotate, HeartBeat, Path, FlowPath")
                .hasMessageContaining("take this motion out of the file");
        assertThatThrownBy(() -> read(CROSS, m -> action(motion(m, 1, ONCE, UP, "3:5"), "Wobble")))
                .hasMessageContaining("/motion/motion_1/spins goes beyond the 4 spins");
        assertThatThrownBy(() -> read(CROSS, m -> action(motion(m, 1, ONCE, UP, null), "Translate", "dx", 0.01)))
                .hasMessageContaining("/motion/motion_1/action has no number 'dy'");
        assertThatThrownBy(() ->
                        read(CROSS, m -> action(motion(m, 1, new double[] {1, 0}, UP, null), "Translate", "dx", 0.01)))
                .hasMessageContaining("/motion/motion_1: time 2 of a time curve is 0.0 s: times must ascend");
        assertThatThrownBy(() -> read(
                        CROSS,
                        m -> KomaMotionFiles.path(
                                motion(m, 1, ONCE, UP, null),
                                new double[2][3],
                                new double[2][3],
                                new double[2][3],
                                null)))
                .hasMessageContaining("/motion/motion_1/action/dx is no matrix of 4 spins");
    }

    @Test
    void damagedMotionsAreReadOrRefused() throws IOException {
        Path file = KomaMotionFiles.write(folder.resolve("d.phantom"), CROSS, m -> {
            action(motion(m, 1, ONCE, UP, "1:2"), "Rotate", "pitch", 1, "roll", 2, "yaw", 3)
                    .putAttribute("center", "(0.0, 0.0, 0.1)");
            KomaMotionFiles.path(
                    motion(m, 2, ONCE, UP, null), new double[3][4], new double[3][4], new double[3][4], new int[][] {
                        {0, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 0}
                    });
        });
        byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            byte[] damaged = whole.clone();
            for (int change = 0; change < 1 + seed % 8; change++) {
                damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? -1 : random.nextInt(256));
            }
            damaged = seed % 4 == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
            Files.write(file, damaged);
            try {
                SpinList spins = KomaMotionFiles.read(file);
                if (spins.motion().isPresent()) {
                    at(spins, 0.7);
                    assertThat(spins.motion().orElseThrow().straightSeconds()).isPositive();
                    assertThat(spins.motion().orElseThrow().nextCornerSeconds(0.7))
                            .isGreaterThan(0.7);
                }
            } catch (PhantomFileException e) {
                assertThat(e).hasMessageContaining("d.phantom");
                refused++;
            } catch (RuntimeException | Error e) {
                fail("seed " + seed, e);
            }
        }
        assertThat(refused).isPositive();
    }
}
