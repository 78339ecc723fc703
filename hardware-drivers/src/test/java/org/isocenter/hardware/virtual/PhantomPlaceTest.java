package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.util.Random;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.Phantoms;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhantomPlaceTest {
    private static Phantom orientation(String options) throws ScannerException {
        return VirtualOptions.parse(URI.create("virtual:ideal?phantom=orientation" + options))
                .phantom();
    }

    @Test
    void placesAreInMetresOrWithTheirUnit() {
        Vec3 place = PhantomPlace.ISOCENTER.at("10mm, -0.02 ,3e-2m").meters();
        assertThat(place.minus(new Vec3(0.01, -0.02, 0.03)).norm()).isCloseTo(0, within(1e-15));
        assertThat(PhantomPlace.ISOCENTER.at("[10mm,-0.02,0.03]").meters()).isEqualTo(place);
    }

    @Test
    void aPhantomIsTurnedAboutXThenYThenZ() {
        Rotation turn = PhantomPlace.ISOCENTER.turned("90,0,90deg").rotation();
        assertThat(turn.apply(Vec3.Y).minus(Vec3.Z).norm()).isCloseTo(0, within(1e-12));
        assertThat(turn.apply(Vec3.X).minus(Vec3.Y).norm()).isCloseTo(0, within(1e-12));
        Rotation other = PhantomPlace.ISOCENTER.turned("0,90,90").rotation();
        assertThat(other.apply(Vec3.Z).minus(Vec3.Y).norm()).isCloseTo(0, within(1e-12));
    }

    @Test
    void theArmsOfTheOrientationPhantomGoWhereTheyAreTurnedAndMoved() throws ScannerException {
        Phantom still = orientation("");
        assertThat(still.materialAt(0.07, 0, 0.068)).isNotNegative();
        Phantom turned = orientation("&rotate=0,0,90");
        assertThat(turned.materialAt(0, 0.07, 0.068)).isNotNegative();
        assertThat(turned.materialAt(0.07, 0, 0.068)).isNegative();
        Phantom moved = orientation("&place=0,0,20mm&rotate=0,0,90");
        assertThat(moved.materialAt(0, 0.07, 0.088)).isNotNegative();
        assertThat(moved.materialAt(0, 0.07, 0.068)).isNegative();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatIsTurnedThereAndBackIsAsItWas(long seed) {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Vec3 axis = new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
        Rotation turn = Rotation.about(axis, 6 * random.nextDouble());
        Phantom still = Phantoms.named("orientation", 0.047);
        Phantom back = still.placed(Vec3.ZERO, turn).placed(Vec3.ZERO, turn.inverse());
        int filled = 0;
        for (int i = 0; i < 100_000; i++) {
            double x = 0.2 * (random.nextDouble() - 0.5);
            double y = 0.2 * (random.nextDouble() - 0.5);
            double z = 0.2 * (random.nextDouble() - 0.5);
            filled += still.materialAt(x, y, z) >= 0 ? 1 : 0;
            assertThat(back.materialAt(x, y, z)).isEqualTo(still.materialAt(x, y, z));
        }
        assertThat(filled).isGreaterThan(1000);
    }

    @Test
    void theExtentHoldsAllOfATurnedAndMovedPhantom() {
        Phantom placed =
                PhantomPlace.ISOCENTER.at("30mm,-20mm,0").turned("20,30,40").of(Phantoms.named("orientation", 0.047));
        Vec3 half = placed.halfExtentMeters();
        Random random = new Random(1);
        int filled = 0;
        for (int i = 0; i < 300_000; i++) {
            double x = 0.5 * (random.nextDouble() - 0.5);
            double y = 0.5 * (random.nextDouble() - 0.5);
            double z = 0.5 * (random.nextDouble() - 0.5);
            if (placed.materialAt(x, y, z) >= 0) {
                filled++;
                boolean held = Math.abs(x) <= half.x() && Math.abs(y) <= half.y() && Math.abs(z) <= half.z();
                assertThat(held).isTrue();
            }
        }
        assertThat(filled).isGreaterThan(100);
    }

    @Test
    void listedSpinsAreTurnedOneByOne() {
        double[] one = {1};
        SpinList list = new SpinList.Builder("point", 1e-9)
                .places(new double[] {0.01}, new double[] {0.02}, new double[] {0.03})
                .contrast(one, one, one)
                .build();
        Phantom placed = PhantomPlace.ISOCENTER.at("0.1,0,0").turned("0,0,90").of(list);
        assertThat(placed).isInstanceOfSatisfying(SpinList.class, spins -> {
            assertThat(spins.xMeters(0)).isCloseTo(0.08f, within(1e-7f));
            assertThat(spins.yMeters(0)).isCloseTo(0.01f, within(1e-7f));
            assertThat(spins.zMeters(0)).isCloseTo(0.03f, within(1e-7f));
            assertThat(spins.density(0)).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "place=1,2 | three numbers",
                "place=10,0,0 | out of range: each of the three must be from -0.5 to 0.5 m",
                "place=10cm,0,0 | '10cm' is not understood",
                "place=a,0,0 | e.g. place=10mm,0,-20mm",
                "place=NaN,0,0 | not understood",
                "rotate=0,0,400 | from -360.0 to 360.0 degrees",
                "rotate=0,0,1mm | three angles in degrees, about x, y and z",
                "place= | three numbers",
            })
    void whatCannotBeIsRefusedWithWhatToWrite(String option, String problem) {
        assertThatThrownBy(() -> orientation("&" + option))
                .isInstanceOf(ScannerException.class)
                .hasMessageContaining(problem);
    }
}
