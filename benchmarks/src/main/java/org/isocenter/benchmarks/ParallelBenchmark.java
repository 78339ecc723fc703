package org.isocenter.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.GridFft;
import org.isocenter.recon.parallel.AdaptiveCombine;
import org.isocenter.recon.parallel.CalibrationRegion;
import org.isocenter.recon.parallel.Espirit;
import org.isocenter.recon.parallel.Grappa;
import org.isocenter.recon.parallel.Lattice;
import org.isocenter.recon.parallel.SamplingPattern;
import org.isocenter.recon.parallel.Sense;
import org.isocenter.recon.parallel.Sensitivities;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Sensitivities and unfolding of a slice of 8 channels, 180 × 230, every second line and 24 in the middle. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParallelBenchmark {
    private static final int CHANNELS = 8;
    private static final int COLUMNS = 180;
    private static final int ROWS = 230;

    private ChannelGrid kspace;
    private ChannelGrid middle;
    private ChannelGrid lines;
    private SamplingPattern pattern;
    private Lattice lattice;
    private Sensitivities maps;

    @Setup
    public void setUp() {
        kspace = kspace();
        pattern = SamplingPattern.of(kspace);
        lattice = Lattice.of(pattern).orElseThrow();
        middle = CalibrationRegion.find(kspace, 24, 24, 1).cut(kspace);
        lines = CalibrationRegion.find(kspace, COLUMNS, 48, 1).cut(kspace);
        maps = espirit();
    }

    /** A bright ellipse seen by coils around it, with noise. */
    private static ChannelGrid kspace() {
        ChannelGrid grid = new ChannelGrid(CHANNELS, COLUMNS, ROWS, 1);
        for (int channel = 0; channel < CHANNELS; channel++) {
            double angle = 2 * Math.PI * channel / CHANNELS;
            for (int i = 0; i < grid.points(); i++) {
                double x = (double) (i % COLUMNS) / COLUMNS - 0.5;
                double y = (double) (i / COLUMNS) / ROWS - 0.5;
                double distance = Math.pow(x - 0.6 * Math.cos(angle), 2) + Math.pow(y - 0.6 * Math.sin(angle), 2);
                double value = Math.hypot(x / 0.4, y / 0.45) < 1 ? 1 / (0.1 + distance) : 0;
                grid.real(channel)[i] = (float) (value * Math.cos(angle + x));
                grid.imaginary(channel)[i] = (float) (value * Math.sin(angle + x));
            }
        }
        GridFft.forward(grid);
        Random random = new Random(1);
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int i = 0; i < grid.points(); i++) {
                int y = i / COLUMNS;
                boolean measured = y % 2 == 1 || Math.abs(y - ROWS / 2) <= 12;
                grid.real(channel)[i] = measured ? grid.real(channel)[i] + (float) random.nextGaussian() : 0;
                grid.imaginary(channel)[i] = measured ? grid.imaginary(channel)[i] + (float) random.nextGaussian() : 0;
            }
        }
        return grid;
    }

    /** As {@code bart ecalib -m1 -r24}. */
    @Benchmark
    public Sensitivities espirit() {
        return Espirit.sensitivities(middle, COLUMNS, ROWS, 1, Espirit.Settings.DEFAULT);
    }

    @Benchmark
    public Sensitivities adaptive() {
        return AdaptiveCombine.ofCalibration(middle, COLUMNS, ROWS, 1, 5, ParallelLoop.PLAIN);
    }

    /** As {@code bart pics -l2}, with given maps. */
    @Benchmark
    public ChannelGrid sense() {
        return new Sense(maps, lattice, 1).unfold(kspace, pattern);
    }

    /** With the weights; on a copy, since the lines are filled in place. */
    @Benchmark
    public ChannelGrid grappa() {
        ChannelGrid copy = new CalibrationRegion(0, 0, 0, COLUMNS, ROWS, 1).cut(kspace);
        new Grappa(lines, Grappa.Settings.DEFAULT).fill(copy, pattern, lattice);
        return copy;
    }
}
