package org.isocenter.recon.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.isocenter.model.GradientHarmonics;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction.Result;
import org.isocenter.recon.chain.ChainFormatException;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.chain.ChainYaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps on volumes, in chains. */
class ImageStepsTest {
    private static final int SIZE = SpotScan.SIZE;
    private static final double[] AT = SpotScan.AT;

    private static Result run(RawData raw, String... steps) throws ChainFormatException {
        StringBuilder yaml = new StringBuilder("chain: test\nsteps:\n- cartesian-grid\n- transform\n");
        for (String step : steps) {
            yaml.append("- ").append(step).append('\n');
        }
        return new ChainReconstruction(new ChainYaml(StandardSteps.REGISTRY).parse(yaml.toString(), "test"))
                .reconstruct(raw);
    }

    /** Centre of the brightness, in pixels from the image's centre. */
    private static double[] centre(ImageVolume image) {
        double sum = 0;
        double x = 0;
        double y = 0;
        for (int i = 0; i < image.pixels().length; i++) {
            sum += image.pixels()[i];
            x += image.pixels()[i] * (i % SIZE - SIZE / 2);
            y += image.pixels()[i] * (i / SIZE - SIZE / 2);
        }
        return new double[] {x / sum, y / sum};
    }

    private static float atSpot(ImageVolume image) {
        return image.pixel(SIZE / 2 + 4, SIZE / 2 - 3, 0);
    }

    @Test
    void allPartsOfAComplexImageAreGivenOut() throws ChainFormatException {
        Result result = run(
                new SpotScan(new double[] {0.005}, 30, Double.POSITIVE_INFINITY, 0, false).raw(Map.of()),
                "output: {phase: yes, real: yes, imaginary: yes}");
        assertThat(result.volumes())
                .extracting(ImageVolume::quantity)
                .containsExactly(Quantity.MAGNITUDE, Quantity.PHASE, Quantity.REAL, Quantity.IMAGINARY);
        assertThat(result.volumes()).extracting(ImageVolume::name).containsExactly("", "phase", "real", "imaginary");
        float magnitude = atSpot(result.volumes().get(0));
        double phase = -2 * Math.PI * 30 * 0.005;
        assertThat(atSpot(result.volumes().get(1))).isCloseTo((float) phase, within(0.02f));
        assertThat(atSpot(result.volumes().get(2))).isCloseTo((float) (magnitude * Math.cos(phase)), within(0.4f));
        assertThat(atSpot(result.volumes().get(3))).isCloseTo((float) (magnitude * Math.sin(phase)), within(0.4f));
        assertThat(result.complex().get(0).imaginary(0))
                .isEqualTo(result.volumes().get(3).pixels());
    }

    @Test
    void ofMagnitudesThereIsNoPhaseAndANoteSaysWhy() throws ChainFormatException {
        Result result = run(new SpotScan(0.005).raw(Map.of()), "root-sum-of-squares", "output: {phase: yes}");
        assertThat(result.volumes()).hasSize(1);
        assertThat(result.notes()).anyMatch(note -> note.contains("no phase of their own"));
        assertThatThrownBy(() -> run(new SpotScan(0.005).raw(Map.of()), "output: {magnitude: no}"))
                .isInstanceOf(ChainFormatException.class)
                .hasMessageContaining("nothing is given out");
    }

    @Test
    void bentGradientsAreStraightenedByWhatTheHeaderTells() throws ChainFormatException {
        // x and y both 4 % too long.
        String harmonics = "0.1 m: x 1,1 0.04; y 1,-1 0.04";
        RawData told = new SpotScan(0.005).raw(Map.of(GradientHarmonics.PARAMETER, harmonics));
        ImageVolume straight = run(told, "gradient-distortion").volumes().get(0);
        assertThat(centre(straight)[0]).isCloseTo(AT[0] / 1.04, within(0.01));
        assertThat(centre(straight)[1]).isCloseTo(AT[1] / 1.04, within(0.01));
        RawData untold = new SpotScan(0.005).raw(Map.of());
        assertThat(centre(run(untold, "gradient-distortion").volumes().get(0))[0])
                .isCloseTo(AT[0], within(1e-3));
        assertThat(centre(run(untold, "gradient-distortion: {harmonics: '" + harmonics + "'}")
                        .volumes()
                        .get(0))[0])
                .isCloseTo(AT[0] / 1.04, within(0.01));
        RawData damaged = new SpotScan(0.005).raw(Map.of(GradientHarmonics.PARAMETER, "0.1 m: x 1"));
        assertThat(run(damaged, "gradient-distortion").notes()).anyMatch(note -> note.contains("cannot be used"));
    }

