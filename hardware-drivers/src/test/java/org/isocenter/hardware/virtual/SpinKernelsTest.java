package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpinKernelsTest {
    private static final int TERMS = 7;

    private final Random random;
    private final SpinBlock block;
    private final SpinTurns turns = new SpinTurns();
    private final AffineMaps maps;

    SpinKernelsTest() {
        random = new Random(5);
        block = block(1000);
        maps = maps(1000);
    }

    private SpinBlock block(int spins) {
        SpinBlock made = new SpinBlock(0, some(spins), some(spins), some(spins), some(spins), null);
        System.arraycopy(some(spins), 0, made.mx, 0, spins);
        System.arraycopy(some(spins), 0, made.my, 0, spins);
        return made;
    }

    private float[] some(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private AffineMaps maps(int spins) {
        AffineMaps made = new AffineMaps(spins);
        for (float[] entry : made.entry) {
            System.arraycopy(some(spins), 0, entry, 0, spins);
        }
        return made;
    }

    private static SpinKernels vector() {
        SpinKernels vector = KernelChoice.vector();
        assumeThat(vector).as("a JVM with the vector module and wide vectors").isNotNull();
        return vector;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 17, 250, 1000, 1024})
    void vectorsTurnAndTransmitAsThePlainLoopsDo(int spins) {
        SpinBlock one = block(spins);
        SpinBlock other = new SpinBlock(0, one.x, one.y, one.z, one.offsetHertz, null);
        System.arraycopy(one.mx, 0, other.mx, 0, spins);
        System.arraycopy(one.my, 0, other.my, 0, spins);
        AffineMaps map = maps(spins);
        turns.set(one, new double[] {30, -70, 11, 0.2, 4, -3, 2, 9, -8, 7});
        SpinKernels plain = new PlainKernels();
        SpinKernels vector = vector();
        plain.turn(one, turns, 0.9f, one.mx, one.my, one.mx, one.my);
        vector.turn(other, turns, 0.9f, other.mx, other.my, other.mx, other.my);
        plain.recover(spins, one.mz, 0.3f);
        vector.recover(spins, other.mz, 0.3f);
        plain.transmit(one, map, 0.7);
        vector.transmit(other, map, 0.7);
        assertClose(other.mx, one.mx, spins, 2e-5f);
        assertClose(other.my, one.my, spins, 2e-5f);
        assertClose(other.mz, one.mz, spins, 2e-5f);
    }

    private static void assertClose(float[] found, float[] expected, int count, float error) {
        for (int i = 0; i < count; i++) {
            assertThat(Math.abs(found[i] - expected[i])).as("spin %d", i).isLessThan(error);
        }
    }

    /** In double precision, whole; the turns here are some twenty. */
    @ParameterizedTest
    @CsvSource({"1, 1", "100, 2", "1024, 3"})
    void aTurnIsThatOfThePhase(int spins, long seed) {
        random.setSeed(seed);
        SpinBlock some = block(spins);
        double[] c = {30, -70, 11, 0.2, 4, -3, 2, 9, -8, 7};
        turns.set(some, c);
        float[] x = new float[spins];
        float[] y = new float[spins];
        new PlainKernels().turn(some, turns, 0.5f, some.mx, some.my, x, y);
        for (int i = 0; i < spins; i++) {
            double[] quadratic = {c[4], c[5], c[6], c[7], c[8], c[9]};
            double phase = 2
                    * Math.PI
                    * (GradientField.sum(c[0], c[1], c[2], quadratic, some.x[i], some.y[i], some.z[i])
                            + c[3] * some.offsetHertz[i]);
            double re = 0.5 * (Math.cos(phase) * some.mx[i] - Math.sin(phase) * some.my[i]);
            double im = 0.5 * (Math.sin(phase) * some.mx[i] + Math.cos(phase) * some.my[i]);
            assertThat(Math.hypot(x[i] - re, y[i] - im)).isLessThan(2e-5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 100, 1000, 1024})
    void bothProjectLikeASumInDoublePrecision(int spins) {
        float[] x = some(spins);
        float[] y = some(spins);
        float[][] weight = new float[TERMS][];
        for (int term = 0; term < TERMS; term++) {
            weight[term] = some(spins);
        }
        for (SpinKernels kernels : List.of(new PlainKernels(), vector())) {
            int length = (spins + 16 * kernels.parts() - 1) / (16 * kernels.parts()) * 16;
            float[][] parts = new float[TERMS * kernels.parts()][length];
            for (int term = 0; term < TERMS; term++) {
                for (int i = 0; i < spins; i++) {
                    parts[term * kernels.parts() + i / length][i % length] = weight[term][i];
                }
            }
            float[] re = new float[TERMS];
            float[] im = new float[TERMS];
            kernels.project(spins, TERMS, length, parts, x, y, re, im);
            for (int term = 0; term < TERMS; term++) {
                double sumX = 0;
                double sumY = 0;
                for (int i = 0; i < spins; i++) {
                    sumX += (double) weight[term][i] * x[i];
                    sumY += (double) weight[term][i] * y[i];
                }
                assertThat(Math.hypot(re[term] - sumX, im[term] - sumY)).isLessThan(3e-7 * Math.sqrt(spins) + 1e-6);
            }
        }
    }

    /** As long as they run interpreted, vectors are objects; so this waits until they no longer are. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void inTheLongRunNothingIsAllocated(boolean withVectors) {
        SpinKernels kernels = withVectors ? vector() : new PlainKernels();
        float[][] weight = new float[TERMS * kernels.parts()][SpinBlock.LARGEST / kernels.parts()];
        int length = (1000 + 16 * kernels.parts() - 1) / (16 * kernels.parts()) * 16;
        float[] re = new float[TERMS];
        float[] im = new float[TERMS];
        turns.set(block, new double[] {30, -70, 11, 0.2});
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long allocated = 0;
        for (int attempt = 0; attempt < 400; attempt++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 50; i++) {
                kernels.turn(block, turns, 1, block.mx, block.my, block.mx, block.my);
                kernels.transmit(block, maps, 0.1);
                kernels.recover(block.spins, block.mz, 0.9f);
                kernels.project(block.spins, TERMS, length, weight, block.mx, block.my, re, im);
            }
            allocated = threads.getThreadAllocatedBytes(thread) - before;
            if (allocated == 0) {
                break;
            }
        }
        assertThat(allocated).isZero();
    }
}
