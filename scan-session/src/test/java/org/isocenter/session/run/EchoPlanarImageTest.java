package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.util.List;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.Scanners;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Protocol;
import org.isocenter.model.Quantity;
import org.isocenter.model.Vec3;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.session.library.VirtualScan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Echo-planar and diffusion-weighted images of phantoms, simulated from end to end. */
class EchoPlanarImageTest {
    /** Of the bottle's doped water. */
    private static final double T2_SECONDS = 0.21;

    private static final double DIFFUSION = 2.0e-9;

    private static Protocol small(String sequence) {
        SequenceBuilder builder = SequenceLibrary.find(sequence).orElseThrow();
        Protocol protocol;
        try (Scanner scanner = open("virtual:ideal")) {
            protocol = SequenceLibrary.defaults(builder, scanner.limits());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        Protocol small = protocol.with("FOV", 0.16)
                .with("FOVphase", 0.16)
                .with("matrix", 32)
                .with("matrixPhase", 32)
                .with("slices", 1)
                .with("dummies", 0)
                .with("TR", 2);
        return small.has("shots") ? small.with("shots", 4) : small;
    }

    private static Scanner open(String device) throws Exception {
        return Scanners.open(URI.create(device));
    }

    private static List<ImageVolume> images(Protocol protocol, String device) throws Exception {
        return new StandardReconstruction()
                .reconstruct(VirtualScan.raw(protocol, device))
                .volumes();
    }

    private static double mean(ImageVolume image, double radiusMeters) {
        double sum = 0;
        int count = 0;
        for (int row = 0; row < image.rows(); row++) {
            for (int column = 0; column < image.columns(); column++) {
                if (image.geometry().voxelMeters(column, row, 0).norm() < radiusMeters) {
                    sum += image.pixel(column, row, 0);
                    count++;
                }
            }
        }
        return sum / count;
    }

    /** Mean over the ghost's place, half the field of view along phase, where the bottle is not, over the bottle's mean. */
    private static double ghost(ImageVolume image) {
        double sum = 0;
        int count = 0;
        for (int row = 0; row < image.rows(); row++) {
            for (int column = 0; column < image.columns(); column++) {
                Vec3 at = image.geometry().voxelMeters(column, row, 0);
                double ghostY = Math.abs(at.y()) - 0.12;
                if (Math.abs(at.y()) > 0.09 && Math.hypot(at.x(), ghostY) < 0.045) {
                    sum += image.pixel(column, row, 0);
                    count++;
                }
            }
        }
        return sum / count / mean(image, 0.045);
    }

    @ParameterizedTest
    @CsvSource({"epi2d, 1, 1", "epi2d, 0, 0", "epise2d, 1, 1"})
    void theOrientationPhantomIsWhereItIs(String sequence, int ramps, int navigators) throws Exception {
        Protocol protocol = small(sequence).with("rampSampling", ramps).with("navigators", navigators);
        ImageVolume image =
                images(protocol, "virtual:ideal?phantom=orientation").get(0);
        float brightest = 0;
        for (float pixel : image.pixels()) {
            brightest = Math.max(brightest, pixel);
        }
        double sum = 0;
        Vec3 center = Vec3.ZERO;
        for (int row = 0; row < image.rows(); row++) {
            for (int column = 0; column < image.columns(); column++) {
                float pixel = image.pixel(column, row, 0);
                if (pixel > 0.15 * brightest) {
                    sum += pixel;
                    center = center.plus(
                            image.geometry().voxelMeters(column, row, 0).scaled(pixel));
                }
            }
        }
        center = center.scaled(1 / sum);
        // At the isocentre: a square of 24 mm, an arm of 43 mm to the left of it and one of 28 mm to the front.
        double area = 24 * 24 + 43 * 24 + 28 * 24;
        assertThat(center.x()).isCloseTo(43 * 24 * 33.5e-3 / area, within(1e-3));
        assertThat(center.y()).isCloseTo(-28 * 24 * 26e-3 / area, within(1e-3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epi2d", "epise2d"})
    void linesOfBothDirectionsFitTogether(String sequence) throws Exception {
        Protocol wide = small(sequence)
                .with("FOV", 0.24)
                .with("FOVphase", 0.24)
                .with("matrix", 48)
                .with("matrixPhase", 48);
        // Of it 0.7 % is the ringing of the bottle's edge.
        assertThat(ghost(images(wide, "virtual:ideal?phantom=bottle").get(0))).isLessThan(0.015);
    }

    @ParameterizedTest
    @CsvSource({"epi2d, 0.012, 0.06", "epise2d, 0.04, 0.1"})
    void theSignalDecaysWithTheEchoTime(String sequence, double first, double second) throws Exception {
        String device = "virtual:ideal?phantom=bottle";
        double early = mean(images(small(sequence).with("TE", first), device).get(0), 0.04);
        double late = mean(images(small(sequence).with("TE", second), device).get(0), 0.04);
        assertThat(late / early).isCloseTo(Math.exp(-(second - first) / T2_SECONDS), within(0.02));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dwi2d", "dwitse2d"})
    void theSignalDecaysWithTheBValue(String sequence) throws Exception {
        List<ImageVolume> images = images(small(sequence), "virtual:ideal?phantom=bottle");
        assertThat(images).extracting(ImageVolume::name).startsWith("b 0", "b 500 direction 1");
        assertThat(images).hasSize(6);
        double none = mean(images.get(0), 0.04);
        for (ImageVolume image : images.subList(1, 4)) {
            double b = image.diffusion().secondsPerSquareMeter();
            double coefficient = Math.log(none / mean(image, 0.04)) / b;
            assertThat(coefficient).as(image.name()).isCloseTo(DIFFUSION, within(0.05 * DIFFUSION));
        }
        assertThat(images.get(4).quantity()).isEqualTo(Quantity.DIFFUSION);
        assertThat(mean(images.get(4), 0.04)).isCloseTo(1e12 * DIFFUSION, within(0.05e12 * DIFFUSION));
    }

    @Test
    void anOffCentreSliceIsReceivedOnItsOwnFieldOfView() throws Exception {
        Protocol protocol = small("epi2d").with("offsetX", 0.02).with("offsetY", -0.01);
        ImageVolume image = images(protocol, "virtual:ideal?phantom=bottle").get(0);
        double sum = 0;
        Vec3 center = Vec3.ZERO;
        for (int row = 0; row < image.rows(); row++) {
            for (int column = 0; column < image.columns(); column++) {
                sum += image.pixel(column, row, 0);
                center =
                        center.plus(image.geometry().voxelMeters(column, row, 0).scaled(image.pixel(column, row, 0)));
            }
        }
        center = center.scaled(1 / sum);
        assertThat(Math.hypot(center.x(), center.y())).isLessThan(1.5e-3);
    }
}
