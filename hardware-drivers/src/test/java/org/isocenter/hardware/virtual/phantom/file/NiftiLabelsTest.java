package org.isocenter.hardware.virtual.phantom.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.isocenter.hardware.virtual.phantom.FieldShift;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NiftiLabelsTest {
    private static final int UINT8 = 2;
    private static final int INT16 = 4;
    private static final int FLOAT32 = 16;
    private static final int FLOAT64 = 64;

    @TempDir
    Path folder;

    /** A file of 3 x 2 x 2 voxels of 20 mm: all grey, but the first along i cerebrospinal fluid, the last k white. */
    static byte[] file(boolean two, ByteOrder order, int type, boolean quaternion) {
        int start = two ? 544 : 352;
        int bytes = type == UINT8 ? 1 : type == INT16 ? 2 : type == FLOAT32 ? 4 : 8;
        ByteBuffer b = ByteBuffer.allocate(start + 12 * bytes).order(order);
        b.putInt(0, two ? 540 : 348);
        long[] dim = {3, 3, 2, 2, 1, 1, 1, 1};
        for (int i = 0; i < 8; i++) {
            if (two) {
                b.putLong(16 + 8 * i, dim[i]);
                b.putDouble(104 + 8 * i, i == 0 ? 1 : 20);
            } else {
                b.putShort(40 + 2 * i, (short) dim[i]);
                b.putFloat(76 + 4 * i, i == 0 ? 1 : 20);
            }
        }
        b.putShort(two ? 12 : 70, (short) type);
        double[] origin = {-20, -10, -10};
        if (two) {
            b.put(4, new byte[] {'n', '+', '2', 0, '\r', '\n', 26, '\n'});
            b.putLong(168, start);
            b.putInt(quaternion ? 344 : 348, 1);
        } else {
            b.put(344, new byte[] {'n', '+', '1', 0});
            b.putFloat(108, start);
            b.putShort(quaternion ? 252 : 254, (short) 1);
        }
        for (int row = 0; row < 3; row++) {
            if (two) {
                b.putDouble(376 + 8 * row, origin[row]);
                b.putDouble(400 + 32 * row + 8 * row, 20);
                b.putDouble(400 + 32 * row + 24, origin[row]);
            } else {
                b.putFloat(268 + 4 * row, (float) origin[row]);
                b.putFloat(280 + 16 * row + 4 * row, 20);
                b.putFloat(280 + 16 * row + 12, (float) origin[row]);
            }
        }
        b.put(two ? 500 : 123, (byte) 2);
        b.position(start);
        for (int v = 0; v < 12; v++) {
            int label = v / 6 == 1 ? 3 : v % 3 == 0 ? 1 : 2;
            switch (type) {
                case UINT8 -> b.put((byte) label);
                case INT16 -> b.putShort((short) label);
                case FLOAT32 -> b.putFloat(label);
                default -> b.putDouble(label);
            }
        }
        return b.array();
    }

    private Phantom read(String name, byte[] bytes) throws IOException {
        return PhantomFiles.read(Files.write(folder.resolve(name), bytes), 1.5);
    }

    @ParameterizedTest
    @CsvSource({
        "false, true, 2, false",
        "false, false, 4, false",
        "true, true, 16, false",
        "true, false, 64, false",
        "false, true, 16, true",
        "true, false, 2, true"
    })
    void bothVersionsAndByteOrdersPutLabelsWhereTheyBelong(boolean two, boolean little, int type, boolean quaternion)
            throws IOException {
        ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        Phantom phantom = read("head.nii", file(two, order, type, quaternion));

        // i grows to the patient's right, so the first voxel along i, at -20 mm right, lies at +20 mm left.
        assertThat(tissue(phantom, 0.020, 0.010, -0.010)).isEqualTo("cerebrospinal fluid");
        assertThat(tissue(phantom, 0.000, 0.010, -0.010)).isEqualTo("grey matter");
        assertThat(tissue(phantom, -0.029, -0.019, -0.001)).isEqualTo("grey matter");
        assertThat(tissue(phantom, 0.020, 0.010, 0.010)).isEqualTo("white matter");
        assertThat(phantom.materialAt(0.031, 0.010, 0.010)).isEqualTo(-1);
        assertThat(phantom.materialAt(0.020, 0.021, 0.010)).isEqualTo(-1);
        assertThat(phantom.halfExtentMeters().x()).isCloseTo(0.030, within(1e-9));
        assertThat(phantom.halfExtentMeters().z()).isCloseTo(0.020, within(1e-9));
    }

    @Test
    void packedFilesAreUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(file(false, ByteOrder.LITTLE_ENDIAN, INT16, false));
        }
        assertThat(tissue(read("head.nii.gz", packed.toByteArray()), 0, 0.01, -0.01))
                .isEqualTo("grey matter");
    }

    @Test
    void aTableBesideTheVolumeSaysWhatLabelsMean() throws IOException {
        Files.writeString(
                folder.resolve("gel.labels.tsv"),
                "label\tname\tdensity\tt1Seconds\tt2Seconds\tshiftPpm\n1\tair\t0\t\t\t\n2\tgel\t0.5\t0.3\t0.1\t\n"
                        + "3\tgel\t0.5\t0.3\t0.1\t\n3\toil\t0.4\t0.2\t0.05\t-3.4\n");
        Phantom phantom = read("gel.nii", file(false, ByteOrder.LITTLE_ENDIAN, UINT8, false));
        assertThat(phantom.materialAt(0.020, 0.010, -0.010)).isEqualTo(-1);
        assertThat(tissue(phantom, 0, 0.010, -0.010)).isEqualTo("gel");
        int shared = phantom.materialAt(0, 0.010, 0.010);
        assertThat(phantom.mixtures().get(shared))
                .extracting(pool -> phantom.materials().get(pool).name())
                .containsExactly("gel", "oil");
    }

    @Test
    void aYamlTableIsReadToo() throws IOException {
        String entry =
                "  - {label: %d, name: jelly %d, density: 0.9, t1Seconds: 0.4, t2Seconds: 0.2, t2PrimeSeconds: 0.1}%n";
        Files.writeString(
                folder.resolve("jelly.labels.yaml"), "labels:\n" + String.format(entry.repeat(3), 1, 1, 2, 2, 3, 3));
        Phantom phantom = read("jelly.nii", file(false, ByteOrder.LITTLE_ENDIAN, UINT8, false));
        assertThat(tissue(phantom, 0, 0.010, -0.010)).isEqualTo("jelly 2");
        assertThat(phantom.materials().get(0).t2PrimeSeconds()).isEqualTo(0.1);
    }

    @Test
    void mistakesInATableAreNamed() throws IOException {
        Path table = folder.resolve("bad.labels.tsv");
        byte[] volume = file(false, ByteOrder.LITTLE_ENDIAN, UINT8, false);
        Files.writeString(table, "label\tname\tdensity\tt1Seconds\tt2Seconds\n1\ta\t1\tshort\t0.1\n");
        assertThatThrownBy(() -> read("bad.nii", volume))
                .isInstanceOf(PhantomFileException.class)
                .hasMessageContaining("bad.labels.tsv: entry 1: t1Seconds is 'short', expected a number from");
        Files.writeString(table, "label\tT1\n1\t1\n");
        assertThatThrownBy(() -> read("bad.nii", volume)).hasMessageContaining("'T1' is not known; known are label,");
        Files.writeString(table, "label\tdensity\tt1Seconds\tt2Seconds\n1\t1\t1\t1\n");
        assertThatThrownBy(() -> read("bad.nii", volume)).hasMessageContaining("label 2, which is not in the table");
    }

    @Test
    void aVolumeOfIntensitiesIsNoLabelVolume() {
        byte[] bytes = file(false, ByteOrder.LITTLE_ENDIAN, FLOAT32, false);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(352 + 4 * 7, 0.37f);
        assertThatThrownBy(() -> read("t1.nii", bytes)).hasMessageContaining("voxel (1, 0, 1) is 0.37");
    }

    @Test
    void anAbsurdSizeIsRefusedBeforeMemoryIsSetAside() {
        byte[] bytes = file(true, ByteOrder.LITTLE_ENDIAN, FLOAT64, false);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(16 + 8, Long.MAX_VALUE / 3);
        assertThatThrownBy(() -> read("huge.nii", bytes))
                .isInstanceOf(PhantomFileException.class)
                .hasMessageContaining("dimension 1 is");
    }

    @Test
    void aVolumeFarFromTheIsocentreIsRefused() {
        byte[] bytes = file(false, ByteOrder.LITTLE_ENDIAN, UINT8, false);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(280 + 32 + 12, 900);
        assertThatThrownBy(() -> read("far.nii", bytes)).hasMessageContaining("along z, far from the isocentre");
    }

    private static String tissue(Phantom phantom, double x, double y, double z) {
        int mixture = phantom.materialAt(x, y, z);
        assertThat(mixture).isNotNegative();
        return phantom.materials().get(phantom.mixtures().get(mixture).get(0)).name();
    }

    @Test
    void aSusceptibilityInTheTableShiftsTheFieldAndAbsentOnesAreThatOfWaterOrAir() throws IOException {
        byte[] file = file(false, ByteOrder.LITTLE_ENDIAN, UINT8, false);
        String columns = "label\tdensity\tt1Seconds\tt2Seconds\tsusceptibilityPpm\n";
        String others = "2\t1\t1\t0.1\t\n3\t1\t1\t0.1\t\n";
        Files.writeString(folder.resolve("head.labels.tsv"), columns + "1\t1\t1\t0.1\t-9.05\n" + others);
        FieldShift same = read("head.nii", file).fieldShift(Vec3.Z, () -> false);
        Files.writeString(folder.resolve("head.labels.tsv"), columns + "1\t0\t\t\t0.36\n" + others);
        FieldShift explicit = read("head.nii", file).fieldShift(Vec3.Z, () -> false);
        Files.writeString(
                folder.resolve("head.labels.tsv"), columns + "1\t0\t\t\t\n2\t1\t1\t0.1\t-9.05\n3\t1\t1\t0.1\t\n");
        FieldShift absent = read("head.nii", file).fieldShift(Vec3.Z, () -> false);
        assertThat(explicit.ppmAt(0, 0, 0)).isEqualTo(absent.ppmAt(0, 0, 0)).isNotEqualTo(same.ppmAt(0, 0, 0));

        Files.writeString(folder.resolve("head.labels.tsv"), columns + "1\t1\t1\t0.1\twater\n" + others);
        assertThatThrownBy(() -> read("head.nii", file)).hasMessageContaining("susceptibilityPpm is 'water'");
    }
}
