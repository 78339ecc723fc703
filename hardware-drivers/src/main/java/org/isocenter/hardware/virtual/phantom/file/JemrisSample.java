package org.isocenter.hardware.virtual.phantom.file;

import java.nio.file.Path;
import java.util.Arrays;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.hardware.virtual.phantom.file.HdfNumbers.Numbers;

/**
 * JEMRIS' sample files: {@code /sample/data} with M0, 1/T1, 1/T2, 1/T2* (1/ms) and the offset ΔB (rad/s) of the spins of a
 * grid, type fastest, then x, y, z; {@code resolution} and {@code offset} in mm. A spin stands in the middle of its cell,
 * and the grid's middle at the offset. (JEMRIS 2.9, {@code Sample.cpp}, {@code writeSample.m}.)
 *
 * <p>JEMRIS turns spins clockwise, and its axes are its gradients'. Since this project's receiver conjugates
 * (docs/decisions/0002), the same places and {@code ΔB/2π} Hz give the same signal; nothing is mirrored.
 *
 * <p>1/T2* larger than 1/T2 is a Lorentzian spread; JEMRIS draws one random frequency per spin from it, here each spin is
 * split in equal shares of it. Files with 1/T2* = 0 or below 1/T2 mean none. Several pools of a voxel (a fifth dimension)
 * are taken as separate spins; exchange between them is not simulated.
 *
 * <p>A spin of M0 = 1 carries the magnetisation of one cell full of water. JEMRIS' own signal is the mean over the spins:
 * this simulator's samples, in millilitres, are that times the number of spins and a cell's millilitres.
 */
final class JemrisSample {
    private static final int M0 = 0;
    private static final int R1 = 1;
    private static final int R2 = 2;
    private static final int R2_STAR = 3;
    private static final int OFFSET = 4;
    private static final int PROPERTIES = 5;
    private static final double MM = 1e-3;
    private static final double PER_MS = 1e3;

    private final Path path;
    private final Numbers data;
    private final double[] resolution;
    private final double[] offset;

    private JemrisSample(Path path, HdfNumbers file) throws PhantomFileException {
        this.path = path;
        data = file.read("sample/data");
        resolution = three(file, "sample/resolution");
        offset = three(file, "sample/offset");
    }

    static SpinList read(Path path, String name, HdfNumbers file) throws PhantomFileException {
        return new JemrisSample(path, file).spins(name);
    }

    private double[] three(HdfNumbers file, String name) throws PhantomFileException {
        double[] values = file.read(name).values();
        if (values.length != 3) {
            throw new PhantomFileException(path, "dataset /" + name + " must hold three numbers in mm");
        }
        return values;
    }

    private SpinList spins(String name) throws PhantomFileException {
        int[] d = data.dimensions();
        int dims = d.length;
        if (dims < 2 || dims > 5 || d[dims - 1] != PROPERTIES) {
            throw new PhantomFileException(
                    path,
                    "dataset /sample/data must have the dimensions z, y, x and 5 (M0, 1/T1, 1/T2, 1/T2*, offset), not "
                            + Arrays.toString(d));
        }
        int pools = dims == 5 ? d[3] : 1;
        int before = dims == 5 ? dims - 2 : dims - 1;
        int[] cells = {1, 1, 1};
        for (int axis = 0; axis < before; axis++) {
            cells[axis] = d[before - 1 - axis];
        }
        int[] found = listed();
        double[][] place = new double[3][found.length];
        double[][] value = new double[PROPERTIES][found.length];
        for (int i = 0; i < found.length; i++) {
            int cell = found[i] / pools;
            int[] at = {cell % cells[0], cell / cells[0] % cells[1], cell / cells[0] / cells[1]};
            for (int axis = 0; axis < 3; axis++) {
                place[axis][i] = ((at[axis] - 0.5 * (cells[axis] - 1)) * resolution[axis] + offset[axis]) * MM;
            }
            for (int p = 0; p < PROPERTIES; p++) {
                value[p][i] = data.values()[found[i] * PROPERTIES + p];
            }
        }
        return build(name, place, value);
    }

    /** The spins that have magnetisation. */
    private int[] listed() throws PhantomFileException {
        double[] values = data.values();
        int[] found = new int[values.length / PROPERTIES];
        int count = 0;
        for (int i = 0; i < found.length; i++) {
            if (values[i * PROPERTIES + M0] > 0) {
                found[count++] = i;
            }
        }
        if (count == 0) {
            throw new PhantomFileException(path, "no spin of /sample/data has an M0");
        }
        return Arrays.copyOf(found, count);
    }

    private SpinList build(String name, double[][] place, double[][] value) {
        int n = value[M0].length;
        double[] t1 = new double[n];
        double[] t2 = new double[n];
        double[] t2Prime = new double[n];
        double[] hertz = new double[n];
        for (int i = 0; i < n; i++) {
            t1[i] = 1 / (value[R1][i] * PER_MS);
            t2[i] = 1 / (value[R2][i] * PER_MS);
            t2Prime[i] = 1 / (Math.max(0, value[R2_STAR][i] - value[R2][i]) * PER_MS);
            hertz[i] = value[OFFSET][i] / (2 * Math.PI);
        }
        double cubicMeters = Math.abs(resolution[0] * resolution[1] * resolution[2]) * MM * MM * MM;
        return new SpinList.Builder(name, cubicMeters)
                .places(place[0], place[1], place[2])
                .contrast(value[M0], t1, t2)
                .spread(t2Prime)
                .offsets(hertz)
                .build();
    }
}
