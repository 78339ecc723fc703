package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.Phantoms;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhantomsTest {
    @ParameterizedTest
    @ValueSource(strings = {"bottle", "resolution", "brain", "orientation"})
    void everythingLiesWithinTheExtentAndIsOfAKnownMaterial(String name) {
        Phantom phantom = Phantoms.named(name);
        Vec3 half = phantom.halfExtentMeters();
        Random random = new Random(1);
        int filled = 0;
        for (int i = 0; i < 200_000; i++) {
            double x = 0.5 * (random.nextDouble() - 0.5);
            double y = 0.5 * (random.nextDouble() - 0.5);
            double z = 0.5 * (random.nextDouble() - 0.5);
            int material = phantom.materialAt(x, y, z);
            assertThat(material).isBetween(-1, phantom.materials().size() - 1);
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
        assertThatThrownBy(() -> Phantoms.named("cat")).hasMessageContaining("bottle, resolution, brain, orientation");
    }

    @Test
    void theOrientationPhantomHasItsArmsToTheLeftAndFrontAndMoreAtTheHead() {
        Phantom phantom = Phantoms.named("orientation");
        assertThat(phantom.materialAt(0.05, 0, 0)).isNotNegative();
        assertThat(phantom.materialAt(-0.05, 0, 0)).isNegative();
        assertThat(phantom.materialAt(0, -0.035, 0)).isNotNegative();
        assertThat(phantom.materialAt(0, 0.035, 0)).isNegative();
        assertThat(phantom.materialAt(0.07, 0, 0.07)).isNotNegative();
        assertThat(phantom.materialAt(0.07, 0, -0.07)).isNegative();
    }

    @Test
    void theBrainsLesionIsOnTheLeft() {
        Phantom brain = Phantoms.named("brain");
        assertThat(brain.materials().get(brain.materialAt(0.038, 0.030, 0.018)).name())
                .isEqualTo("lesion");
        assertThat(brain.materials().get(brain.materialAt(-0.038, 0.030, 0.018)).name())
                .isNotEqualTo("lesion");
    }
}
