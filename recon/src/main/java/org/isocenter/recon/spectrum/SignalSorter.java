package org.isocenter.recon.spectrum;

import java.util.TreeMap;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;

/**
 * Averages what was measured repeatedly, and adds up the channels, each weighted and phased as it takes part in the
 * strongest readout.
 */
final class SignalSorter {
    private SignalSorter() {}

    /** By the number of the echo and of the recovery time; signals keep that order. */
    static TreeMap<Integer, ComplexSignal> sort(RawData raw) {
        int size = raw.size();
        TreeMap<Integer, ComplexSignal> signals = new TreeMap<>();
        if (size == 0) {
            return signals;
        }
        double[][] weights = weights(strongest(raw, size));
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        int samples = raw.readout(0).header().samples();
        for (int i = 0; i < size; i++) {
            Readout readout = raw.readout(i);
            EncodingCounters counters = readout.header().counters();
            if (readout.header().samples() != samples || readout.header().channels() != weights.length) {
                continue;
            }
            int key = counters.contrast() + counters.repetition();
            ComplexSignal sum = signals.computeIfAbsent(
                    key,
                    k -> new ComplexSignal(
                            new double[samples],
                            new double[samples],
                            readout.header().dwellSeconds()));
            add(readout, weights, sum);
            counts.merge(key, 1, Integer::sum);
        }
        signals.forEach((key, signal) -> {
            for (int i = 0; i < signal.length(); i++) {
                signal.re()[i] /= counts.get(key);
                signal.im()[i] /= counts.get(key);
            }
        });
        return signals;
    }

    private static Readout strongest(RawData raw, int size) {
        Readout best = raw.readout(0);
        double most = -1;
        for (int i = 0; i < size; i++) {
            Readout readout = raw.readout(i);
            double energy = 0;
            for (int s = 0; s < readout.real().length; s++) {
                energy += readout.real()[s] * readout.real()[s] + readout.imaginary()[s] * readout.imaginary()[s];
            }
            if (energy > most) {
                most = energy;
                best = readout;
            }
        }
        return best;
    }

    /** Complex weights of unit length together: each channel's product with the first. */
    private static double[][] weights(Readout readout) {
        int samples = readout.header().samples();
        double[][] weights = new double[readout.header().channels()][2];
        double square = 0;
        for (int c = 0; c < weights.length; c++) {
            for (int s = 0; s < samples; s++) {
                int at = c * samples + s;
                weights[c][0] +=
                        readout.real()[at] * readout.real()[s] + readout.imaginary()[at] * readout.imaginary()[s];
                weights[c][1] +=
                        readout.imaginary()[at] * readout.real()[s] - readout.real()[at] * readout.imaginary()[s];
            }
            square += weights[c][0] * weights[c][0] + weights[c][1] * weights[c][1];
        }
        double length = square > 0 ? Math.sqrt(square) : 1;
        for (double[] weight : weights) {
            weight[0] /= length;
            weight[1] /= length;
        }
        return weights;
    }

    private static void add(Readout readout, double[][] weights, ComplexSignal into) {
        int samples = into.length();
        for (int c = 0; c < weights.length; c++) {
            for (int s = 0; s < samples; s++) {
                double re = readout.real()[c * samples + s];
                double im = readout.imaginary()[c * samples + s];
                into.re()[s] += re * weights[c][0] + im * weights[c][1];
                into.im()[s] += im * weights[c][0] - re * weights[c][1];
            }
        }
    }
}
