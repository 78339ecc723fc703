package org.isocenter.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalStringTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "20, 20",
        "1e7, 10000000",
        "-127.50000000000001, -127.5",
        "3.3000000000000003, 3.3",
        "9.399999999999999, 9.4",
        "0.3333333333333333, 0.33333333333333",
        "-0.7071067811865476, -0.7071067811865",
        "6.123233995736766e-17, 6.1232339957E-17",
        "-1.7976931348623157e308, -1.797693135E308",
        "4.9e-324, 4.9E-324",
        "123456789012345680, 1.23456789012E17",
        "1e15, 1000000000000000"
    })
    void aNumberKeepsAsManyDigitsAsSixteenCharactersHold(double value, String text) {
        assertThat(DecimalString.of(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyNumberFitsAndIsAsNearAsItsDigitsAllow(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40) - 20);
            String text = DecimalString.of(value);
            assertThat(text.length()).as("seed %d, %s", seed, value).isLessThanOrEqualTo(16);
            // Ten digits always have room beside a sign, a point and an exponent of two digits.
            BigDecimal tenDigits = new BigDecimal(value).round(new MathContext(10));
            assertThat(new BigDecimal(text).subtract(new BigDecimal(value)).abs())
                    .as("seed %d, %s", seed, value)
                    .isLessThanOrEqualTo(tenDigits.ulp().multiply(new BigDecimal("0.501")));
        }
    }
}
