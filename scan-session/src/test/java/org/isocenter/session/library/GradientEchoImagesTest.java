package org.isocenter.session.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.isocenter.hardware.ScannerException;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Vec3;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequences of the gradient-echo family from protocol to image: the phantom is where it should be, maps have true values. */
class GradientEchoImagesTest {

    private static List<ImageVolume> scan(String description, String device)
            throws ScannerException, IOException, UnsafeSequenceException {
        return new StandardReconstruction()
                .reconstruct(VirtualScan.raw(description, device))
                .volumes();
    }

    private static float at(ImageVolume volume, Vec3 patientMeters) {
        int[] voxel = voxel(volume, patientMeters);
        return volume.pixel(voxel[0], voxel[1], voxel[2]);
    }

    private static int[] voxel(ImageVolume volume, Vec3 patientMeters) {
        var geometry = volume.geometry();
        Vec3 from = patientMeters.minus(geometry.firstVoxelMeters());
        return new int[] {
            (int) Math.rint(from.dot(geometry.row()) / geometry.columnSpacingMeters()),
            (int) Math.rint(from.dot(geometry.column()) / geometry.rowSpacingMeters()),
            (int) Math.rint(from.dot(geometry.slice()) / geometry.sliceSpacingMeters())
        };
    }

    /** The phantom's arms point to the left and to the front, from the stem and from its upper end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gre3d echoes=2 ESP=8ms readoutMode=bipolar partialFourier=75% viewOrder=centric dummies=5",
                "bssfp3d dummies=10 orientation=coronal tilt1=20deg",
                "mprage TR=700ms TI=500ms dummies=0 orientation=sagittal rotation=90deg"
            })
    void theOrientationPhantomIsWhereItIs(String sequence)
            throws ScannerException, IOException, UnsafeSequenceException {
        List<ImageVolume> volumes = scan(
                sequence + " matrix=16 matrixPhase=16 partitions=10 FOV=240mm FOVphase=240mm slab=240mm",
                "virtual:ideal?phantom=orientation");

        for (ImageVolume volume : volumes) {
            float stem = at(volume, new Vec3(0, 0, -0.04));
            assertThat(stem).isPositive();
            for (Vec3 inside : List.of(
                    new Vec3(0.04, 0, 0.068), new Vec3(0, -0.035, 0.068), new Vec3(0.036, 0, 0), new Vec3(0, 0, 0))) {
                assertThat(at(volume, inside)).as("signal at %s", inside).isGreaterThan(0.4f * stem);
            }
            for (Vec3 outside : List.of(
                    new Vec3(-0.04, 0, 0.068),
                    new Vec3(0, 0.04, 0.068),
                    new Vec3(-0.04, 0, 0),
                    new Vec3(0.04, 0, -0.068))) {
                assertThat(at(volume, outside)).as("no signal at %s", outside).isLessThan(0.25f * stem);
            }
        }
    }

    /** The simulated field is 25 Hz, and at 100 mm along z 60 ppm of 2.001 MHz times 0.8 more: see the profile. */
    @Test
    void theFieldMapHasTheFieldThatTheScannerHas() throws ScannerException, IOException, UnsafeSequenceException {
        List<ImageVolume> volumes = scan(
                "b0map FOV=160mm FOVphase=160mm slab=200mm matrix=12 matrixPhase=8 partitions=10 dummies=3",
                "virtual:osi2one?phantom=bottle&noise=0");

        ImageVolume map = volumes.get(2);
        double ppm = 60e-6 * 42_577_478.518 * 0.047;
        for (Vec3 place : List.of(
                Vec3.ZERO,
                new Vec3(0, 0, 0.06),
                new Vec3(0, 0, -0.06),
                new Vec3(0.03, 0, 0.02),
                new Vec3(-0.03, 0, 0.04),
                new Vec3(0, 0.02, 0),
                new Vec3(0, -0.02, -0.04))) {
            int[] voxel = voxel(map, place);
            Vec3 center = map.geometry()
                    .firstVoxelMeters()
                    .plus(map.geometry().row().scaled(voxel[0] * map.geometry().columnSpacingMeters()))
                    .plus(map.geometry()
                            .column()
                            .scaled(voxel[1] * map.geometry().rowSpacingMeters()))
                    .plus(map.geometry()
                            .slice()
                            .scaled(voxel[2] * map.geometry().sliceSpacingMeters()));
            double x = center.x() * 10;
            double y = center.y() * 10;
            double z = center.z() * 10;
            double shape = 0.8 * (z * z - 0.5 * (x * x + y * y)) + 0.2 * (x * x - y * y) + 0.3 * (x * z + 0.5 * x * y);
            assertThat((double) map.pixel(voxel[0], voxel[1], voxel[2]))
                    .as("at %s", center)
                    .isCloseTo(25 + ppm * shape, within(5.0));
        }
    }

    /** The simulated transmit field is even; by phase graphs water of T1 0.25 s and T2 0.21 s reads one percent high. */
    @Test
    void theTransmitMapHasTheNominalFlipAngle() throws ScannerException, IOException, UnsafeSequenceException {
        ImageVolume map = scan("b1map matrix=12 matrixPhase=8 partitions=8 dummies=5", "virtual:ideal?phantom=bottle")
                .get(2);

        for (Vec3 place : List.of(Vec3.ZERO, new Vec3(0.02, 0, 0), new Vec3(0, 0, 0.03))) {
            assertThat(at(map, place)).as("at %s", place).isCloseTo(101.2f, within(2f));
        }
    }

    @Test
    void theTransmitMapShowsGainAndShapeOfTheTransmitField()
            throws ScannerException, IOException, UnsafeSequenceException {
        String device = "virtual:ideal?phantom=bottle&transmit.gain=0.9&transmit.b1InhomogeneityFraction=0.2";
        ImageVolume map = scan("b1map matrix=12 matrixPhase=8 partitions=8 dummies=5", device)
                .get(2);

        for (Vec3 place : List.of(Vec3.ZERO, new Vec3(0.02, 0, 0), new Vec3(0, 0, 0.04), new Vec3(0, 0, -0.02))) {
            int[] voxel = voxel(map, place);
            Vec3 center = map.geometry().voxelMeters(voxel[0], voxel[1], voxel[2]);
            double shape = 100 * (center.z() * center.z() - (center.x() * center.x() + center.y() * center.y()) / 2);
            assertThat((double) map.pixel(voxel[0], voxel[1], voxel[2]))
                    .as("at %s", center)
                    .isCloseTo(99 * 0.9 * Math.pow(0.8, shape), within(2.5));
        }
    }
}