    /** 500 Hz at 625 Hz per pixel; a hundred in an echo-planar image, where a line takes 1.6 ms and 20 Hz a pixel. */
    @ParameterizedTest
    @CsvSource({"500, false", "-400, false", "45, true"})
    void whatTheFieldMovedGoesBack(double hertz, boolean epi) throws ChainFormatException {
        SpotScan scan = new SpotScan(new double[] {0.005, 0.0055}, hertz, Double.POSITIVE_INFINITY, 0, epi);
        double[] moved = centre(run(scan.raw(Map.of())).volumes().get(0));
        assertThat(moved[0] - AT[0]).isCloseTo(hertz / 625, within(0.02));
        assertThat(moved[1] - AT[1]).isCloseTo(epi ? hertz / 19.53 : 0, within(0.02));
        double[] back = centre(run(scan.raw(Map.of()), "field-map", "field-distortion")
                .volumes()
                .get(0));
        assertThat(back[epi ? 1 : 0]).isCloseTo(AT[epi ? 1 : 0], within(0.05));
    }

    @Test
    void withoutAFieldMapANoteSaysWhatToDo() throws ChainFormatException {
        Result none = run(new SpotScan(0.005).raw(Map.of()), "field-distortion");
        assertThat(none.notes()).anyMatch(note -> note.contains("no field map: name the raw data"));
        Result missing = run(new SpotScan(0.005).raw(Map.of()), "field-distortion: {field-map: no-such-file.h5}");
        assertThat(missing.volumes()).hasSize(1);
        assertThat(missing.notes()).anyMatch(note -> note.contains("no-such-file.h5"));
    }

    @Test
    void severalEchoesGiveAMapOfTheirDecay() throws ChainFormatException {
        SpotScan scan = new SpotScan(new double[] {0.005, 0.015, 0.03, 0.05}, 0, 0.025, 1e-3, false);
        Result result = run(scan.raw(Map.of()), "root-sum-of-squares", "relaxation-map");
        assertThat(result.volumes())
                .extracting(ImageVolume::quantity)
                .endsWith(Quantity.MAGNITUDE, Quantity.T2_STAR, Quantity.T2_STAR_DEVIATION);
        assertThat(result.volumes().get(4).name()).isEqualTo("T2* map");
        assertThat(atSpot(result.volumes().get(4))).isCloseTo(25, within(1f));
        assertThat(atSpot(result.volumes().get(5))).isBetween(0.001f, 1f);
        Result single = run(new SpotScan(0.005).raw(Map.of()), "relaxation-map");
        assertThat(single.volumes()).hasSize(1);
        assertThat(single.notes()).anyMatch(note -> note.contains("no map was made"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"denoise", "root-sum-of-squares\n- denoise"})
    void noiseIsFoundAndTakenOff(String steps) throws ChainFormatException {
        SpotScan noisy = new SpotScan(new double[] {0.005}, 0, Double.POSITIVE_INFINITY, 0.02, false);
        ImageVolume truth = run(new SpotScan(0.005).raw(Map.of())).volumes().get(0);
        ImageVolume before = run(noisy.raw(Map.of())).volumes().get(0);
        Result after = run(noisy.raw(Map.of()), steps);
        assertThat(error(after.volumes().get(0), truth)).isLessThan(0.5 * error(before, truth));
        // Unscaled, a transform of 32 by 32 samples makes noise of 0.02 one of 0.64.
        assertThat(after.notes())
                .anyMatch(note -> note.matches("noise of standard deviation 0\\.[67]\\d* was taken off.*"));
    }

    private static double error(ImageVolume image, ImageVolume truth) {
        double squares = 0;
        for (int i = 0; i < image.pixels().length; i++) {
            double miss = image.pixels()[i] - truth.pixels()[i];
            squares += miss * miss;
        }
        return Math.sqrt(squares / image.pixels().length);
    }

    @Test
    void noiseOfASeriesIsTakenOffTogether() throws ChainFormatException {
        double[] echoes = {0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06};
        SpotScan noisy = new SpotScan(echoes, 0, 0.03, 0.02, false);
        List<ImageVolume> truth =
                run(new SpotScan(echoes, 0, 0.03, 0, false).raw(Map.of())).volumes();
        List<ImageVolume> before = run(noisy.raw(Map.of())).volumes();
        List<ImageVolume> after =
                run(noisy.raw(Map.of()), "denoise: {method: series}").volumes();
        assertThat(error(after.get(3), truth.get(3))).isLessThan(0.6 * error(before.get(3), truth.get(3)));
        Result two = run(new SpotScan(0.005, 0.01).raw(Map.of()), "denoise: {method: series}");
        assertThat(two.notes()).anyMatch(note -> note.contains("three at least"));
    }

    @Test
    void shadingIsTakenOffAllEchoesAlike() throws ChainFormatException {
        RawData raw = new SpotScan(new double[] {0.005, 0.02}, 0, 0.03, 0, false).raw(Map.of());
        List<ImageVolume> before = run(raw).volumes();
        List<ImageVolume> after = run(raw, "intensity: {order: 2}").volumes();
        assertThat(atSpot(after.get(1)) / atSpot(after.get(0)))
                .isCloseTo(atSpot(before.get(1)) / atSpot(before.get(0)), within(1e-4f));
        assertThat(after.get(0).pixel(SIZE / 2 + 8, SIZE / 2 - 3, 0) / atSpot(after.get(0)))
                .isGreaterThan(2 * before.get(0).pixel(SIZE / 2 + 8, SIZE / 2 - 3, 0) / atSpot(before.get(0)));
    }
}
