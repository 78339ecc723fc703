package org.isocenter.recon.iterative;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.isocenter.recon.array.ChannelGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossSectionsTest {
    private static final Limits CONVERGED = new Limits(300, 1e-7);

    @ParameterizedTest(name = "{0}×{1}×{2}, weight {3}, seed {4}")
    @CsvSource({"12, 10, 8, 0.01, 1", "9, 11, 6, 0.1, 2", "16, 6, 7, 0.001, 3"})
    void solvedOneByOneTheyAreTheVolumesSolution(int sizeX, int sizeY, int sizeZ, double weight, long seed) {
        Random random = new Random(seed);
        ChannelGrid maps = noise(3, sizeX, sizeY, sizeZ, random);
        boolean[] rows = new boolean[sizeY * sizeZ];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = random.nextInt(3) > 0;
        }
        boolean[] measured = new boolean[sizeX * rows.length];
        for (int i = 0; i < measured.length; i++) {
            measured[i] = rows[i / sizeX];
        }
        ChannelGrid kspace = noise(3, sizeX, sizeY, sizeZ, random);
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < measured.length; i++) {
                kspace.real(channel)[i] = measured[i] ? kspace.real(channel)[i] : 0;
                kspace.imaginary(channel)[i] = measured[i] ? kspace.imaginary(channel)[i] : 0;
            }
        }
        Equation.Solver solver = (equation, real, imaginary, progress) -> new ConjugateGradient(equation.encoding())
                .solve(
                        weight,
                        equation.adjointReal(),
                        equation.adjointImaginary(),
                        real,
                        imaginary,
                        CONVERGED,
                        progress);
        float[][] data = {kspace.real(0), kspace.real(1), kspace.real(2)};
        float[][] dataImaginary = {kspace.imaginary(0), kspace.imaginary(1), kspace.imaginary(2)};
        float[] real = new float[kspace.points()];
        float[] imaginary = new float[kspace.points()];
        solver.solve(
                Equation.of(CartesianSampling.of(sizeX, sizeY, sizeZ, measured), maps, 1, 0, data, dataImaginary),
                real,
                imaginary,
                Progress.NONE);

        ChannelGrid turned = CrossSections.turned(maps);
        float[][] solved = CrossSections.of(kspace, sizeX, () -> {})
                .solve(CartesianSampling.of(sizeY, sizeZ, 1, rows), x -> plane(turned, x), 1, 0, solver, Progress.NONE);

        float brightness = (float) Math.sqrt(real.length);
        Offset<Float> near = Offset.offset(1e-3f * brightness);
        for (int i = 0; i < real.length; i++) {
            assertThat(solved[0][i]).isCloseTo(brightness * real[i], near);
            assertThat(solved[1][i]).isCloseTo(brightness * imaginary[i], near);
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 20, 12", "31, 64, 50"})
    void weightsMeanWhatTheyMeanForTheVolume(int sizeX, int sizeY, int sizeZ) {
        ChannelGrid kspace = noise(2, sizeX, sizeY, sizeZ, new Random(5));
        boolean[] all = new boolean[kspace.points()];
        Arrays.fill(all, true);
        double volume = DataScale.ofKspace(kspace, all);
        ChannelGrid middle = CrossSections.middle(kspace);
        boolean[] whole = new boolean[middle.points()];
        Arrays.fill(whole, true);
        // The transform along x leaves sections larger by the root of their number.
        assertThat(CrossSections.scale(middle, whole, sizeY, sizeZ))
                .isCloseTo(volume * Math.sqrt(sizeX), Offset.offset(1e-4 * volume));
    }

    private static ChannelGrid plane(ChannelGrid turned, int number) {
        ChannelGrid plane = new ChannelGrid(turned.channels(), turned.sizeX(), turned.sizeY(), 1);
        for (int channel = 0; channel < turned.channels(); channel++) {
            System.arraycopy(turned.real(channel), number * plane.points(), plane.real(channel), 0, plane.points());
            System.arraycopy(
                    turned.imaginary(channel), number * plane.points(), plane.imaginary(channel), 0, plane.points());
        }
        return plane;
    }

    private static ChannelGrid noise(int channels, int sizeX, int sizeY, int sizeZ, Random random) {
        ChannelGrid grid = new ChannelGrid(channels, sizeX, sizeY, sizeZ);
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < grid.points(); i++) {
                grid.real(channel)[i] = (float) random.nextGaussian();
                grid.imaginary(channel)[i] = (float) random.nextGaussian();
            }
        }
        return grid;
    }
}
