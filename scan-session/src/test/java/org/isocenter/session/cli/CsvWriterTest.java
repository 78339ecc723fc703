package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {
    private static String numbers(double... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CsvWriter csv = new CsvWriter(bytes);
        for (double value : values) {
            csv.number(value);
            csv.endRow();
        }
        csv.flush();
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0.0,0",
        "1,1",
        "-1.5,-1.5",
        "100,100",
        "1e-9,0.000000001",
        "-4e-10,0",
        "0.1,0.1",
        "-218.181818181818,-218.181818182",
        "1e12,1.0E12",
        "NaN,NaN"
    })
    void aNumberIsAPlainDecimal(double value, String text) throws IOException {
        assertThat(numbers(value)).isEqualTo(text + "\n");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void numbersReadBackToNineDecimals(long seed) throws IOException {
        Random random = new Random(seed);
        double[] values = random.doubles(20_000)
                .map(x -> (x - 0.5) * Math.pow(10, random.nextInt(12)))
                .toArray();
        List<String> lines = numbers(values).lines().toList();
        assertThat(lines).as("seed %d", seed).hasSize(values.length);
        for (int i = 0; i < values.length; i++) {
            double error = 5.1e-10 + 2 * Math.ulp(values[i]);
            assertThat(Double.parseDouble(lines.get(i))).isCloseTo(values[i], within(error));
        }
    }
}
