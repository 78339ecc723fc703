package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.isocenter.hardware.virtual.phantom.FieldShift;
import org.isocenter.hardware.virtual.phantom.LabelVolume;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Balls and cylinders of water in air, against the closed forms of their fields (e.g. Schenck, Med Phys 23:815, 1996). */
class SusceptibilityTest {
    private static final double AIR = 0.36;
    private static final double WATER = -9.05;
    private static final double RADIUS = 0.03;
    private static final Vec3 OBLIQUE = new Vec3(1, -2, 2).normalized();

    private interface Inside {
        boolean test(Vec3 place);
    }

    /** Labels: 0 air, 1 water that is seen, 2 water that is not. */
    private static LabelVolume volume(int[] size, double[] spacing, Inside seen, Inside unseen) {
        double[][] toDevice = new double[3][4];
        for (int axis = 0; axis < 3; axis++) {
            toDevice[axis][axis] = spacing[axis];
            toDevice[axis][3] = -0.5 * (size[axis] - 1) * spacing[axis];
        }
        int[] labels = new int[size[0] * size[1] * size[2]];
        for (int v = 0; v < labels.length; v++) {
            Vec3 place = new Vec3(
                    v % size[0] * spacing[0] + toDevice[0][3],
                    v / size[0] % size[1] * spacing[1] + toDevice[1][3],
                    v / size[0] / size[1] * spacing[2] + toDevice[2][3]);
            labels[v] = seen.test(place) ? 1 : unseen.test(place) ? 2 : 0;
        }
        Material water = new Material("water", 1, 2, 1);
        return new LabelVolume(
                "volume",
                size,
                labels,
                toDevice,
                Map.of(0, List.of(), 1, List.of(water), 2, List.of()),
                Map.of(0, AIR, 1, WATER, 2, WATER));
    }

    private static LabelVolume ball(int[] size, double[] spacing) {
        return volume(size, spacing, place -> place.norm() < RADIUS, place -> false);
    }

