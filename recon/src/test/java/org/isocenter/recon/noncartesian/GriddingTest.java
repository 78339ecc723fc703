package org.isocenter.recon.noncartesian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Readout;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GriddingTest {
    @TempDir
    private Path folder;

    @Test
    void theGriddedAdjointEqualsThatOfBart() throws IOException {
        int n = 64;
        BlobScan scan = new BlobScan(n, 2, 0.2);
        List<Readout> readouts = scan.spokes(101).stream()
                .map(t -> scan.readout(0, t, EncodingGeometry.AXIAL, 0, 1))
                .toList();
        Samples samples = Samples.of(readouts, new double[] {0.2, 0.2}, new int[] {n, n});
        float[] weights = DensityCompensation.weights(samples, new KernelGrid(n, n));
        float[] real = new float[samples.count()];
        float[] imaginary = new float[samples.count()];
        for (int i = 0; i < samples.count(); i++) {
            Readout readout = readouts.get(i / (2 * n));
            real[i] = weights[i] * readout.real()[i % (2 * n)];
            imaginary[i] = weights[i] * readout.imaginary()[i % (2 * n)];
        }
        float[] trajectory = new float[6 * samples.count()];
        float[] data = new float[2 * samples.count()];
        for (int i = 0; i < samples.count(); i++) {
            trajectory[6 * i] = samples.k()[0][i];
            trajectory[6 * i + 2] = samples.k()[1][i];
            data[2 * i] = real[i];
            data[2 * i + 1] = imaginary[i];
        }
        write("traj", trajectory, "3 " + samples.count());
        write("data", data, "1 " + samples.count());
        // Without -P the kernel is cut off at the edge of k-space.
        Peer.Output output = Peer.run(List.of(
                "bart", "nufft", "-a", "-P", "-d", n + ":" + n + ":1", name("traj"), name("data"), name("image")));
        assertThat(output.exitCode()).as(output.text()).isZero();
        ByteBuffer theirs =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve("image.cfl"))).order(ByteOrder.LITTLE_ENDIAN);
        float[] theirReal = new float[n * n];
        float[] theirImaginary = new float[n * n];
        for (int i = 0; i < n * n; i++) {
            theirReal[i] = theirs.getFloat(8 * i);
            theirImaginary[i] = theirs.getFloat(8 * i + 4);
        }
        Image ours = adjoint(samples, real, imaginary, n, n, 1);
        // Theirs is scaled by the root of the number of pixels, which its kernel meets to a thousandth (so its own -s
        // says).
        double scale = norm(ours.real, ours.imaginary) / norm(theirReal, theirImaginary);
        assertThat(scale).isCloseTo(n, Percentage.withPercentage(0.2));
        for (int i = 0; i < n * n; i++) {
            theirReal[i] *= (float) scale;
            theirImaginary[i] *= (float) scale;
        }
        assertThat(error(ours.real, ours.imaginary, theirReal, theirImaginary)).isLessThan(2e-4);
    }

    private static double norm(float[] real, float[] imaginary) {
        double sum = 0;
        for (int i = 0; i < real.length; i++) {
            sum += (double) real[i] * real[i] + (double) imaginary[i] * imaginary[i];
        }
        return Math.sqrt(sum);
    }

    /** Together they fill the ball, whatever share of it is measured point by point; each point is one cell of it. */
    @Test
    void spokesThatBeginBesideTheCentreEndWhereItsPointsDo() {
        int spokes = 400;
        int perSpoke = 20;
        double first = 2.6;
        List<float[]> places = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        for (int z = -2; z <= 2; z++) {
            for (int y = -2; y <= 2; y++) {
                for (int x = -2; x <= 2; x++) {
                    if (x * x + y * y + z * z < first * first) {
                        starts.add(places.size());
                        places.add(new float[] {x, y, z});
                    }
                }
            }
        }
        int points = places.size();
        for (int spoke = 0; spoke < spokes; spoke++) {
            double height = 1 - (2 * spoke + 1.0) / spokes;
            double across = Math.sqrt(1 - height * height);
            starts.add(places.size());
            for (int i = 0; i < perSpoke; i++) {
                double k = first + 0.5 * i;
                places.add(new float[] {
                    (float) (k * across * Math.cos(2.4 * spoke)),
                    (float) (k * across * Math.sin(2.4 * spoke)),
                    (float) (k * height)
                });
            }
        }
        starts.add(places.size());
        float[][] k = new float[3][places.size()];
        for (int i = 0; i < places.size(); i++) {
            for (int axis = 0; axis < 3; axis++) {
                k[axis][i] = places.get(i)[axis];
            }
        }
        boolean[] wanted = new boolean[places.size()];
        Arrays.fill(wanted, true);

        float[] weights = Spokes.weights(
                new Samples(k, wanted, starts.stream().mapToInt(i -> i).toArray()));

        assertThat(Arrays.copyOf(weights, points)).containsOnly(1);
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        double edge = first + 0.5 * perSpoke - 0.25;
        assertThat(sum).isCloseTo(4 * Math.PI / 3 * edge * edge * edge, Percentage.withPercentage(1));
    }

    @Test
    void theIterationFindsTheAreasOfSpokes() {
        BlobScan scan = new BlobScan(48, 2, 0.2);
        Samples samples = samplesOf(scan.halfSpokes(300), 0.2, 48);
        KernelGrid grid = new KernelGrid(48, 48);
        float[] areas = DensityCompensation.weights(samples, grid);
        float[] iterated = DensityCompensation.iterated(samples, grid);
        double all = 0;
        for (int i = 0; i < areas.length; i++) {
            all += areas[i];
            double radius = samples.radius(i);
            if (radius > 5 && radius < 20) {
                assertThat((double) iterated[i]).isCloseTo(areas[i], Percentage.withPercentage(1));
            }
        }
        assertThat(all).isCloseTo(Math.PI * 24 * 24, Percentage.withPercentage(3));
    }

    @Test
    void spokesThatAreMeasuredTwiceShareTheirArea() {
        BlobScan scan = new BlobScan(32, 2, 0.2);
        List<float[]> once = scan.spokes(40);
        List<float[]> twice = new ArrayList<>(once);
        twice.addAll(once);
        KernelGrid grid = new KernelGrid(32, 32);
        float[] single = DensityCompensation.weights(samplesOf(once, 0.2, 32), grid);
        float[] shared = DensityCompensation.weights(samplesOf(twice, 0.2, 32), grid);
        for (int i = 0; i < single.length; i++) {
            assertThat(shared[i]).isCloseTo(single[i] / 2, Offset.offset(1e-6f));
            assertThat(shared[i + single.length]).isEqualTo(shared[i]);
        }
    }

    private static Samples samplesOf(List<float[]> trajectories, double fov, int n) {
        BlobScan scan = new BlobScan(n, 2, fov);
        return Samples.of(
                trajectories.stream()
                        .map(t -> scan.readout(0, t, EncodingGeometry.AXIAL, 0, 1))
                        .toList(),
                new double[] {fov, fov},
                new int[] {n, n});
    }

    private record Image(float[] real, float[] imaginary) {}

    private static Image adjoint(Samples samples, float[] real, float[] imaginary, int nx, int ny, int nz) {
        KernelGrid grid = nz > 1 ? new KernelGrid(nx, ny, nz) : new KernelGrid(nx, ny);
        Image image = new Image(new float[nx * ny * nz], new float[nx * ny * nz]);
        new Nufft(samples, grid).scratch().adjoint(real, imaginary, image.real, image.imaginary);
        return image;
    }

    private static double error(float[] real, float[] imaginary, float[] exactReal, float[] exactImaginary) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < real.length; i++) {
            difference += Math.pow(real[i] - exactReal[i], 2) + Math.pow(imaginary[i] - exactImaginary[i], 2);
            norm += Math.pow(exactReal[i], 2) + Math.pow(exactImaginary[i], 2);
        }
        return Math.sqrt(difference / norm);
    }

    private String name(String file) {
        return folder.resolve(file).toString();
    }

    private void write(String file, float[] complex, String dimensions) throws IOException {
        Files.writeString(folder.resolve(file + ".hdr"), "# Dimensions\n" + dimensions + "\n");
        ByteBuffer bytes = ByteBuffer.allocate(4 * complex.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(complex);
        Files.write(folder.resolve(file + ".cfl"), bytes.array());
    }
}
