package org.isocenter.recon.noncartesian;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.isocenter.model.EncodingGeometry;
import org.junit.jupiter.api.Test;

class GriddingTest {
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
}
