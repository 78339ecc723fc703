package org.isocenter.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.isocenter.recon.fft.CentredFft;
import org.jtransforms.fft.FloatFFT_2D;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Our centred transform of a planar image, lines then columns, beside JTransforms' own 2D transform of an interleaved one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FftBenchmark {
    @Param({"128", "256"})
    public int size;

    private float[] real;
    private float[] imaginary;
    private float[] interleaved;
    private CentredFft line;
    private FloatFFT_2D plane;

    @Setup
    public void setUp() {
        Random random = new Random(1);
        real = new float[size * size];
        imaginary = new float[size * size];
        interleaved = new float[2 * size * size];
        for (int i = 0; i < real.length; i++) {
            real[i] = random.nextFloat() - 0.5f;
            imaginary[i] = random.nextFloat() - 0.5f;
            interleaved[2 * i] = real[i];
            interleaved[2 * i + 1] = imaginary[i];
        }
        line = new CentredFft(size);
        plane = new FloatFFT_2D(size, size);
    }

    @Benchmark
    public float[] centredPlanar() {
        for (int row = 0; row < size; row++) {
            transform(row * size, 1);
        }
        for (int column = 0; column < size; column++) {
            transform(column, size);
        }
        return real;
    }

    private void transform(int offset, int stride) {
        line.load(real, imaginary, offset, stride);
        line.inverse();
        line.store(real, imaginary, offset, stride, 0, size);
    }

    /** Without shifts of the centre, which a reconstruction would have to add. */
    @Benchmark
    public float[] jtransformsInterleaved() {
        plane.complexInverse(interleaved, false);
        return interleaved;
    }
}
