package org.isocenter.recon.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Diffusion;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Quantity;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;

class DiffusionMapTest {
    private static final PatientGeometry PLACE =
            new PatientGeometry(Vec3.ZERO, Vec3.X, Vec3.Y, Vec3.Z, 1e-3, 1e-3, 5e-3, 5e-3);

    /** Three voxels: of 2000 and 700 µm²/s, and empty. */
    private static ImageVolume image(double b, double fraction) {
        float[] pixels = {(float) (100 * Math.exp(-b * 2.0e-9)), (float) (80 * Math.exp(-b * 0.7e-9)), 0.01f};
        Diffusion diffusion = b == 0 ? Diffusion.NONE : new Diffusion(b, Vec3.Z);
        return new ImageVolume("", 3, 1, 1, pixels, PLACE, 0, fraction, diffusion);
    }

    @Test
    void theCoefficientIsTheSlopeOfTheLogarithm() {
        List<ImageVolume> images = List.of(image(0, 1), image(200e6, 1), image(500e6, 1), image(500e6, 1));
        assertThat(DiffusionMap.isPossible(images)).isTrue();
        List<ImageVolume> maps = DiffusionMap.of(images);
        ImageVolume map = maps.get(0);
        assertThat(maps.get(1).quantity()).isEqualTo(Quantity.DIFFUSION_DEVIATION);
        assertThat(maps.get(1).pixel(0, 0, 0)).isLessThan(0.1f);
        assertThat(map.pixel(0, 0, 0)).isCloseTo(2000, within(0.1f));
        assertThat(map.pixel(1, 0, 0)).isCloseTo(700, within(0.1f));
        assertThat(map.pixel(2, 0, 0)).isZero();
        assertThat(map.quantity()).isEqualTo(Quantity.DIFFUSION);
        assertThat(map.diffusion()).isNull();
    }

    @Test
    void noMapOfImagesThatAreNotWholeOrAllWeightedAlike() {
        assertThat(DiffusionMap.isPossible(new ArrayList<>())).isFalse();
        assertThat(DiffusionMap.isPossible(List.of(image(0, 1)))).isFalse();
        assertThat(DiffusionMap.isPossible(List.of(image(0, 1), image(500e6, 0.4))))
                .isFalse();
        assertThat(DiffusionMap.isPossible(List.of(image(500e6, 1), image(900e6, 1))))
                .isFalse();
    }
}
