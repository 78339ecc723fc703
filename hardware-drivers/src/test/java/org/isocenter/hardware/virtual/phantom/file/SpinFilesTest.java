package org.isocenter.hardware.virtual.phantom.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpinFilesTest {
    @TempDir
    Path folder;

    /** Two rows of three cells of 2 x 4 x 5 mm; the cell in the middle of the first row is empty. */
    static Path jemris(Path file, double r2Star, double m0) {
        double[][][] data = new double[2][3][];
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 3; x++) {
                data[y][x] = new double[] {y == 0 && x == 1 ? 0 : m0, 0.001, 0.01 * (1 + y), r2Star, 2 * Math.PI * x};
            }
        }
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableGroup sample = hdf.putGroup("sample");
            sample.putDataset("data", data);
            sample.putDataset("resolution", new double[][] {{2}, {4}, {5}});
            sample.putDataset("offset", new double[][] {{10}, {0}, {-3}});
        }
        return file;
    }

    static Path koma(Path file, String leftOut) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableGroup position = hdf.putGroup("position");
            position.putDataset("x", new double[] {0.01, 0.02});
            position.putDataset("y", new double[] {0, -0.01});
            WritableGroup contrast = hdf.putGroup("contrast");
            for (String name : new String[] {"ρ", "T1", "T2", "T2s", "Δw"}) {
                if (!name.equals(leftOut)) {
                    contrast.putDataset(name, name.equals("Δw") ? new double[] {0, -Math.PI} : new double[] {0.5, 0.5});
                }
            }
        }
        return file;
    }

    private SpinList read(Path file) throws PhantomFileException {
        return (SpinList) PhantomFiles.read(file, 1.5);
    }

    @Test
    void cellsOfJemrisHaveASpinInTheirMiddle() throws PhantomFileException {
        SpinList spins = read(jemris(folder.resolve("a.h5"), 0, 0.7));
        assertThat(spins.count()).isEqualTo(5);
        assertThat(spins.cubicMetersPerSpin()).isCloseTo(40e-9, within(1e-15));
        // The third spin is the first cell of the second row.
        assertThat(spins.xMeters(2)).isCloseTo(0.008f, within(1e-7f));
        assertThat(spins.yMeters(2)).isCloseTo(0.002f, within(1e-7f));
        assertThat(spins.zMeters(2)).isCloseTo(-0.003f, within(1e-7f));
        assertThat(spins.density(2)).isEqualTo(0.7f);
        assertThat(spins.offsetHertz(4)).isCloseTo(2, within(1e-5f));
        assertThat(spins.materials().get(spins.material(2)).t2Seconds()).isCloseTo(0.05, within(1e-9));
        assertThat(spins.materials().get(spins.material(0)).t1Seconds()).isCloseTo(1, within(1e-9));
    }

    @Test
    void aShorterT2StarBecomesASpreadOfFrequenciesOfTheSameWeight() throws PhantomFileException {
        assertThat(read(jemris(folder.resolve("b.h5"), 0.04, 1)).count()).isEqualTo(5 * 16);
        int voxels = 500;
        double[] ones = new double[voxels];
        Arrays.fill(ones, 1);
        double[] t2Prime = new double[voxels];
        Arrays.fill(t2Prime, 0.05);
        SpinList spins = new SpinList.Builder("spread", 1e-9)
                .places(new double[voxels], new double[voxels], new double[voxels])
                .contrast(ones, ones, ones)
                .spread(t2Prime)
                .build();
        for (double seconds : new double[] {0.01, 0.05, 0.1}) {
            double re = 0;
            double all = 0;
            for (int i = 0; i < spins.count(); i++) {
                re += spins.density(i) * Math.cos(2 * Math.PI * spins.offsetHertz(i) * seconds);
                all += spins.density(i);
            }
            assertThat(all).isCloseTo(voxels, within(1e-2));
            assertThat(re / all).isCloseTo(Math.exp(-seconds / 0.05), within(0.003));
        }
    }

    @Test
    void whatAFileOfKomaLeavesOutHasItsDefault() throws PhantomFileException {
        SpinList spins = read(koma(folder.resolve("c.phantom"), "T2s"));
        assertThat(spins.count()).isEqualTo(2);
        assertThat(spins.yMeters(1)).isEqualTo(-0.01f);
        assertThat(spins.zMeters(1)).isZero();
        assertThat(spins.offsetHertz(1)).isCloseTo(-0.5f, within(1e-6f));
        assertThat(read(koma(folder.resolve("d.phantom"), "T1"))
                        .materials()
                        .get(0)
                        .t1Seconds())
                .isEqualTo(1000);
    }

    @Test
    void manyRelaxationTimesAreRoundedToFewWithoutHarm() {
        int spins = 4000;
        double[] t1 = new double[spins];
        double[] t2 = new double[spins];
        double[] ones = new double[spins];
        Arrays.fill(ones, 1);
        for (int i = 0; i < spins; i++) {
            t1[i] = 1;
            t2[i] = 0.05 * (1 + 0.02 * i / spins);
        }
        double[] zero = new double[spins];
        SpinList list = new SpinList.Builder("many", 1e-9)
                .places(zero, zero, zero)
                .contrast(ones, t1, t2)
                .build();
        assertThat(list.materials().size()).isLessThanOrEqualTo(512);
        double largest = 0;
        for (int i = 0; i < spins; i++) {
            double rounded = list.materials().get(list.material(i)).t2Seconds();
            largest = Math.max(largest, Math.abs(rounded / t2[i] - 1));
        }
        assertThat(largest).isLessThan(1.01e-4);
    }

    @Test
    void mistakesAreNamedWithFileAndPlace() throws Exception {
        assertThatThrownBy(() -> read(folder.resolve("none.h5"))).hasMessageContaining("there is no such file");
        Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5");
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(PhantomFileException.class)
                .hasMessageContaining("text.h5: this is no HDF5 file");
        Path empty = jemris(folder.resolve("empty.h5"), 0, 0);
        assertThatThrownBy(() -> read(empty)).hasMessageContaining("no spin of /sample/data has an M0");
        Path other = folder.resolve("other.h5");
        HdfFile.write(other).close();
        assertThatThrownBy(() -> read(other)).hasMessageContaining("datasets /position/x, y, z are missing");
        Path negative = koma(folder.resolve("negative.phantom"), "T1");
        try (WritableHdfFile hdf = HdfFile.write(negative)) {
            hdf.putGroup("position").putDataset("x", new double[] {0, 1});
            hdf.putGroup("contrast").putDataset("T1", new double[] {1, -1});
        }
        assertThatThrownBy(() -> read(negative)).hasMessageContaining("spin 2 has T1 -1.0 s");
    }
}
