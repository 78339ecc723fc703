package org.isocenter.recon.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensitivitiesTest {
    @TempDir
    Path folder;

    @Test
    void espiritFindsTheSensitivitiesOfTheCoils() {
        CoilPhantom phantom = new CoilPhantom(6, 64, 60, 1);
        ChannelGrid calibration =
                CalibrationRegion.find(phantom.kspace, 24, 24, 24).cut(phantom.kspace);
        Sensitivities found = Espirit.sensitivities(calibration, 64, 60, 1, Espirit.Settings.DEFAULT);
        assertThat(misfit(found, phantom)).isLessThan(0.02);
    }

    @Test
    void adaptiveCombinationFindsTheSensitivitiesOfTheCoils() {
        CoilPhantom phantom = new CoilPhantom(6, 64, 60, 1);
        assertThat(misfit(AdaptiveCombine.sensitivities(TestGrids.image(phantom.kspace), 5), phantom))
                .isLessThan(0.05);
        ChannelGrid calibration =
                CalibrationRegion.find(phantom.kspace, 24, 24, 24).cut(phantom.kspace);
        assertThat(misfit(AdaptiveCombine.ofCalibration(calibration, 64, 60, 1, 5, ParallelLoop.PLAIN), phantom))
                .isLessThan(0.08);
    }

    @Test
    void espiritWorksInThreeDimensions() {
        CoilPhantom phantom = new CoilPhantom(4, 32, 30, 28);
        ChannelGrid calibration =
                CalibrationRegion.find(phantom.kspace, 16, 16, 16).cut(phantom.kspace);
        Sensitivities found = Espirit.sensitivities(calibration, 32, 30, 28, new Espirit.Settings(4, 0.001, 0.8));
        assertThat(misfit(found, phantom)).isLessThan(0.04);
    }

    /** Maps and eigenvalues; the phase up to one factor, which ecalib leaves to chance. */
    @Test
    void espiritEqualsBartOnARealBrain() throws Exception {
        ChannelGrid kspace = TestGrids.brain();
        ChannelGrid calibration = CalibrationRegion.find(kspace, 24, 24, 24).cut(kspace);
        ChannelGrid maps = new ChannelGrid(8, 180, 230, 1);
        float[] values = new float[maps.points()];
        Espirit.maps(calibration, Espirit.Settings.DEFAULT, maps, values, ParallelLoop.PLAIN);

        TestGrids.writeCfl(folder.resolve("kspace"), kspace);
        Path theirMaps = folder.resolve("maps");
        Path theirValues = folder.resolve("values");
        Peer.Output run = Peer.run(List.of(
                "bart",
                "ecalib",
                "-m1",
                "-r24",
                folder.resolve("kspace").toString(),
                theirMaps.toString(),
                theirValues.toString()));
        assertThat(run.exitCode()).as(run.text()).isZero();
        assertThat(TestGrids.scaledError(values, TestGrids.readCfl(theirValues).real(0)))
                .isLessThan(1e-3);
        // A few pixels at the rim fall on either side of the crop.
        assertThat(TestGrids.complexError(maps, TestGrids.readCfl(theirMaps))).isLessThan(0.02);
    }

    /** How far normalised maps are from the true ones where the object is, whatever the phase of a pixel. */
    private static double misfit(Sensitivities found, CoilPhantom phantom) {
        double sum = 0;
        int pixels = 0;
        for (int i = 0; i < phantom.image.points(); i++) {
            if (Math.hypot(phantom.image.real(0)[i], phantom.image.imaginary(0)[i]) > 0.1) {
                double real = 0;
                double imaginary = 0;
                for (int channel = 0; channel < phantom.sensitivities.channels(); channel++) {
                    float ar = phantom.sensitivities.real(channel)[i];
                    float ai = phantom.sensitivities.imaginary(channel)[i];
                    float br = found.maps().real(channel)[i];
                    float bi = found.maps().imaginary(channel)[i];
                    real += ar * br + ai * bi;
                    imaginary += ar * bi - ai * br;
                }
                sum += 2 - 2 * Math.hypot(real, imaginary);
                pixels++;
            }
        }
        return Math.sqrt(sum / pixels);
    }
}
