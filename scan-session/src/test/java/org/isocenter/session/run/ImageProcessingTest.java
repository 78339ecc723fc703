package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.isocenter.recon.ChainRecord;
import org.isocenter.recon.chain.StepType;
import org.isocenter.recon.correct.CorrectionSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageProcessingTest {
    private static ChainRecord chain(String name, String... steps) {
        return new ChainRecord(
                name,
                Stream.of(steps)
                        .map(step -> new ChainRecord.Step(step, Map.of()))
                        .toList());
    }

    private static String filtering(ChainRecord... chains) {
        return ImageProcessing.of(List.of(chains)).kSpaceFiltering();
    }

    @Test
    void aChainWithoutFilterTellsSo() {
        assertThat(filtering(chain("cartesian", "transform", "partial-fourier")))
                .isEqualTo("NONE");
    }

    @Test
    void aFilterIsToldInTheWordsOfTheStandard() {
        assertThat(filtering(chain("own", "hann-filter", "transform"))).isEqualTo("HANNING");
        assertThat(filtering(chain("own", "transform", "gauss-filter"))).isEqualTo("GAUSSIAN");
    }

    static Stream<String> filters() {
        return CorrectionSteps.SLAB.stream().map(StepType::name).filter(name -> name.endsWith("filter"));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void everyFilterThatThereIsHasAWord(String name) {
        assertThat(filtering(chain("own", name))).isNotIn("", "NONE", "USER_DEFINED");
    }

    @Test
    void severalFiltersOrDifferentOnesForPartsOfAScanHaveNoWord() {
        assertThat(filtering(chain("own", "hann-filter", "fermi-filter"))).isEqualTo("USER_DEFINED");
        assertThat(filtering(chain("a", "hann-filter"), chain("b"))).isEqualTo("USER_DEFINED");
        assertThat(filtering(chain("a", "hann-filter"), chain("b", "hann-filter")))
                .isEqualTo("HANNING");
    }

    @Test
    void whatAServerDidNobodyKnows() {
        assertThat(filtering(chain("remote", "server"))).isEmpty();
        assertThat(filtering()).isEmpty();
    }

    @Test
    void stepsAreToldWithWhatTheyWereGiven() {
        ChainRecord chain = new ChainRecord(
                "own",
                List.of(
                        new ChainRecord.Step("tukey-filter", Map.of("taper", 0.5)),
                        new ChainRecord.Step("gradient-distortion", Map.of("harmonics", "")),
                        new ChainRecord.Step("transform", Map.of())));
        assertThat(ImageProcessing.of(List.of(chain)).steps())
                .isEqualTo("own: tukey-filter taper=0.5, gradient-distortion, transform");
    }
}
