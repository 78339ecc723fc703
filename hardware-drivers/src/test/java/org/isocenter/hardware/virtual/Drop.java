package org.isocenter.hardware.virtual;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.ProfileFormatException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.model.Vec3;

/** A drop of water that lasts for ever, at a point: its phase tells what fields it has seen. */
record Drop(Vec3 place) {
    static final Material WATER = new Material("water", 1, 1e4, 1e4);

    /** One millilitre at a point. */
    SpinList phantom() {
        return new SpinList.Builder("drop", 1e-6)
                .places(new double[] {place.x()}, new double[] {place.y()}, new double[] {place.z()})
                .contrast(new double[] {1}, new double[] {1e4}, new double[] {1e4})
                .build();
    }

    /** By how many turns, to the nearest whole one, it is ahead of where it is on a perfect scanner; by window and sample. */
    double[][] turnsAhead(Experiment experiment, Imperfections imperfections) {
        Experiment.Result perfect = experiment.on(phantom());
        Experiment.Result found = experiment.on(phantom(), imperfections);
        double[][] turns = new double[found.re().size()][];
        for (int window = 0; window < turns.length; window++) {
            turns[window] = new double[found.re().get(window).length];
            for (int sample = 0; sample < turns[window].length; sample++) {
                // The receiver conjugates.
                double angle = perfect.phase(window, sample) - found.phase(window, sample);
                turns[window][sample] = Math.IEEEremainder(angle, 2 * Math.PI) / (2 * Math.PI);
            }
        }
        return turns;
    }

    /** Otherwise perfect: key, value, key, value …, as in a profile. */
    static Imperfections imperfect(String... keysAndValues) {
        Map<String, String> set = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            set.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        try {
            return ScannerProfile.builtIn("ideal", set).imperfections();
        } catch (ProfileFormatException e) {
            throw new AssertionError(e);
        }
    }

    /** Its frequency in a window, from the first to the last sample; it must turn less than half way between two. */
    static double hertz(Experiment.Result result, int window, double dwellSeconds) {
        List<float[]> samples = result.re();
        int last = samples.get(window).length - 1;
        double turns = 0;
        for (int n = 1; n <= last; n++) {
            double angle = result.phase(window, n - 1) - result.phase(window, n);
            turns += Math.IEEEremainder(angle, 2 * Math.PI) / (2 * Math.PI);
        }
        return turns / (last * dwellSeconds);
    }
}
