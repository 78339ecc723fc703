package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Predicate;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.Phantoms;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the parts of the built-in phantoms are, how large, and of what. */
class BuiltInPhantomsTest {
    private static final double TESLA = 0.047;

    static List<String> names() {
        return Phantoms.names();
    }

    private static List<Material> pools(Phantom phantom, double x, double y, double z) {
        return phantom.mixtures().get(phantom.materialAt(x, y, z)).stream()
                .map(phantom.materials()::get)
                .toList();
    }

    /** In millilitres, of the places that hold it, on a fine grid. */
    private static double volume(Phantom phantom, Vec3 center, Vec3 half, Predicate<Integer> what) {
        int n = 120;
        int count = 0;
        for (int i = 0; i < n; i++) {
            double x = center.x() + half.x() * (2 * (i + 0.5) / n - 1);
            for (int j = 0; j < n; j++) {
                double y = center.y() + half.y() * (2 * (j + 0.5) / n - 1);
                for (int k = 0; k < n; k++) {
                    double z = center.z() + half.z() * (2 * (k + 0.5) / n - 1);
                    count += what.test(phantom.materialAt(x, y, z)) ? 1 : 0;
                }
            }
        }
        return 8e6 * half.x() * half.y() * half.z() * count / ((double) n * n * n);
    }

    private static double sphere(double radiusMillimeters) {
        return 4.0 / 3 * Math.PI * Math.pow(radiusMillimeters, 3) * 1e-3;
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachPhantomHasALineThatDescribesIt(String name) {
        assertThat(Phantoms.description(name)).hasSizeBetween(20, 90).doesNotContain("\n");
    }

    @Test
    void theTubesHaveTheirVolumeAndTheSlowOneIsOnTheLeft() {
        Phantom tubes = Phantoms.named("tubes", TESLA);
        Vec3 half = new Vec3(0.02, 0.02, 0.062);
        double litres = Math.PI * 1.8 * 1.8 * 12;
        assertThat(volume(tubes, new Vec3(0.026, 0, 0), half, m -> m == 0)).isCloseTo(litres, within(0.01 * litres));
        assertThat(volume(tubes, new Vec3(-0.026, 0, 0), half, m -> m == 1)).isCloseTo(litres, within(0.01 * litres));
        assertThat(pools(tubes, 0.026, 0, 0).get(0).t1Seconds()).isEqualTo(0.8);
        assertThat(pools(tubes, -0.026, 0, 0).get(0).t1Seconds()).isEqualTo(0.2);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 10",
        "80, 0, 0, 10",
        "0, 80, 0, 10",
        "0, 0, 80, 10",
        "-80, 0, 0, 7",
        "40, -40, 40, 7",
        "80, 40, 0, 7"
    })
    void eachSphereIsAtItsPlaceAndHasItsVolume(int x, int y, int z, double radiusMillimeters) {
        Phantom spheres = Phantoms.named("spheres", TESLA);
        Vec3 center = new Vec3(1e-3 * x, 1e-3 * y, 1e-3 * z);
        double volume = volume(spheres, center, new Vec3(0.015, 0.015, 0.015), m -> m >= 0);
        assertThat(volume).isCloseTo(sphere(radiusMillimeters), within(0.01 * sphere(radiusMillimeters)));
    }

    @Test
    void thereAreFiftySevenSpheres() {
        Phantom spheres = Phantoms.named("spheres", TESLA);
        double volume = volume(spheres, Vec3.ZERO, new Vec3(0.1, 0.1, 0.1), m -> m >= 0);
        assertThat(volume).isCloseTo(53 * sphere(7) + 4 * sphere(10), within(1.5));
    }

    @Test
    void theSlotsOfTheAcrLikePhantomRiseByOneInTenAgainstEachOther() {
        Phantom acr = Phantoms.named("acr", TESLA);
        for (int millimeters = -4; millimeters <= 4; millimeters++) {
            double z = 1e-3 * millimeters;
            assertThat(acr.materialAt(10 * z, -0.005, -0.05 + z)).isZero();
            assertThat(acr.materialAt(-10 * z, 0.005, -0.05 + z)).isZero();
            assertThat(acr.materialAt(10 * z + 0.006, -0.005, -0.05 + z)).isNegative();
            assertThat(acr.materialAt(-10 * z + 0.006, 0.005, -0.05 + z)).isNegative();
        }
    }

