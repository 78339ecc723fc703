package org.isocenter.recon.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderStatisticTest {
    @ParameterizedTest(name = "{0} values, seed 1")
    @ValueSource(ints = {1001, 8191, 8192, 20_001})
    void isWhatSortingPutsThere(int count) {
        Random random = new Random(1);
        float[] values = new float[count];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
        }
        values[3] = 0;
        values[4] = -0f;
        values[5] = Float.NaN;
        values[6] = Float.NEGATIVE_INFINITY;
        values[8] = values[7];
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        for (int rank = 0; rank < sorted.length; rank += count / 100) {
            assertThat(OrderStatistic.of(values, rank)).isEqualTo(Float.valueOf(sorted[rank]));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2})
    void aRankOutsideIsRefused(int rank) {
        assertThatThrownBy(() -> OrderStatistic.of(new float[2], rank)).hasMessageContaining("rank " + rank);
    }
}
