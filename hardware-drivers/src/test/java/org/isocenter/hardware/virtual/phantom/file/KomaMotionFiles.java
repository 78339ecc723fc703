package org.isocenter.hardware.virtual.phantom.file;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.isocenter.hardware.virtual.phantom.SpinList;

/** Writes files as KomaMRI does, with a single motion or several. */
public final class KomaMotionFiles {
    private KomaMotionFiles() {}

    /** Spins of water with T1 0.5 s and T2 0.1 s at these places, and what {@code motions} puts into {@code /motion}. */
    public static Path write(Path file, double[][] places, Consumer<WritableGroup> motions) {
        return write(file, places, 0.5, 0.1, motions);
    }

    /** As {@link #write(Path, double[][], Consumer)} with other relaxation times. */
    public static Path write(
            Path file, double[][] places, double t1Seconds, double t2Seconds, Consumer<WritableGroup> motions) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableGroup position = hdf.putGroup("position");
            WritableGroup contrast = hdf.putGroup("contrast");
            for (int axis = 0; axis < 3; axis++) {
                position.putDataset("xyz".substring(axis, axis + 1), places[axis]);
            }
            double[] t1 = new double[places[0].length];
            double[] t2 = new double[places[0].length];
            Arrays.fill(t1, t1Seconds);
            Arrays.fill(t2, t2Seconds);
            contrast.putDataset("T1", t1);
            contrast.putDataset("T2", t2);
            motions.accept(hdf.putGroup("motion"));
        }
        return file;
    }

    /** The group of one motion, without its action, of all spins; {@code range} null for all. */
    public static WritableGroup motion(WritableGroup motions, int number, double[] t, double[] share, String range) {
        WritableGroup motion = motions.putGroup("motion_" + number);
        WritableGroup time = motion.putGroup("time");
        time.putAttribute("type", "TimeCurve");
        time.putDataset("t", t);
        time.putDataset("t_unit", share);
        time.putAttribute("periodic", "false");
        time.putAttribute("periods", 1.0);
        WritableGroup spins = motion.putGroup("spins");
        spins.putAttribute("type", range == null ? "AllSpins" : "SpinRange");
        if (range != null) {
            spins.putAttribute("range", range);
        }
        return motion;
    }

    /** Adds an action of numbers: names and values in turn. */
    public static WritableGroup action(WritableGroup motion, String type, Object... namesAndNumbers) {
        WritableGroup action = motion.putGroup("action");
        action.putAttribute("type", type);
        for (int i = 0; i < namesAndNumbers.length; i += 2) {
            action.putAttribute((String) namesAndNumbers[i], ((Number) namesAndNumbers[i + 1]).doubleValue());
        }
        return action;
    }

    /** Adds a {@code Path}, or a {@code FlowPath} where nodes reset: displacements by node, then spin. */
    public static void path(WritableGroup motion, double[][] dx, double[][] dy, double[][] dz, int[][] reset) {
        WritableGroup action = action(motion, reset == null ? "Path" : "FlowPath");
        action.putDataset("dx", dx);
        action.putDataset("dy", dy);
        action.putDataset("dz", dz);
        if (reset != null) {
            action.putDataset("spin_reset", reset);
        }
    }

    /** What reading it gives. */
    public static SpinList read(Path file) throws PhantomFileException {
        return (SpinList) PhantomFiles.read(file, 1.5);
    }
}
