package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.Phantoms;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PhantomsTest {
    private static final double TESLA = 0.047;

    static List<String> names() {
        return Phantoms.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everythingLiesWithinTheExtentAndIsOfAKnownMaterial(String name) {
        Phantom phantom = Phantoms.named(name, TESLA);
        Vec3 half = phantom.halfExtentMeters();
        Random random = new Random(1);
        int filled = 0;
        for (int i = 0; i < 200_000; i++) {
            double x = 0.5 * (random.nextDouble() - 0.5);
            double y = 0.5 * (random.nextDouble() - 0.5);
            double z = 0.5 * (random.nextDouble() - 0.5);
            int material = phantom.materialAt(x, y, z);
            assertThat(material).isBetween(-1, phantom.mixtures().size() - 1);
            if (material >= 0) {
                filled++;
                assertThat(Math.abs(x)).isLessThanOrEqualTo(half.x());
                assertThat(Math.abs(y)).isLessThanOrEqualTo(half.y());
                assertThat(Math.abs(z)).isLessThanOrEqualTo(half.z());
            }
        }
        assertThat(filled).isGreaterThan(100);
    }

    @Test
    void anUnknownPhantomIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Phantoms.named("cat", TESLA))
                .hasMessageContaining("bottle, tubes, acr, spheres, resolution, orientation, brain");
    }

    @Test
    void theOrientationPhantomHasItsArmsToTheLeftAndFrontAndMoreAtTheHead() {
        Phantom phantom = Phantoms.named("orientation", TESLA);
        assertThat(phantom.materialAt(0.05, 0, 0)).isNotNegative();
        assertThat(phantom.materialAt(-0.05, 0, 0)).isNegative();
        assertThat(phantom.materialAt(0, -0.035, 0)).isNotNegative();
        assertThat(phantom.materialAt(0, 0.035, 0)).isNegative();
        assertThat(phantom.materialAt(0.07, 0, 0.07)).isNotNegative();
        assertThat(phantom.materialAt(0.07, 0, -0.07)).isNegative();
    }

    @Test
    void theBrainsLesionIsOnTheLeft() {
        Phantom brain = Phantoms.named("brain", TESLA);
        assertThat(pools(brain, 0.038, 0.030, 0.018)).containsExactly("lesion");
        assertThat(pools(brain, -0.038, 0.030, 0.018)).doesNotContain("lesion");
    }

    /** In sagittal slices, whose middle holds the cleft, its end must not look like the edge of another image. */
    @Test
    void theCleftOfTheBrainEndsInAnArch() {
        Phantom brain = Phantoms.named("brain", TESLA);
        double higher = 0.06;
        for (double y : new double[] {0.003, 0.020, 0.035, 0.045}) {
            double z = 0.06;
            while (pools(brain, 0, y, z).contains("cerebrospinal fluid")) {
                z -= 0.5e-3;
            }
            assertThat(z).as("at y = %f", y).isBetween(0.005, higher - 2e-3);
            higher = z;
        }
    }

    private static List<String> pools(Phantom phantom, double x, double y, double z) {
        return phantom.mixtures().get(phantom.materialAt(x, y, z)).stream()
                .map(pool -> phantom.materials().get(pool).name())
                .toList();
    }
}
