package org.isocenter.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isocenter.model.GradientHarmonics.Term;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradientHarmonicsTest {
    private static final double X = 0.3;
    private static final double Y = -0.7;
    private static final double Z = 0.4;

    private static double harmonic(int degree, int order) {
        double[] seen = new double[3];
        new GradientHarmonics(1, List.of(new Term(0, degree, order, 1))).seen(X, Y, Z, seen);
        return seen[0] - X;
    }

    /** Schmidt's harmonics in Cartesian coordinates, as tables have them. */
    @Test
    void harmonicsAreThoseOfTheTables() {
        double rr = X * X + Y * Y + Z * Z;
        assertThat(harmonic(0, 0)).isCloseTo(1, within(1e-12));
        assertThat(harmonic(1, 1)).isCloseTo(X, within(1e-12));
        assertThat(harmonic(1, -1)).isCloseTo(Y, within(1e-12));
        assertThat(harmonic(1, 0)).isCloseTo(Z, within(1e-12));
        assertThat(harmonic(2, 2)).isCloseTo(Math.sqrt(3) / 2 * (X * X - Y * Y), within(1e-12));
        assertThat(harmonic(2, -1)).isCloseTo(Math.sqrt(3) * Y * Z, within(1e-12));
        assertThat(harmonic(3, 0)).isCloseTo((5 * Z * Z * Z - 3 * Z * rr) / 2, within(1e-12));
        assertThat(harmonic(3, 1)).isCloseTo(Math.sqrt(3.0 / 8) * X * (5 * Z * Z - rr), within(1e-12));
        assertThat(harmonic(3, -3)).isCloseTo(Math.sqrt(5.0 / 8) * (3 * X * X * Y - Y * Y * Y), within(1e-12));
        assertThat(harmonic(4, -2)).isCloseTo(Math.sqrt(5) / 4 * 2 * X * Y * (7 * Z * Z - rr), within(1e-12));
    }

    @Test
    void lengthsScaleWithTheReferenceRadius() {
        GradientHarmonics harmonics = new GradientHarmonics(0.1, List.of(new Term(2, 3, 0, 0.03)));
        double[] seen = new double[3];
        harmonics.seen(0, 0, 0.1, seen);
        assertThat(seen[2]).isCloseTo(0.103, within(1e-12));
        harmonics.seen(0, 0, 0.05, seen);
        assertThat(seen[2]).isCloseTo(0.05 + 0.003 / 8, within(1e-12));
    }

    @Test
    void textIsReadBack() {
        GradientHarmonics harmonics =
                new GradientHarmonics(0.1, List.of(new Term(0, 3, 1, -0.0125), new Term(1, 5, -5, 1e-4)));
        assertThat(harmonics.text()).isEqualTo("0.1 m: x 3,1 -0.0125; y 5,-5 1.0E-4");
        assertThat(GradientHarmonics.parse(harmonics.text())).isEqualTo(harmonics);
        assertThat(GradientHarmonics.parse(GradientHarmonics.NONE.text()).isNone())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.1", "0.1: x 3,1 2", "0.1 m: w 3,1 2", "0.1 m: x 3 1", "0 m:", "0.1 m: x 3,4 1"})
    void nonsenseIsRefused(String text) {
        assertThatThrownBy(() -> GradientHarmonics.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"3, 3, 1", "0, 21, 0", "0, 2, -3"})
    void termsThatCannotBeAreRefused(int axis, int degree, int order) {
        assertThatThrownBy(() -> new Term(axis, degree, order, 1)).hasMessageContaining("no such harmonic");
    }
}
