package org.isocenter.hardware.virtual.phantom.file;

import java.nio.file.Path;
import java.util.Arrays;
import org.isocenter.hardware.virtual.phantom.SpinList;

/**
 * KomaMRI's {@code .phantom} files: {@code /position/x, y, z} (m) and {@code /contrast/ρ, T1, T2, T2s} (s), {@code Δw}
 * (rad/s), {@code Dλ1, Dλ2} (m²/s), one value per spin. What is missing has KomaMRI's default: ρ 1, T1 1000 s, T2 500 s,
 * the rest none. (KomaMRI 0.9, {@code KomaMRIFiles/src/Phantom/Phantom.jl}.)
 *
 * <p>KomaMRI's Bloch equation is JEMRIS': see {@link JemrisSample} for the signs. T2s below T2 is a Lorentzian spread.
 * Diffusion is taken as the mean of the two, alike in all directions. Such a file does not say how large a voxel is: a spin
 * of ρ = 1 stands for 1 mm³ of water. {@link KomaMotions} reads how spins move.
 */
final class KomaPhantom {
    private static final double CUBIC_METERS_PER_SPIN = 1e-9;
    private static final double DEFAULT_T1_SECONDS = 1000;
    private static final double DEFAULT_T2_SECONDS = 500;

    private final Path path;
    private final HdfNumbers file;
    private int spins;

    private KomaPhantom(Path path, HdfNumbers file) {
        this.path = path;
        this.file = file;
    }

    static SpinList read(Path path, String name, HdfNumbers file) throws PhantomFileException {
        return new KomaPhantom(path, file).spins(name);
    }

    private SpinList spins(String name) throws PhantomFileException {
        for (String axis : new String[] {"x", "y", "z"}) {
            if (spins == 0 && file.has("position/" + axis)) {
                spins = file.read("position/" + axis).values().length;
            }
        }
        if (spins == 0) {
            throw new PhantomFileException(
                    path, "datasets /position/x, y, z are missing: neither JEMRIS nor KomaMRI wrote this");
        }
        double[] t2 = values("contrast/T2", DEFAULT_T2_SECONDS);
        double[] t2Star = values("contrast/T2s", Double.POSITIVE_INFINITY);
        double[] offset = values("contrast/Δw", 0);
        double[] first = values("contrast/Dλ1", 0);
        double[] second = values("contrast/Dλ2", 0);
        double[] t2Prime = new double[spins];
        double[] diffusion = new double[spins];
        for (int i = 0; i < spins; i++) {
            t2Prime[i] = 1 / Math.max(0, 1 / t2Star[i] - 1 / t2[i]);
            offset[i] /= 2 * Math.PI;
            diffusion[i] = 0.5 * (first[i] + second[i]);
        }
        double[][] places = {values("position/x", 0), values("position/y", 0), values("position/z", 0)};
        return new SpinList.Builder(name, CUBIC_METERS_PER_SPIN)
                .places(places[0], places[1], places[2])
                .motion(KomaMotions.read(path, file, places))
                .contrast(values("contrast/ρ", 1), values("contrast/T1", DEFAULT_T1_SECONDS), t2)
                .spread(t2Prime)
                .diffusion(diffusion)
                .offsets(offset)
                .build();
    }

    private double[] values(String name, double otherwise) throws PhantomFileException {
        if (!file.has(name)) {
            double[] same = new double[spins];
            Arrays.fill(same, otherwise);
            return same;
        }
        double[] values = file.read(name).values();
        if (values.length != spins) {
            throw new PhantomFileException(
                    path, "dataset /" + name + " has " + values.length + " values for " + spins + " spins");
        }
        return values;
    }
}
