package org.isocenter.sequence.pulseq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeCodecTest {
    @Test
    void aRunIsValueValueAndTheCountOfFurtherOnes() {
        assertThat(ShapeCodec.decompress(new double[] {0, 0.25, 0.25, 2, -1}, 6))
                .containsExactly(0, 0.25, 0.5, 0.75, 1, 0);
    }

    @Test
    void aValueLikeTheCountBeforeItIsNoRun() {
        assertThat(ShapeCodec.decompress(new double[] {1, 1, 3, 3, 2}, 7)).containsExactly(1, 2, 3, 4, 5, 8, 10);
    }

    @Test
    void aBlockPulseTakesFourNumbers() {
        double[] ones = new double[1000];
        java.util.Arrays.fill(ones, 1);
        assertThat(ShapeCodec.compress(ones)).containsExactly(1, 0, 0, 997);
    }

    @Test
    void anythingButTheRightLengthIsRefused() {
        assertThat(ShapeCodec.decompress(new double[] {0, 0, 5}, 6)).isNull();
        assertThat(ShapeCodec.decompress(new double[] {0, 0, 5}, 8)).isNull();
        assertThat(ShapeCodec.decompress(new double[] {0, 0}, 2)).isNull();
        assertThat(ShapeCodec.decompress(new double[] {0, 0, -1}, 1)).isNull();
        assertThat(ShapeCodec.decompress(new double[] {0, 0, 0.5}, 2)).isNull();
        assertThat(ShapeCodec.decompress(new double[] {0, 0, 1e300}, 100)).isNull();
        assertThat(ShapeCodec.decompress(new double[] {1, 2, 3}, 2)).isNull();
    }

    @Test
    void neighboursThatAreEqualAsFloatsOnlyMarkARunToo() {
        double almost = 0.1 + 1e-10;
        assertThat(ShapeCodec.decompress(new double[] {0.1, almost, 8}, 10)[9]).isCloseTo(1, Offset.offset(1e-9));
    }

    @Test
    void anIncompressibleShapeIsLeftAsItIs() {
        double[] noise = new Random(3).doubles(100).toArray();
        assertThat(ShapeCodec.compress(noise)).isNull();
        assertThat(ShapeCodec.compress(new double[] {1, 1, 1, 1})).isNull();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void errorsDoNotAddUpOverALongShape(long seed) {
        Random random = new Random(seed);
        double[] shape = new double[20_000];
        double slope = 0;
        for (int i = 1; i < shape.length; i++) {
            if (random.nextInt(50) == 0) {
                slope = (random.nextDouble() - 0.5) * 1e-3;
            }
            shape[i] = Math.max(-1, Math.min(1, shape[i - 1] + slope));
        }
        assertThat(largestError(shape)).isLessThan(0.51e-7);
        double[] steps = new double[20_000];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = Math.floor(i / 100.0) / 3 / 200;
        }
        assertThat(largestError(steps)).isLessThan(0.51e-7);
    }

    private static double largestError(double[] shape) {
        double[] back = ShapeCodec.decompress(ShapeCodec.compress(shape), shape.length);
        double largest = 0;
        for (int i = 0; i < shape.length; i++) {
            largest = Math.max(largest, Math.abs(back[i] - shape[i]));
        }
        return largest;
    }
}
