package org.isocenter.recon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Quantity;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
    @TempDir
    Path folder;

    @Test
    void slicesLieSideBySideAndVolumesBelowOneAnother() throws Exception {
        ImageVolume stack = volume(4, 2, 3, 8);
        ImageVolume single = volume(6, 5, 1, 1);
        stack.pixels()[4 * 2 + 1] = 4;
        single.pixels()[0] = 0;

        Path file = folder.resolve("preview.png");
        Picture.writePng(List.of(stack, single), file);

        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(8);
        assertThat(image.getHeight()).isEqualTo(2 * 2 + 5);
        Raster grey = image.getRaster();
        assertThat(grey.getSample(0, 0, 0)).isEqualTo(255);
        assertThat(grey.getSample(4 + 1, 0, 0)).isEqualTo(128);
        assertThat(grey.getSample(4, 2, 0)).as("no fourth slice").isZero();
        assertThat(grey.getSample(0, 4, 0)).isZero();
        assertThat(grey.getSample(5, 8, 0)).isEqualTo(255);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void oneBrightSpotDoesNotDarkenTheRest() throws Exception {
        ImageVolume volume = volume(40, 40, 1, 10);
        volume.pixels()[7] = 1e6f;
        Picture.writePng(List.of(volume), folder.resolve("p.png"));
        assertThat(ImageIO.read(folder.resolve("p.png").toFile()).getRaster().getSample(0, 0, 0))
                .isEqualTo(255);
    }

    @Test
    void zeroOfAMapWithValuesBelowItIsInTheMiddleOfTheGreys() throws Exception {
        ImageVolume map = volume(3, 1, 1, 0).withMap("field map", Quantity.FIELD_OFFSET, new float[] {-40, 0, 40});
        Picture.writePng(List.of(map), folder.resolve("p.png"));
        Raster grey = ImageIO.read(folder.resolve("p.png").toFile()).getRaster();
        assertThat(grey.getSample(0, 0, 0)).isZero();
        assertThat(grey.getSample(1, 0, 0)).isEqualTo(128);
        assertThat(grey.getSample(2, 0, 0)).isEqualTo(255);
    }

    @Test
    void aBlackVolumeIsABlackPicture() throws Exception {
        Picture.writePng(List.of(volume(3, 3, 1, 0)), folder.resolve("p.png"));
        assertThat(ImageIO.read(folder.resolve("p.png").toFile()).getRaster().getSample(1, 1, 0))
                .isZero();
    }

    @Test
    void nothingIsLeftOfAPictureThatCannotBeMade() throws Exception {
        assertThatThrownBy(() -> Picture.writePng(List.of(), folder.resolve("p.png")))
                .isInstanceOf(IllegalArgumentException.class);
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static ImageVolume volume(int columns, int rows, int slices, float value) {
        float[] pixels = new float[columns * rows * slices];
        Arrays.fill(pixels, value);
        PatientGeometry geometry = new PatientGeometry(Vec3.ZERO, Vec3.X, Vec3.Y, Vec3.Z, 1e-3, 1e-3, 1e-3, 1e-3);
        return new ImageVolume("", columns, rows, slices, pixels, geometry, 0, 1);
    }
}