    private static double outsideBall(Vec3 place, Vec3 field) {
        double cosine = place.normalized().dot(field);
        return (WATER - AIR) / 3 * Math.pow(RADIUS / place.norm(), 3) * (3 * cosine * cosine - 1);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 3"})
    void theFieldOfABallIsThatOfADipoleOutsideAndNoneInside(double across, double along) {
        int[] size = {(int) (180 / across), (int) (180 / across), (int) (180 / along)};
        LabelVolume ball = ball(size, new double[] {across * 1e-3, across * 1e-3, along * 1e-3});
        for (Vec3 field : List.of(Vec3.Z, OBLIQUE)) {
            FieldShift shift = ball.fieldShift(field, () -> false);
            for (Vec3 direction : List.of(Vec3.X, Vec3.Y, Vec3.Z, OBLIQUE, new Vec3(0.6, 0.8, 0))) {
                for (double radius : new double[] {0.005, 0.015, 0.02}) {
                    Vec3 place = direction.scaled(radius);
                    assertThat(shift.ppmAt(place.x(), place.y(), place.z()))
                            .as("field %s, place %s", field, place)
                            .isCloseTo(0, within(0.2));
                }
                for (double radius : new double[] {0.04, 0.05, 0.07}) {
                    Vec3 place = direction.scaled(radius);
                    assertThat(shift.ppmAt(place.x(), place.y(), place.z()))
                            .as("field %s, place %s", field, place)
                            .isCloseTo(outsideBall(place, field), within(0.2));
                }
            }
            assertThat(shift.largestPpm()).isBetween(4.0, 9.4);
        }
    }

    private static LabelVolume cylinder() {
        return volume(
                new int[] {64, 64, 64},
                new double[] {0.002, 0.002, 0.02},
                place -> Math.hypot(place.x(), place.y()) < 0.02 && Math.abs(place.z()) < 0.02,
                place -> Math.hypot(place.x(), place.y()) < RADIUS);
    }

    @ParameterizedTest
    @CsvSource({"0", "30", "54.7356", "90"})
    void theFieldOfACylinderGoesWithItsAngleToTheMainField(double degrees) {
        double angle = Math.toRadians(degrees);
        double cosine = Math.cos(angle);
        FieldShift shift = cylinder().fieldShift(new Vec3(Math.sin(angle), 0, cosine), () -> false);
        double inside = (WATER - AIR) / 6 * (3 * cosine * cosine - 1);
        assertThat(shift.ppmAt(0, 0, 0)).isCloseTo(inside, within(0.1));
        assertThat(shift.ppmAt(0.015, -0.01, 0)).isCloseTo(inside, within(0.1));
        double far = (WATER - AIR) / 2 * Math.pow(RADIUS / 0.045, 2) * Math.pow(Math.sin(angle), 2);
        assertThat(shift.ppmAt(0.045, 0, 0)).isCloseTo(far, within(0.1));
        assertThat(shift.ppmAt(0, 0.045, 0)).isCloseTo(-far, within(0.1));
    }

    @Test
    void aVolumeOfManyVoxelsIsTakenTogetherInCells() {
        FieldShift shift = ball(new int[] {150, 60, 60}, new double[] {0.001, 0.0025, 0.0025})
                .fieldShift(Vec3.Z, () -> false);
        assertThat(shift.ppmAt(0, 0, 0.05)).isCloseTo(outsideBall(Vec3.Z.scaled(0.05), Vec3.Z), within(0.2));
        assertThat(shift.ppmAt(0.05, 0, 0)).isCloseTo(outsideBall(Vec3.X.scaled(0.05), Vec3.Z), within(0.2));
    }

    @Test
    void aTurnedAndMovedObjectIsMagnetisedAsItLies() {
        LabelVolume cylinder = cylinder();
        Vec3 place = new Vec3(0.01, -0.02, 0.03);
        Phantom turned = cylinder.placed(place, Rotation.about(Vec3.Y, Math.PI / 2));
        FieldShift shift = turned.fieldShift(Vec3.Z, () -> false);
        FieldShift own = cylinder.fieldShift(new Vec3(-1, 0, 0), () -> false);
        // What was along x lies along -z now.
        assertThat(shift.ppmAt(0.01, -0.02, 0.03 - 0.045)).isCloseTo(own.ppmAt(0.045, 0, 0), within(1e-4));
        assertThat(shift.ppmAt(0.01, -0.02, 0.03)).isCloseTo((AIR - WATER) / 6, within(0.1));
    }

    /** The phase of what is received goes back when the field is higher. */
    @ParameterizedTest
    @CsvSource({"'0,0,1', 3", "'1,0,0', -6"})
    void spinsPrecessInTheFieldOfTheirObject(String direction, double divisor) throws Exception {
        VirtualOptions options = VirtualOptions.parse(URI.create("virtual:ideal?receive.fieldDirection=" + direction));
        VirtualOptions filled = new VirtualOptions(options.profile(), cylinder(), 1, 1, false);
        Experiment decay =
                new Experiment().rf(Experiment.hardPulse(90, 100e-6, 0, 0)).read(Experiment.adc(400, 100e-6));
        try (VirtualScanner scanner = new VirtualScanner(Experiment.ADDRESS, filled, 2, 2000)) {
            Experiment.Result result = Experiment.collect(scanner, decay.table());
            double turns = (result.phase(0, 100) - result.phase(0, 300)) / (2 * Math.PI);
            double hertz =
                    (WATER - AIR) / divisor * 1e-6 * options.profile().limits().larmorHertz();
            assertThat(turns / 0.02).isCloseTo(hertz, within(0.03 * Math.abs(hertz)));
        }
    }

    @Test
    void anObjectWithoutSusceptibilitiesLeavesTheFieldAlone() {
        LabelVolume plain = new LabelVolume(
                "plain",
                new int[] {1, 1, 1},
                new int[] {1},
                new double[][] {{0.01, 0, 0, 0}, {0, 0.01, 0, 0}, {0, 0, 0.01, 0}},
                Map.of(1, List.of(new Material("water", 1, 2, 1))),
                Map.of());
        assertThat(plain.fieldShift(Vec3.Z, () -> false)).isSameAs(FieldShift.NONE);
    }
}
