package org.isocenter.hardware.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CobsTest {
    private static byte[] stuff(byte[] bytes) {
        byte[] out = new byte[Cobs.stuffedBytes(bytes.length)];
        return Arrays.copyOf(out, Cobs.stuff(bytes, 0, bytes.length, out, 0));
    }

    /** The examples of Cheshire and Baker's paper and of its encyclopaedia article. */
    @ParameterizedTest
    @CsvSource({
        "'', 01",
        "00, 0101",
        "0000, 010101",
        "001100, 01021101",
        "11220033, 0311220233",
        "11223344, 0511223344",
        "11000000, 0211010101"
    })
    void theKnownExamplesComeOut(String plain, String stuffed) {
        byte[] out = stuff(HexFormat.of().parseHex(plain));
        assertThat(HexFormat.of().formatHex(out)).isEqualTo(stuffed);
    }

    @ParameterizedTest
    @ValueSource(ints = {253, 254, 255, 256, 508, 509, 510})
    void aRunWithoutZerosIsCutAfter254Bytes(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        byte[] out = stuff(bytes);
        assertThat(out).hasSize(length + Math.max(1, (length + 253) / 254));
        assertThat(out[0] & 0xff).isEqualTo(Math.min(255, length + 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverIsStuffedComesBackAndHasNoZeros(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 500; n++) {
            byte[] bytes = new byte[random.nextInt(1200)];
            random.nextBytes(bytes);
            int zeros = random.nextInt(4);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = random.nextInt(10) < zeros || zeros == 0 && bytes[i] == 0
                        ? (byte) (zeros == 0 ? 1 : 0)
                        : bytes[i];
            }
            byte[] line = stuff(bytes);
            for (byte each : line) {
                assertThat(each).as("seed %d, case %d", seed, n).isNotZero();
            }
            int length = Cobs.unstuff(line, line.length);
            assertThat(Arrays.copyOf(line, length))
                    .as("seed %d, case %d", seed, n)
                    .isEqualTo(bytes);
        }
    }

    @Test
    void aBlockThatReachesPastTheEndIsRefused() {
        assertThat(Cobs.unstuff(new byte[] {5, 1, 2}, 3)).isEqualTo(-1);
    }
}
