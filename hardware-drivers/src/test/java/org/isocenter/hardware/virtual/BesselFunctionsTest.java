package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against {@code scipy.special.jv} 1.10. */
class BesselFunctionsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 0, 0",
        "-0.03, 0.9997750126559336, -0.014998312563280063, 0.00011249156273730107, -6.327887699126295e-12",
        "0.049, 0.9993998400690084, 0.024492647673075834, 0.00030006495449503065, 7.355390388460556e-11",
        "0.051, 0.9993498556986288, 0.025491710210954574, 0.0003250545348839603, 8.984058870445484e-11",
        "12.5, 0.14688405470042104, -0.16548380461475978, -0.17336146343878261, 0.03473769976223966"
    })
    void areThoseOfWholeOrders(double z, double j0, double j1, double j2, double j5) {
        double[] values = new double[6];
        BesselFunctions.first(z, values);
        assertThat(new double[] {values[0], values[1], values[2], values[5]})
                .containsExactly(new double[] {j0, j1, j2, j5}, within(2e-15));
        assertThat(values[5]).isCloseTo(j5, within(1e-11 * Math.abs(j5)));
    }
}
