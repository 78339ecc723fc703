package org.isocenter.recon.iterative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.ParallelImaging;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction.Result;
import org.isocenter.recon.Watch;
import org.isocenter.recon.chain.Chain;
import org.isocenter.recon.chain.ChainFormatException;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.chain.ChainYaml;
import org.isocenter.recon.standard.StandardChains;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.recon.standard.StandardSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IterativeStepsTest {
    private final CoilScan scan = new CoilScan();

    @Test
    void linesLeftOutByChanceAreRecognisedAndTheImageIsThatOfAllLines() {
        Result result = new StandardReconstruction().reconstruct(scan.raw(CoilScan.byChance(3)));
        assertThat(result.chains().get(0).name()).isEqualTo(StandardChains.COMPRESSED_SENSING);
        assertThat(result.notes()).anyMatch(note -> note.contains("compressed sensing"));
        ImageVolume image = result.volumes().get(0);
        assertThat(image.columns()).isEqualTo(CoilScan.SIZE);
        double whole = error(StandardChains.CARTESIAN, y -> true);
        double folded = error(StandardChains.CARTESIAN, CoilScan.byChance(3));
        assertThat(folded).isGreaterThan(0.15);
        assertThat(scan.error(image.pixels())).isLessThan(whole + 0.04).isLessThan(folded / 2);
    }

    @Test
    void everySecondLineIsNotTakenForChance() {
        Result result = new StandardReconstruction().reconstruct(scan.raw(y -> y % 2 == 0));
        assertThat(result.chains().get(0).name()).isNotEqualTo(StandardChains.COMPRESSED_SENSING);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'cg-sense'",
        "'compressed-sensing: {measure: haar}'",
        "'compressed-sensing: {measure: daubechies-4, spinning: no}'",
        "'compressed-sensing: {measure: total-variation, iterations: 60}'",
        "'compressed-sensing: {measure: total-variation, solver: admm, iterations: 30}'"
    })
    void everyVariantUnfoldsTheImage(String step) throws ChainFormatException {
        float[] pixels = chain(step)
                .reconstruct(scan.raw(CoilScan.byChance(3)))
                .volumes()
                .get(0)
                .pixels();
        assertThat(scan.error(pixels)).isLessThan(error(StandardChains.CARTESIAN, CoilScan.byChance(3)) / 2);
    }

    /** Lines beside the lattice are flagged as for calibration only, whether the header tells where they belong or not. */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"cg-sense, EMBEDDED", "cg-sense, OTHER", "sense, EMBEDDED", "sense, OTHER", "grappa, OTHER"})
    void linesForCalibrationAmongThoseOfTheImageCompleteThem(String step, ParallelImaging.Calibration mode)
            throws ChainFormatException {
        IntPredicate lines = y -> y % 2 == 0 || Math.abs(y - CoilScan.SIZE / 2) < 12;
        IntToLongFunction flags = y -> Math.abs(y - CoilScan.SIZE / 2) >= 12
                ? 0
                : y % 2 == 0
                        ? AcquisitionFlags.PARALLEL_CALIBRATION_AND_IMAGING
                        : AcquisitionFlags.PARALLEL_CALIBRATION;
        String steps = step.equals("grappa") ? "grappa\n  - transform\n  - root-sum-of-squares" : step;
        float[] flagged = pixels(steps, scan.raw(lines, flags, new ParallelImaging(2, 1, mode)));
        assertThat(flagged).containsExactly(pixels(steps, scan.raw(lines)));
        assertThat(scan.error(flagged)).isLessThan(0.1);
    }

    /** Chosen by the noise: near the better of two fixed weights, neither of which is right for both. */
    @ParameterizedTest(name = "noise of {0}")
    @CsvSource({"0.005, 0.002, 0.04", "0.25, 0.04, 0.002"})
    void theWeightOfCompressedSensingFollowsTheNoise(double noise, double good, double bad)
            throws ChainFormatException {
        CoilScan noisy = new CoilScan(noise);
        RawData raw = noisy.raw(CoilScan.byChance(3));
        double better = noisy.error(pixels("compressed-sensing: {weight: " + good + "}", raw));
        double worse = noisy.error(pixels("compressed-sensing: {weight: " + bad + "}", raw));
        assertThat(better).isLessThan(0.7 * worse);
        assertThat(noisy.error(pixels("compressed-sensing", raw))).isLessThan(1.15 * better);
    }

    /** Lines beyond the centre on one side only: the unfolded image is completed by its phase, as that of every channel would be. */
    @ParameterizedTest(name = "every {0}. line")
    @CsvSource({"1", "2"})
    void anUnfoldedImageOfOneSideOfKSpaceIsCompleted(int step) throws ChainFormatException {
        int half = CoilScan.SIZE / 2;
        IntPredicate lines = y -> (y % step == 0 || Math.abs(y - half) < 8) && y < half + CoilScan.SIZE / 8;
        RawData raw = scan.raw(lines);
        double whole = scan.error(pixels("sense\n  - partial-fourier\n  - transform", scan.raw(y -> true)));
        double zeros = scan.error(pixels("sense\n  - transform", raw));
        double completed = scan.error(pixels("sense\n  - partial-fourier\n  - transform", raw));
        assertThat(zeros).isGreaterThan(2 * whole);
        assertThat(completed - whole).isLessThan(0.5 * (zeros - whole));
        Result result = StandardChains.reconstruction(StandardChains.SENSE).reconstruct(raw);
        assertThat(scan.error(result.volumes().get(0).pixels()) - whole).isLessThan(0.5 * (zeros - whole));
        assertThat(result.notes()).anyMatch(note -> note.startsWith("partial Fourier: "));
    }

    private static float[] pixels(String steps, RawData raw) throws ChainFormatException {
        return chain(steps).reconstruct(raw).volumes().get(0).pixels();
    }

    @Test
    void aStepBehindTheTransformIsRefusedWithWhereItBelongs() throws ChainFormatException {
        ChainReconstruction chain = chain("transform\n  - cg-sense");
        assertThatThrownBy(() -> chain.reconstruct(scan.raw(y -> true)))
                .hasMessageContainingAll("cg-sense", "before 'transform'");
    }

    @Test
    void itIsToldHowFarTheImageIsAfterEachIterationAndUpToTheEnd() throws ChainFormatException {
        List<Double> told = new ArrayList<>();
        chain("compressed-sensing: {iterations: 40, tolerance: 0}").reconstruct(scan.raw(y -> true), new Watch() {
            @Override
            public boolean isStopped() {
                return false;
            }

            @Override
            public void done(double share) {
                told.add(share);
            }
        });
        assertThat(told).hasSizeGreaterThanOrEqualTo(40).isSorted();
        assertThat(told.get(told.size() - 1)).isBetween(0.98, 1.0);
    }

    /** Whatever takes long tells it row by row, and asks as often. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"sense", "transform, combine", "transform, combine, denoise: {search: 2}"})
    void longStepsTellHowFarTheyAreAndEndWhenNobodyWantsTheImage(String steps) throws ChainFormatException {
        ChainReconstruction chain = chain(steps.replace(", ", "\n  - "));
        List<Double> told = Collections.synchronizedList(new ArrayList<>());
        chain.reconstruct(scan.raw(y -> true), new Watch() {
            @Override
            public boolean isStopped() {
                return false;
            }

            @Override
            public void done(double share) {
                told.add(share);
            }
        });
        assertThat(told).isSorted();
        assertThat(told.get(told.size() - 1)).isBetween(0.98, 1.0);
        assertThat(told).hasSizeGreaterThan(20);
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> chain.reconstruct(scan.raw(y -> true), () -> asked.incrementAndGet() > 12))
                .isInstanceOf(CancellationException.class);
        assertThat(asked.get()).isLessThan(60);
    }

    @Test
    void iterationsEndWhenNobodyWantsTheImageAnyMore() throws ChainFormatException {
        ChainReconstruction chain = chain("compressed-sensing: {iterations: 10000, tolerance: 0}");
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> chain.reconstruct(scan.raw(y -> true), () -> asked.incrementAndGet() > 20))
                .isInstanceOf(CancellationException.class);
        assertThat(asked.get()).isLessThan(100);
    }

    private double error(String chain, IntPredicate lines) {
        return scan.error(StandardChains.reconstruction(chain)
                .reconstruct(scan.raw(lines))
                .volumes()
                .get(0)
                .pixels());
    }

    private static ChainReconstruction chain(String step) throws ChainFormatException {
        String yaml = "chain: test\ndescription: A test.\nsteps:\n  - cartesian-grid\n  - " + step + "\n";
        Chain chain = new ChainYaml(StandardSteps.REGISTRY).parse(yaml, "test.yaml");
        return new ChainReconstruction(chain);
    }
}
