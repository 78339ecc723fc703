package org.isocenter.recon.spectrum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SpectrumKind;
import org.isocenter.recon.fft.CentredFft;

/** Noise of each channel, and lines in it that are no noise. */
final class NoiseAnalysis {
    /** Pure noise is taken for a line once in so many scans. */
    private static final double FALSE_ALARMS = 1000;

    private NoiseAnalysis() {}

    static Measurement of(RawData raw) {
        int size = raw.size();
        ReadoutHeader first = raw.readout(0).header();
        List<Figure> figures = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Panel> panels = new ArrayList<>();
        figures.add(Figure.of("bandwidth", "bandwidth", 1 / first.dwellSeconds(), "Hz"));
        for (int channel = 0; channel < first.channels(); channel++) {
            String suffix = first.channels() == 1 ? "" : Integer.toString(channel + 1);
            statistics(raw, size, channel, suffix, figures);
            panels.add(lines(raw, size, channel, suffix, figures, notes));
        }
        return new Measurement(SpectrumKind.NOISE, figures, panels, notes);
    }

    private static void statistics(RawData raw, int size, int channel, String suffix, List<Figure> figures) {
        double re = 0;
        double im = 0;
        double square = 0;
        long count = 0;
        for (int r = 0; r < size; r++) {
            Readout readout = raw.readout(r);
            int samples = readout.header().samples();
            for (int s = channel * samples; s < (channel + 1) * samples; s++) {
                re += readout.real()[s];
                im += readout.imaginary()[s];
                square += (double) readout.real()[s] * readout.real()[s]
                        + (double) readout.imaginary()[s] * readout.imaginary()[s];
            }
            count += samples;
        }
        double mean = Math.hypot(re, im) / count;
        double sigma = Math.sqrt(Math.max(0, square / count - mean * mean) / 2);
        // The variance of each of 2N Gaussian values is known to √(2/2N), σ to half of that.
        double error = sigma / Math.sqrt(4.0 * count);
        figures.add(new Figure("noise" + suffix, label("noise", suffix), sigma, error, ""));
        figures.add(Figure.of("offset" + suffix, label("offset", suffix), mean, ""));
    }

    private static String label(String what, String channel) {
        return channel.isEmpty() ? what : what + " of channel " + channel;
    }

    /** The mean power spectrum over its median, in dB, with its highest point. */
    private static Panel lines(
            RawData raw, int size, int channel, String suffix, List<Figure> figures, List<String> notes) {
        int n = raw.readout(0).header().samples();
        double[] power = new double[n];
        float[] re = new float[n];
        float[] im = new float[n];
        CentredFft transform = new CentredFft(n);
        int windows = 0;
        for (int r = 0; r < size; r++) {
            Readout readout = raw.readout(r);
            if (readout.header().samples() != n) {
                continue;
            }
            transform.load(readout.real(), readout.imaginary(), channel * n, 1);
            transform.inverse();
            transform.store(re, im, 0, 1, 0, n);
            for (int i = 0; i < n; i++) {
                power[i] += (double) re[i] * re[i] + (double) im[i] * im[i];
            }
            windows++;
        }
        double[] sorted = power.clone();
        Arrays.sort(sorted);
        double median = sorted[n / 2];
        double[] hertz = new double[n];
        double[] decibels = new double[n];
        int highest = 0;
        double dwell = raw.readout(0).header().dwellSeconds();
        for (int i = 0; i < n; i++) {
            hertz[i] = (i - n / 2) / (n * dwell);
            decibels[i] = median > 0 && power[i] > 0 ? 10 * Math.log10(power[i] / median) : 0;
            highest = decibels[i] > decibels[highest] ? i : highest;
        }
        figures.add(Figure.of("lineHertz" + suffix, label("strongest line at", suffix), hertz[highest], "Hz"));
        figures.add(Figure.of("line" + suffix, label("its height", suffix), decibels[highest], "dB"));
        if (decibels[highest] > 10 * Math.log10(threshold(n, windows))) {
            notes.add(String.format(
                    Locale.ROOT,
                    "the receiver picks up something at %.0f Hz from the carrier, %.0f dB above the noise: "
                            + "look for a source of interference, or check the shielding",
                    hertz[highest],
                    decibels[highest]));
        }
        return Panel.curve("noise" + suffix, "Hz", hertz, decibels);
    }

    /**
     * What the highest of n means of so many exponential values hardly ever exceeds, over their median (the tail of a gamma
     * distribution: Laurent and Massart, Ann Stat 28:1302, 2000).
     */
    private static double threshold(int n, int windows) {
        double u = Math.log(n * FALSE_ALARMS) / windows;
        double medianOverMean = windows == 1 ? Math.log(2) : 1 - 1 / (3.0 * windows);
        return (1 + Math.sqrt(2 * u) + u) / medianOverMean;
    }
}
