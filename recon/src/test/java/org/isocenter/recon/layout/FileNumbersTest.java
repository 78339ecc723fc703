package org.isocenter.recon.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.isocenter.model.Readout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNumbersTest {
    /** More than are read at once, and no multiple of it. */
    private static final int COUNT = 50_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40, 65})
    void anyRunOfNumbersIsTakenOutOfTheMiddle(int step) throws Exception {
        Numbers numbers = inFile();
        int count = (COUNT - 1000) / step;
        float[] real = new float[count + 2];
        float[] imaginary = new float[count + 2];
        numbers.copy(999, step, count, real, imaginary, 1);
        for (int i = 0; i < count; i++) {
            assertThat(real[1 + i]).isEqualTo(999 + i * step);
            assertThat(imaginary[1 + i]).isEqualTo(-0.5f * (999 + i * step));
        }
        assertThat(real[0]).isZero();
        assertThat(real[count + 1]).isZero();
    }

    @Test
    void linesThatFollowEachOtherAreWholeAcrossWhatIsReadAtOnce() throws Exception {
        Numbers numbers = inFile();
        int line = 600;
        float[] real = new float[COUNT];
        float[] imaginary = new float[COUNT];
        for (int first = 0; first < COUNT; first += line) {
            numbers.copy(first, 1, Math.min(line, COUNT - first), real, imaginary, first);
        }
        for (int i = 0; i < COUNT; i++) {
            assertThat(real[i]).isEqualTo(i);
            assertThat(imaginary[i]).isEqualTo(-0.5f * i);
        }
    }

    @Test
    void zerosAreToldFromNumbers() throws Exception {
        Numbers numbers = inFile();
        assertThat(numbers.areZero(0, 1, 1)).isTrue();
        assertThat(numbers.areZero(0, 1, 2)).isFalse();
        assertThat(numbers.areZero(1, 1000, 4)).isFalse();
    }

    @Test
    void aLineWithAZeroInItsMiddleIsMeasuredWhereItsEndIs() throws Exception {
        Path file = folder.resolve("middle.npy");
        NpyFile.write(file, new int[] {5}, new float[5], new float[] {0, 0, 0, 0, 3});
        Numbers numbers = NpyFile.read(file).numbers();
        assertThat(numbers.areZero(0, 1, 5)).isFalse();
        assertThat(numbers.areZero(0, 1, 4)).isTrue();
    }

    @Test
    void oneChannelOfAReadoutEqualsItsPartOfAll() throws Exception {
        float[] values = new float[3 * 4 * 5];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 + i;
        }
        Path file = folder.resolve("a.npy");
        NpyFile.write(file, new int[] {3, 4, 5}, values, values);
        Readout readout =
                ArrayReader.read(ArrayFile.need(file), ArrayScan.UNTOLD).raw().readout(2);
        float[] real = new float[7];
        float[] imaginary = new float[7];
        readout.channel(1, real, imaginary, 2);
        assertThat(real).containsExactly(0, 0, 31, 32, 33, 34, 35);
        assertThat(imaginary).isEqualTo(real);
        assertThat(readout.real()).containsExactly(11, 12, 13, 14, 15, 31, 32, 33, 34, 35, 51, 52, 53, 54, 55);
    }

    @Test
    void aFileThatBecomesShorterWhileItIsReadIsAnError() throws Exception {
        Numbers numbers = inFile();
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
            file.setLength(100);
        }
        assertThatThrownBy(() -> numbers.copy(20_000, 1, 1000, new float[1000], new float[1000], 0))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("numbers.cfl")
                .hasMessageContaining("shorter");
    }

    private Path path() {
        return folder.resolve("numbers.cfl");
    }

    /** i - i/2 √-1. */
    private Numbers inFile() throws Exception {
        float[] real = new float[COUNT];
        float[] imaginary = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            real[i] = i;
            imaginary[i] = -0.5f * i;
        }
        CflFile.write(path(), new int[] {COUNT}, real, imaginary);
        NumberFormat format = NumberFormat.ofNumpy("c8", false);
        assertThat(format.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        return new FileNumbers(path(), 0, format, COUNT);
    }
}
