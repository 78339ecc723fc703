package org.isocenter.session.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.RawData;
import org.isocenter.model.Vec3;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.standard.StandardReconstruction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Imaging sequences of the library, from protocol to image on the virtual scanner: the asymmetric phantom lies where it
 * lies, in even and odd matrices, in whole and in partial k-space, to a fraction of a voxel.
 */
class RoundTripTest {
    private static final double VOXELS = 0.3;

    /** Of the orientation phantom in its middle plane: stem, arm to the left, arm to the front; half widths of 12 mm. */
    private static Vec3 planeCenter() {
        double stem = 24 * 24;
        double left = 43 * 24;
        double front = 28 * 24;
        return new Vec3(left * 33.5e-3, -front * 26e-3, 0).scaled(1 / (stem + left + front));
    }

    /** Of all of it: the stem, and both pairs of arms. */
    private static Vec3 bodyCenter() {
        double stem = 160;
        double[] arms = {63, 48, 43, 28};
        double all = stem + Arrays.stream(arms).sum();
        double x = 63 * 43.5 + 43 * 33.5;
        double y = -(48 * 36.0 + 28 * 26.0);
        double z = (63 + 48) * 68.0;
        return new Vec3(x, y, z).scaled(1e-3 / all);
    }

    private static List<ImageVolume> scan(String description) throws Exception {
        RawData raw = VirtualScan.raw(description, "virtual:ideal?phantom=orientation");
        Reconstruction.Result result = new StandardReconstruction().reconstruct(raw);
        boolean partial = description.contains("partialFourier");
        assertThat(result.notes().stream().anyMatch(note -> note.contains("partial Fourier")))
                .as("%s", result.notes())
                .isEqualTo(partial);
        assertThat(result.notes()).noneMatch(note -> note.contains("spikes") || note.contains("clipped"));
        return result.volumes();
    }

    private static Vec3 center(ImageVolume volume) {
        float brightest = 0;
        for (float pixel : volume.pixels()) {
            brightest = Math.max(brightest, pixel);
        }
        double sum = 0;
        Vec3 center = Vec3.ZERO;
        for (int slice = 0; slice < volume.slices(); slice++) {
            for (int row = 0; row < volume.rows(); row++) {
                for (int column = 0; column < volume.columns(); column++) {
                    float pixel = volume.pixel(column, row, slice);
                    if (pixel > 0.15 * brightest) {
                        sum += pixel;
                        center = center.plus(volume.geometry()
                                .voxelMeters(column, row, slice)
                                .scaled(pixel));
                    }
                }
            }
        }
        return center.scaled(1 / sum);
    }

    private static void assertInPlace(List<ImageVolume> volumes, Vec3 wanted) {
        assertThat(volumes).isNotEmpty();
        for (ImageVolume volume : volumes) {
            if (volume.quantity() != Quantity.MAGNITUDE) {
                continue;
            }
            Vec3 off = center(volume).minus(wanted);
            assertThat(off.dot(volume.geometry().row()) / volume.geometry().columnSpacingMeters())
                    .as("%s: along its rows", volume.name())
                    .isBetween(-VOXELS, VOXELS);
            assertThat(off.dot(volume.geometry().column()) / volume.geometry().rowSpacingMeters())
                    .as("%s: along its columns", volume.name())
                    .isBetween(-VOXELS, VOXELS);
            if (volume.slices() > 1) {
                assertThat(off.dot(volume.geometry().slice())
                                / volume.geometry().sliceSpacingMeters())
                        .as("%s: across its slices", volume.name())
                        .isBetween(-VOXELS, VOXELS);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "se2d matrix=24 matrixPhase=24",
                "se2d matrix=25 matrixPhase=23 partialFourier=70%",
                "gre2d matrix=23 matrixPhase=25",
                "gre2d matrix=24 matrixPhase=24 partialFourier=65%",
                "tse2d matrix=24 matrixPhase=24 ETL=4",
                "tse2d matrix=25 matrixPhase=25 ETL=5",
                "ir2d matrix=25 matrixPhase=24",
                "sr2d matrix=24 matrixPhase=25",
                "bssfp2d matrix=25 matrixPhase=25 dummies=10",
                "epi2d matrix=24 matrixPhase=25",
                "epi2d matrix=25 matrixPhase=24",
                "epise2d matrix=24 matrixPhase=24 partialFourier=75%",
                "gre2d matrix=25 matrixPhase=24 offsetX=11mm offsetY=-7mm rotation=30deg",
            })
    void slicesShowThePhantomWhereItLies(String scan) throws Exception {
        assertInPlace(scan(scan + " slices=1 dummies=0 FOV=200mm FOVphase=200mm"), planeCenter());
    }

    /** The weighted ones are uneven within the thin parts of this phantom. */
    @Test
    void theUnweightedImageOfDiffusionTurboSpinEchoesShowsThePhantomWhereItLies() throws Exception {
        String scan = "dwitse2d matrix=24 matrixPhase=25 slices=1 dummies=0 FOV=200mm FOVphase=200mm";
        assertInPlace(scan(scan).subList(0, 1), planeCenter());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "radial2d matrix=24 spokes=30",
                "radial2d matrix=25 spokes=31",
                "spiral2d matrix=24",
                "spiral2d matrix=25",
            })
    void turnedReadoutsShowThePhantomWhereItLies(String scan) throws Exception {
        assertInPlace(scan(scan + " slices=1 dummies=0 FOV=200mm"), planeCenter());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gre3d matrix=16 matrixPhase=16 partitions=12",
                "gre3d matrix=17 matrixPhase=15 partitions=13 partialFourier=75%",
                "se3d matrix=16 matrixPhase=15 partitions=11",
                "tse3d matrix=17 matrixPhase=16 partitions=12 ETL=4",
                "bssfp3d matrix=15 matrixPhase=17 partitions=13",
                "mprage matrix=16 matrixPhase=15 partitions=12 TR=700ms TI=500ms",
            })
    void slabsShowThePhantomWhereItLies(String scan) throws Exception {
        assertInPlace(scan(scan + " dummies=5 FOV=220mm FOVphase=220mm slab=240mm"), bodyCenter());
    }
}