    @ParameterizedTest
    @CsvSource({"4, -64, 25", "3, -22, 25", "2, 11, 25", "1.5, 34, 25", "1.1, 53, 25", "1.0, 53, 37", "0.9, 53, 48"})
    void theSixteenHolesOfEachWidthAreOpen(double width, double right, double front) {
        Phantom acr = Phantoms.named("acr", TESLA);
        double wide = 9.5e-3 * width;
        double high = 8e-3 * width;
        Vec3 half = new Vec3(wide / 2, high / 2, 0.001);
        Vec3 center = new Vec3(1e-3 * right + wide / 2, 1e-3 * front + high / 2, -0.05);
        double holes = 16 * Math.PI / 4 * width * width * 2e-3;
        assertThat(volume(acr, center, half, m -> m >= 0)).isCloseTo(holes, within(0.02 * holes));
    }

    @Test
    void theGridAndTheUniformPartOfTheAcrLikePhantomAreInTheirSlices() {
        Phantom acr = Phantoms.named("acr", TESLA);
        assertThat(acr.materialAt(0.015, 0.007, -0.01)).isNegative();
        assertThat(acr.materialAt(0.007, 0.007, -0.01)).isZero();
        assertThat(acr.materialAt(0.015, 0.007, 0.01)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"20, 0.98", "30, 0.96", "40, 0.92", "50, 0.84"})
    void theGroundOfTheDiscsHasLessSignal(int millimeters, double density) {
        Phantom acr = Phantoms.named("acr", TESLA);
        double z = 1e-3 * millimeters;
        assertThat(pools(acr, 0, 0, z).get(0).protonDensity()).isCloseTo(density, within(1e-12));
        assertThat(pools(acr, 0, -0.034, z).get(0).protonDensity()).isEqualTo(1);
        assertThat(pools(acr, 0, 0.034, z).get(0).protonDensity()).isEqualTo(1);
        assertThat(pools(acr, 0, 0.034 + 0.004, z).get(0).protonDensity()).isCloseTo(density, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0.5", "45, 0, 0", "-45, 0, 0.3", "22.5, -38.97, 1", "22.5, 38.97, 0.1"})
    void aVialOfOilInWaterHasThePoolsOfItsFraction(double x, double y, double fat) {
        Phantom phantom = Phantoms.named("fatwater", 1.5);
        double water = 0;
        double oil = 0;
        for (Material pool : pools(phantom, 1e-3 * x, 1e-3 * y, 0)) {
            if (pool.chemicalShiftPpm() == 0) {
                water += pool.protonDensity();
            } else {
                oil += pool.protonDensity();
                assertThat(pool.chemicalShiftPpm()).isEqualTo(-3.4);
            }
        }
        assertThat(oil).isCloseTo(fat, within(1e-12));
        assertThat(water).isCloseTo(1 - fat, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0.047, 0.275, 0.100", "0.3, 0.370, 0.088", "1.5, 0.680, 0.074", "0.1187, 0.319, 0.0938"})
    void whiteMatterRelaxesAsItDoesAtTheField(double tesla, double t1, double t2) {
        Phantom brain = Phantoms.named("brain", tesla);
        Material white = pools(brain, 0, 0.012, -0.062).get(0);
        assertThat(white.name()).isEqualTo("white matter");
        assertThat(white.t1Seconds()).isCloseTo(t1, within(0.001));
        assertThat(white.t2Seconds()).isCloseTo(t2, within(0.001));
        assertThat(white.t2PrimeSeconds() * tesla).isCloseTo(1, within(1e-9));
    }

    @Test
    void theHeartLeansToTheLeftBetweenTheLungsAndTheSpineIsAtTheBack() {
        Phantom chest = Phantoms.named("chest", TESLA);
        assertThat(pools(chest, 0.046, -0.018, -0.016).get(0).name()).isEqualTo("blood");
        assertThat(pools(chest, 0.09, 0.02, 0.05).get(0).name()).isEqualTo("lung");
        assertThat(pools(chest, -0.09, 0.02, 0.05).get(0).name()).isEqualTo("lung");
        assertThat(pools(chest, -0.07, 0, -0.1).get(0).name()).isEqualTo("liver");
        assertThat(pools(chest, 0.08, 0, -0.1).get(0).name()).isEqualTo("spleen");
        assertThat(pools(chest, 0, 0.062, 0.01).get(0).name()).isEqualTo("marrow water");
        assertThat(pools(chest, 0.16, 0, 0).get(0).name()).isEqualTo("fat");
    }
}
