package org.isocenter.recon.noncartesian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.isocenter.model.RawData;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.Chain;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.fft.GridFft;
import org.isocenter.recon.standard.StandardSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our images of BART's phantom beside BART's, up to one factor: its transform is scaled by the root of the number of pixels. */
class NonCartesianPeersTest {
    private static final int N = 64;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} channels")
    @ValueSource(ints = {1, 8})
    void griddedSpokesEqualThoseOfBart(int channels) throws IOException {
        BartScan scan = new BartScan(folder, N);
        List<float[]> spokes = scan.spokes(101, "-G");
        RawData raw = scan.measure(spokes, channels);
        scan.weigh(spokes, channels);
        adjoint(scan);
        assertThat(difference(image(raw, "gridding", Map.of()), scan.read("image")))
                .isLessThan(2e-4);
    }

    @Test
    void withoutDensityWeightsItIsTheBareAdjointOfBart() throws IOException {
        BartScan scan = new BartScan(folder, N);
        RawData raw = scan.measure(scan.spokes(101, "-G"), 1);
        scan.bart("nufft", "-a", "-P", "-d", N + ":" + N + ":1", "traj", "data", "image");
        assertThat(difference(image(raw, "gridding", Map.of("density", "none")), scan.read("image")))
                .isLessThan(2e-4);
    }

    @Test
    void weighedByTheDistanceFromTheCentreItIsTheAdjointOfTheRamp() throws IOException {
        BartScan scan = new BartScan(folder, N);
        RawData raw = scan.measure(scan.spokes(101, "-G"), 1);
        scan.bart("rss", "1", "traj", "ramp");
        scan.bart("fmac", "ramp", "data", "weighted");
        adjoint(scan);
        assertThat(difference(image(raw, "gridding", Map.of("density", "radius")), scan.read("image")))
                .isLessThan(2e-4);
    }

    @ParameterizedTest(name = "{0} channels")
    @ValueSource(ints = {1, 8})
    void griddedSpiralsEqualThoseOfBart(int channels) throws IOException {
        BartScan scan = new BartScan(folder, N);
        List<float[]> spirals = new BlobScan(N, 2, 1).spirals(12, 600);
        RawData raw = scan.measure(spirals, channels);
        scan.weigh(spirals, channels);
        adjoint(scan);
        assertThat(difference(image(raw, "gridding", Map.of()), scan.read("image")))
                .isLessThan(2e-4);
    }

    /** Both do 50 iterations when they are not told otherwise. Without any damping, these do not suffice for so small a matrix. */
    @Test
    void leastSquaresEqualsThatOfBart() throws IOException {
        BartScan scan = new BartScan(folder, N);
        RawData raw = scan.measure(scan.spokes(101), 1);
        scan.bart("nufft", "-i", "-l", "0.1", "-P", "-d", N + ":" + N + ":1", "traj", "data", "image");
        assertThat(difference(image(raw, "nufft", Map.of("regularisation", "0.1")), scan.read("image")))
                .isLessThan(5e-4);
    }

    /** Undamped, what comes out in the corners of k-space, where nothing was measured, depends on the last digit of every step. */
    @ParameterizedTest(name = "spirals: {0}")
    @ValueSource(booleans = {false, true})
    void undampedLeastSquaresEqualThoseOfBartWhereKSpaceWasMeasured(boolean spirals) throws IOException {
        BartScan scan = new BartScan(folder, N);
        RawData raw = scan.measure(spirals ? new BlobScan(N, 2, 1).spirals(12, 600) : scan.spokes(101), 1);
        scan.bart("nufft", "-i", "-P", "-d", N + ":" + N + ":1", "traj", "data", "image");
        ChannelGrid ours = image(raw, "nufft", Map.of());
        BartScan.Cfl theirs = scan.read("image");
        ChannelGrid other = new ChannelGrid(1, N, N, 1);
        for (int i = 0; i < other.points(); i++) {
            other.real(0)[i] = theirs.values()[2 * i];
            other.imaginary(0)[i] = theirs.values()[2 * i + 1];
        }
        assertThat(difference(disc(ours), disc(other))).isLessThan(1e-3);
    }

    /** K-space within nine tenths of what spokes and spirals reach; real parts, then imaginary ones. */
    private static float[] disc(ChannelGrid image) {
        GridFft.forward(image);
        float[] values = new float[2 * image.points()];
        for (int i = 0; i < image.points(); i++) {
            boolean inside = Math.hypot(i % N - N / 2, i / N - N / 2) < 0.45 * N;
            values[i] = inside ? image.real(0)[i] : 0;
            values[image.points() + i] = inside ? image.imaginary(0)[i] : 0;
        }
        return values;
    }

    @Test
    void channelsTogetherMakeUpForSpokesThatWereNotMeasured() throws IOException {
        BartScan scan = new BartScan(folder, N);
        float[] whole = magnitude(image(scan.measure(scan.spokes(151, "-G"), 8), "nufft-sense", Map.of()));
        RawData few = scan.measure(scan.spokes(21, "-G"), 8);
        double sense = difference(magnitude(image(few, "nufft-sense", Map.of())), whole);
        double gridded = difference(magnitude(image(few, "gridding", Map.of())), whole);
        assertThat(sense).isLessThan(0.15).isLessThan(gridded / 3);
    }

    @Test
    void sparsityMakesUpForMoreOfThem() throws IOException {
        BartScan scan = new BartScan(folder, N);
        float[] whole = magnitude(image(scan.measure(scan.spokes(101, "-G"), 4), "nufft-sense", Map.of()));
        RawData few = scan.measure(scan.spokes(15, "-G"), 4);
        double sense = difference(magnitude(image(few, "nufft-sense", Map.of())), whole);
        Map<String, String> variation = Map.of("measure", "total-variation", "weight", "0.002");
        double sparse = difference(magnitude(image(few, "nufft-compressed-sensing", variation)), whole);
        double wavelets =
                difference(magnitude(image(few, "nufft-compressed-sensing", Map.of("weight", "0.002"))), whole);
        assertThat(sparse).isLessThan(0.6 * sense);
        assertThat(wavelets).isLessThan(0.9 * sense);
    }

    @Test
    void compressedSensingEndsWhenNobodyWantsTheImageAnyMore() throws IOException {
        RawData raw = new BartScan(folder, N).measure(new BartScan(folder, N).spokes(15, "-G"), 2);
        Map<String, String> endless = Map.of("iterations", "10000", "tolerance", "0");
        Chain chain = new Chain(
                "endless",
                "",
                List.of(StandardSteps.REGISTRY.named("nufft-compressed-sensing").with(endless)));
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> new ChainReconstruction(chain).reconstruct(raw, () -> asked.incrementAndGet() > 20))
                .isInstanceOf(CancellationException.class);
        // Rows of sensitivities are asked for on several threads at once.
        assertThat(asked.get()).isLessThan(100);
    }

    /** The root of the sum of the channels' squares. */
    private static float[] magnitude(ChannelGrid image) {
        float[] magnitude = new float[image.points()];
        for (int i = 0; i < magnitude.length; i++) {
            double square = 0;
            for (int channel = 0; channel < image.channels(); channel++) {
                square += Math.pow(image.real(channel)[i], 2) + Math.pow(image.imaginary(channel)[i], 2);
            }
            magnitude[i] = (float) Math.sqrt(square);
        }
        return magnitude;
    }

    /** Relative to the reference, after the factor that fits best; from residuals: one less a square loses all digits of near equals. */
    private static double difference(float[] image, float[] reference) {
        double product = 0;
        double square = 0;
        double whole = 0;
        for (int i = 0; i < image.length; i++) {
            product += (double) image[i] * reference[i];
            square += (double) image[i] * image[i];
            whole += (double) reference[i] * reference[i];
        }
        double factor = product / square;
        double residual = 0;
        for (int i = 0; i < image.length; i++) {
            residual += Math.pow(reference[i] - factor * image[i], 2);
        }
        return Math.sqrt(residual / whole);
    }

    private static ChannelGrid image(RawData raw, String step, Map<String, String> values) {
        Chain chain =
                new Chain(step, "", List.of(StandardSteps.REGISTRY.named(step).with(values)));
        return new ChainReconstruction(chain).reconstruct(raw).complex().get(0);
    }

    /** Without -P the kernel is cut off at the edge of k-space. */
    private static void adjoint(BartScan scan) {
        scan.bart("nufft", "-a", "-P", "-d", N + ":" + N + ":1", "traj", "weighted", "image");
    }

    /** Relative to theirs, after the factor that fits best. */
    private static double difference(ChannelGrid ours, BartScan.Cfl theirs) {
        int points = ours.points();
        double real = 0;
        double imaginary = 0;
        double square = 0;
        double whole = 0;
        for (int i = 0; i < points * ours.channels(); i++) {
            double ourReal = ours.real(i / points)[i % points];
            double ourImaginary = ours.imaginary(i / points)[i % points];
            double theirReal = theirs.values()[2 * i];
            double theirImaginary = theirs.values()[2 * i + 1];
            real += ourReal * theirReal + ourImaginary * theirImaginary;
            imaginary += ourReal * theirImaginary - ourImaginary * theirReal;
            square += ourReal * ourReal + ourImaginary * ourImaginary;
            whole += theirReal * theirReal + theirImaginary * theirImaginary;
        }
        double explained = (real * real + imaginary * imaginary) / square;
        return Math.sqrt(Math.max(0, whole - explained) / whole);
    }
}
