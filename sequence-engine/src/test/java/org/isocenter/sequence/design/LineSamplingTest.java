package org.isocenter.sequence.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ParallelImaging;
import org.isocenter.sequence.design.LineSampling.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LineSamplingTest {
    @Test
    void everythingIsMeasuredUnlessSomethingIsLeftOut() {
        LineSampling all = LineSampling.full(5, 3);

        assertThat(all.views(LineOrder.LINEAR, LineOrder.LINEAR)).hasSize(15).allMatch(view -> view.flags() == 0);
        assertThat(all.step1()).isEqualTo(EncodingLimits.ofCount(5));
        assertThat(all.step2()).isEqualTo(EncodingLimits.ofCount(3));
        assertThat(all.parallelImaging()).isEqualTo(ParallelImaging.NONE);
    }

    @ParameterizedTest
    @CsvSource({"128, 1, 0", "128, 0.75, 32", "128, 0.5, 56", "128, 0.6, 51", "9, 0.5, 2", "3, 0.5, 0", "1, 0.5, 0"})
    void partialFourierLeavesOutTheFirstLinesButKeepsSomeBeforeTheCentre(int lines, double share, int firstLine) {
        LineSampling partial = LineSampling.partial(lines, 1, share);

        assertThat(partial.step1()).isEqualTo(new EncodingLimits(firstLine, lines - 1, lines / 2));
        assertThat(lines(partial.views(0, LineOrder.LINEAR)))
                .isEqualTo(IntStream.range(firstLine, lines).boxed().toList());
    }

    @Test
    void theCentreIsAlwaysOnTheUndersampledGridAndCalibrationLinesSayWhatTheyAre() {
        LineSampling sampling = LineSampling.full(15, 1).accelerated(3, 1, 4);

        List<View> views = sampling.views(0, LineOrder.LINEAR);

        // Centre 7; every third line from there: 1 4 7 10 13; calibration 5 6 7 8.
        assertThat(lines(views)).containsExactly(1, 4, 5, 6, 7, 8, 10, 13);
        assertThat(lines(views.stream()
                        .filter(v -> v.flags() == AcquisitionFlags.PARALLEL_CALIBRATION)
                        .toList()))
                .containsExactly(5, 6, 8);
        assertThat(lines(views.stream()
                        .filter(v -> v.flags() == AcquisitionFlags.PARALLEL_CALIBRATION_AND_IMAGING)
                        .toList()))
                .containsExactly(7);
        assertThat(sampling.parallelImaging())
                .isEqualTo(new ParallelImaging(3, 1, ParallelImaging.Calibration.EMBEDDED));
        assertThat(sampling.accelerated(3, 1, 0).parallelImaging().calibration())
                .isEqualTo(ParallelImaging.Calibration.OTHER);
    }

    @Test
    void undersampledPartitionsAreCalibratedInABlockOfBothDirections() {
        LineSampling sampling = LineSampling.full(8, 8).accelerated(1, 2, 4);

        assertThat(sampling.measuredPartitions()).containsExactly(0, 2, 3, 4, 5, 6);
        assertThat(lines(sampling.views(3, LineOrder.LINEAR))).containsExactly(2, 3, 4, 5);
        assertThat(sampling.views(3, LineOrder.LINEAR))
                .allMatch(view -> view.flags() == AcquisitionFlags.PARALLEL_CALIBRATION);
        assertThat(sampling.views(2, LineOrder.LINEAR)).hasSize(8);
        assertThat(sampling.view(0, 2).flags()).isZero();
        assertThat(sampling.view(3, 2).flags()).isEqualTo(AcquisitionFlags.PARALLEL_CALIBRATION_AND_IMAGING);
    }

    @ParameterizedTest
    @EnumSource(LineOrder.class)
    void everyOrderMeasuresTheSameViewsOnce(LineOrder order) {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            LineSampling sampling = LineSampling.partial(
                            1 + random.nextInt(40), 1 + random.nextInt(9), 0.5 + random.nextDouble() / 2)
                    .accelerated(1 + random.nextInt(4), 1 + random.nextInt(3), random.nextInt(12));
            List<View> views = sampling.views(order, order);

            assertThat(new HashSet<>(views))
                    .as("seed %d", seed)
                    .hasSize(views.size())
                    .isEqualTo(new HashSet<>(sampling.views(LineOrder.LINEAR, LineOrder.LINEAR)))
                    .hasSize(sampling.count())
                    .extracting(View::line)
                    .contains(sampling.lines() / 2);
        }
    }

    @Test
    void ordersBeginAndEndWhereTheirNamesSay() {
        List<Integer> lines = List.of(0, 1, 2, 3, 4, 5);

        assertThat(LineOrder.LINEAR.arranged(lines, 3)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(LineOrder.CENTRIC.arranged(lines, 3)).containsExactly(3, 2, 4, 1, 5, 0);
        assertThat(LineOrder.IN_OUT.arranged(lines, 3)).containsExactly(3, 4, 5, 2, 1, 0);
        assertThat(LineOrder.OUT_IN.arranged(lines, 3)).containsExactly(0, 5, 1, 4, 2, 3);
        assertThat(LineOrder.labels()).containsExactly("linear", "centric", "in-out", "out-in");
    }

    @Test
    void trainsOfASegmentedOrderEachGoThroughAllOfIt() {
        List<List<Integer>> trains = ViewOrder.segmented(LineOrder.CENTRIC.arranged(List.of(0, 1, 2, 3, 4), 2), 2);

        assertThat(trains).containsExactly(List.of(2, 0), List.of(1, 4), List.of(3));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new LineSampling(8, 1, 5, 1, 1, 0)).hasMessageContaining("from 5 of 8");
        assertThatThrownBy(() -> LineSampling.full(8, 1).accelerated(0, 1, 0)).hasMessageContaining("0×1");
    }

    private static List<Integer> lines(List<View> views) {
        return views.stream().map(View::line).collect(Collectors.toList());
    }
}
