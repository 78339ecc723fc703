package org.isocenter.hardware.virtual.phantom.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in a file, reading it gives a phantom or says what is wrong. */
class DamagedPhantomFilesTest {
    private static final int TRIES = 100;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.nii", "b.nii", "a.h5", "a.phantom"})
    void damagedFilesAreReadOrRefused(String name) throws IOException {
        Path file = folder.resolve(name);
        byte[] whole = whole(name, file);
        int refused = 0;
        for (long seed = 1; seed <= TRIES; seed++) {
            Random random = new Random(seed);
            byte[] damaged = whole.clone();
            int changes = 1 + random.nextInt(8);
            for (int i = 0; i < changes; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? -1 : random.nextInt(256));
            }
            if (random.nextInt(4) == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            Files.write(file, damaged);
            try {
                PhantomFiles.read(file, 1.5);
            } catch (PhantomFileException e) {
                assertThat(e).hasMessageContaining(name);
                refused++;
            } catch (RuntimeException | Error e) {
                fail(name + ", seed " + seed, e);
            }
        }
        assertThat(refused).isPositive();
    }

    private byte[] whole(String name, Path file) throws IOException {
        switch (name) {
            case "a.nii" -> Files.write(file, NiftiLabelsTest.file(false, ByteOrder.LITTLE_ENDIAN, 4, false));
            case "b.nii" -> Files.write(file, NiftiLabelsTest.file(true, ByteOrder.BIG_ENDIAN, 16, true));
            case "a.h5" -> SpinFilesTest.jemris(file, 0, 1);
            default -> SpinFilesTest.koma(file, "T2s");
        }
        byte[] whole = Files.readAllBytes(file);
        assertThat(PhantomFiles.read(file, 1.5).materials()).isNotEmpty();
        return whole;
    }
}
