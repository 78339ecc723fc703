package org.isocenter.session.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.Vec3;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.chain.ChainYaml;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.standard.StandardSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where phantoms appear under bent gradients and in a field off the carrier, before and after these are reckoned with. */
class StraightenedImagesTest {
    private static final double PITCH = 0.04;
    private static final double VOXEL = 0.22 / 36;

    private static ImageVolume image(String first, RawData raw, String last) throws Exception {
        String yaml = "chain: test\nsteps:\n" + first + "- cartesian-grid\n- transform\n- root-sum-of-squares\n" + last;
        return new ChainReconstruction(new ChainYaml(StandardSteps.REGISTRY).parse(yaml, "test"))
                .reconstruct(raw)
                .volumes()
                .get(0);
    }

    /** The farthest that a sphere's centre is from where it should be, in voxels. */
    private static double worst(ImageVolume image) {
        double worst = 0;
        int found = 0;
        for (int i = -2; i <= 2; i++) {
            for (int j = -2; j <= 2; j++) {
                for (int k = -2; k <= 2; k++) {
                    Vec3 place = new Vec3(i * PITCH, j * PITCH, k * PITCH);
                    if (place.norm() < 0.09) {
                        worst = Math.max(
                                worst, centre(image, place).minus(place).norm() / VOXEL);
                        found++;
                    }
                }
            }
        }
        assertThat(found).isEqualTo(57);
        return worst;
    }

    private static Vec3 centre(ImageVolume image, Vec3 about) {
        Vec3 sum = Vec3.ZERO;
        double weight = 0;
        for (int slice = 0; slice < image.slices(); slice++) {
            for (int row = 0; row < image.rows(); row++) {
                for (int column = 0; column < image.columns(); column++) {
                    Vec3 from = image.geometry().voxelMeters(column, row, slice).minus(about);
                    if (from.norm() < 0.018) {
                        double value = (double) image.pixel(column, row, slice) * image.pixel(column, row, slice);
                        sum = sum.plus(from.scaled(value));
                        weight += value;
                    }
                }
            }
        }
        return about.plus(sum.scaled(1 / weight));
    }

    /** In pixels from the middle of the bottle, which lies along z. */
    private static double[] centre(ImageVolume image) {
        double sum = 0;
        Vec3 place = Vec3.ZERO;
        for (int row = 0; row < image.rows(); row++) {
            for (int column = 0; column < image.columns(); column++) {
                sum += image.pixel(column, row, 0);
                place = place.plus(image.geometry().voxelMeters(column, row, 0).scaled(image.pixel(column, row, 0)));
            }
        }
        place = place.scaled(1 / sum);
        return new double[] {
            place.dot(image.geometry().row()) / image.geometry().columnSpacingMeters(),
            place.dot(image.geometry().column()) / image.geometry().rowSpacingMeters()
        };
    }

    /** A slowly read gradient echo is moved along read, an echo-planar image along phase. */
    @ParameterizedTest
    @CsvSource({
        "gre2d FOV=240mm FOVphase=240mm matrix=32 matrixPhase=32 slices=1 BW=4kHz, 0",
        "epi2d FOV=240mm FOVphase=240mm matrix=48 matrixPhase=48 slices=1, 1"
    })
    void aFieldOffCarrierMovesNothingOnceItIsMapped(String sequence, int axis, @TempDir Path folder) throws Exception {
        String device = "virtual:ideal?phantom=bottle&noise=0&field.offsetHertz=60";
        Path map = folder.resolve("map.h5");
        MrdFile.write(VirtualScan.raw("b0map matrix=12 matrixPhase=12 partitions=8 dummies=3", device), map);
        RawData raw = VirtualScan.raw(sequence, device);
        String lines = axis == 1 ? "- epi-lines\n" : "";
        double before = centre(image(lines, raw, ""))[axis];
        double after = centre(image(lines, raw, "- field-distortion: {field-map: '" + map + "'}\n"))[axis];
        assertThat(Math.abs(before)).isGreaterThan(0.3);
        assertThat(Math.abs(after)).isLessThan(0.1);
    }

    /** As bent as those of the profile osi2one, with which all else is ideal. */
    @Test
    void aGridOfSpheresIsStraightAgain() throws Exception {
        RawData raw = VirtualScan.raw(
                "gre3d FOV=220mm FOVphase=220mm slab=220mm matrix=36 matrixPhase=36 partitions=36",
                "virtual:ideal?phantom=spheres&gradients.nonlinearity=0.02,0.02,0.03");
        double before = worst(image("", raw, ""));
        double after = worst(image("", raw, "- gradient-distortion\n"));
        assertThat(before).isGreaterThan(0.2);
        assertThat(after).isLessThan(0.1);
    }
}
