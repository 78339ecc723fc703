package org.isocenter.sequence.design;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EchoTrainsTest {
    private static int[] all(int lines) {
        return IntStream.range(0, lines).toArray();
    }

    /** The echo that measures a line; -1 if none does. */
    private static int echoOf(int[][] trains, int line) {
        for (int[] shot : trains) {
            for (int echo = 0; echo < shot.length; echo++) {
                if (shot[echo] == line) {
                    return echo;
                }
            }
        }
        return -1;
    }

    @ParameterizedTest
    @EnumSource(LineOrder.class)
    void everyOrderMeasuresEveryLineOnceAndTheCentreWithItsEcho(LineOrder order) {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            int matrix = 1 + random.nextInt(140);
            int first = random.nextInt(matrix / 2 + 1);
            int[] lines = IntStream.range(first, matrix)
                    .filter(line -> line == matrix / 2 || random.nextInt(4) > 0)
                    .toArray();
            int echoes = 1 + random.nextInt(Math.min(lines.length, 20));
            int wanted = random.nextInt(echoes);
            int[][] trains = EchoTrains.trains(order, lines, matrix / 2, echoes, wanted);

            assertThat(Arrays.stream(trains).flatMapToInt(Arrays::stream).filter(line -> line >= 0))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrder(Arrays.stream(lines).boxed().toArray(Integer[]::new));
            assertThat(trains).as("seed %d", seed).hasDimensions((lines.length + echoes - 1) / echoes, echoes);
            int expected = EchoTrains.centralEcho(order, lines, matrix / 2, echoes, wanted);
            if (order == LineOrder.CENTRIC) {
                assertThat(expected).isEqualTo(wanted);
            }
            assertThat(echoOf(trains, matrix / 2)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "7"})
    void aCentricTrainHasItsBandMidwayOverTheCentreAndItsNeighboursNext(int wanted) {
        int[][] trains = EchoTrains.trains(LineOrder.CENTRIC, all(128), 64, 8, wanted);

        for (int line = 56; line < 72; line++) {
            assertThat(echoOf(trains, line)).isEqualTo(wanted);
        }
        int next = Math.abs(echoOf(trains, 55) - wanted) + Math.abs(echoOf(trains, 72) - wanted);
        assertThat(next).isLessThanOrEqualTo(3);
    }

    @Test
    void aLinearTrainGoesFromEdgeToEdge() {
        int[][] trains = EchoTrains.trains(LineOrder.LINEAR, all(12), 6, 4, 0);

        assertThat(trains).isEqualTo(new int[][] {{0, 3, 6, 9}, {1, 4, 7, 10}, {2, 5, 8, 11}});
    }

    @Test
    void inOutAndOutInTakeBothSidesAtOnce() {
        int[][] out = EchoTrains.trains(LineOrder.IN_OUT, all(8), 4, 4, 0);
        int[][] in = EchoTrains.trains(LineOrder.OUT_IN, all(8), 4, 4, 0);

        assertThat(out).isEqualTo(new int[][] {{3, 2, 1, 0}, {4, 5, 6, 7}});
        assertThat(in).isEqualTo(new int[][] {{0, 1, 2, 3}, {7, 6, 5, 4}});
    }

    @Test
    void partialFourierBringsTheCentreSoonerInALinearTrain() {
        int[] partial = IntStream.range(48, 128).toArray();

        assertThat(EchoTrains.centralEcho(LineOrder.LINEAR, all(128), 64, 8, 0)).isEqualTo(4);
        assertThat(EchoTrains.centralEcho(LineOrder.LINEAR, partial, 64, 8, 0)).isEqualTo(1);
    }
}
