package org.isocenter.recon.spectrum;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.isocenter.model.RawData;
import org.isocenter.model.SpectrumKind;

/** Evaluates scans without spatial encoding, whole or as far as they are in. Pure; any thread. */
public final class SpectrumAnalysis {
    /** A decay is fitted down to this share of its start. */
    private static final double FIT_DOWN_TO = 0.1;
    /** Samples are averaged before the fit over this share of the time that the line's width tells. */
    private static final double AVERAGED_SHARE = 0.1;
    /** Lines narrower than this many times the resolution are made wider by the end of the acquisition. */
    private static final double RESOLVED = 1.5;

    /** An inversion between these is a good one; beyond -1 parts of the line must behave differently. */
    private static final double LEAST_INVERSION = -0.8;

    private static final double MOST_INVERSION = -1.05;

    private static final int CURVE_POINTS = 200;

    private final SpectrumKind kind;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Panel> panels = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private SpectrumAnalysis(SpectrumKind kind) {
        this.kind = kind;
    }

    /** What raw data are about; empty for those of an image, or without any readout. */
    public static Optional<Measurement> of(RawData raw) {
        if (raw.size() == 0 || raw.header().encodings().isEmpty()) {
            return Optional.empty();
        }
        return SpectrumKind.of(raw.header().encodings().get(0))
                .map(kind ->
                        kind == SpectrumKind.NOISE ? NoiseAnalysis.of(raw) : new SpectrumAnalysis(kind).measure(raw));
    }

    private Measurement measure(RawData raw) {
        TreeMap<Integer, ComplexSignal> signals = SignalSorter.sort(raw);
        ComplexSignal strongest = signals.firstEntry().getValue();
        for (ComplexSignal signal : signals.values()) {
            strongest = signal.energy() > strongest.energy() ? signal : strongest;
        }
        switch (kind) {
            case ECHO_TRAIN -> {
                panels.add(magnitude(strongest));
                echoes(signals, raw.header().sequence().echoTimesSeconds(), strongest);
            }
            case INVERSION_RECOVERY, SATURATION_RECOVERY -> {
                line(strongest);
                recovery(
                        signals,
                        SpectrumKind.recoverySeconds(raw.header().encodings().get(0)),
                        strongest);
            }
            default -> line(strongest);
        }
        boolean refocuses = kind == SpectrumKind.ECHO_TRAIN || kind == SpectrumKind.SPIN_ECHO;
        if (refocuses && raw.header().sequence().averages() % 2 == 1) {
            notes.add(
                    "with an odd number of averages the refocusing pulses' own free decay is in the signal and may shift the"
                            + " figures by some percent: take 2");
        }
        return new Measurement(kind, figures, panels, notes);
    }

    private static Panel magnitude(ComplexSignal signal) {
        double[] x = new double[signal.length()];
        double[] y = new double[signal.length()];
        for (int i = 0; i < x.length; i++) {
            x[i] = signal.seconds(i);
            y[i] = signal.magnitude(i);
        }
        return Panel.curve("signal", "s", x, y);
    }

    private void line(ComplexSignal signal) {
        Spectrum spectrum = new Spectrum(signal);
        panels.add(magnitude(signal));
        panels.add(spectrum.panel());
        double width = spectrum.widthHertz();
        figures.add(Figure.of("peakFrequency", "peak frequency", spectrum.peakHertz(), "Hz"));
        figures.add(Figure.of("linewidth", "linewidth", width, "Hz"));
        decay(signal, spectrum.peakHertz(), width);
        figures.add(Figure.of("snr", "SNR", spectrum.signalToNoise(), ""));
        if (width < RESOLVED * spectrum.resolutionHertz()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "the acquisition of %.0f ms resolves %.2g Hz: the line may be narrower than it looks; take more samples",
                    1e3 / spectrum.resolutionHertz(),
                    spectrum.resolutionHertz()));
        }
    }

    /** T2* from the signal's modulus, on resonance and averaged over short times. */
    private void decay(ComplexSignal signal, double hertz, double width) {
        double constant = Double.isFinite(width) && width > 0 ? 1 / (Math.PI * width) : 0;
        int block = (int) Math.max(
                1, Math.min(signal.length() / 16, Math.floor(AVERAGED_SHARE * constant / signal.dwellSeconds())));
        List<double[]> points = new ArrayList<>();
        double start = Double.NaN;
        for (int from = 0; from + block <= signal.length(); from += block) {
            double re = 0;
            double im = 0;
            for (int i = from; i < from + block; i++) {
                // The stored signal of a line at +f turns as e^(-i2πft).
                double turn = 2 * Math.PI * hertz * signal.seconds(i);
                re += signal.re()[i] * Math.cos(turn) - signal.im()[i] * Math.sin(turn);
                im += signal.re()[i] * Math.sin(turn) + signal.im()[i] * Math.cos(turn);
            }
            double here = Math.hypot(re, im) / block;
            start = points.isEmpty() ? here : start;
            if (here < FIT_DOWN_TO * start) {
                break;
            }
            points.add(new double[] {signal.seconds(from) + (block - 1) * signal.dwellSeconds() / 2, here});
        }
        if (points.size() < 3) {
            figures.add(Figure.of("t2Star", "T2*", Double.NaN, "s"));
            return;
        }
        ExponentialFit fit = ExponentialFit.decay(column(points, 0), column(points, 1));
        figures.add(new Figure("t2Star", "T2*", fit.constant(), fit.constantError(), "s"));
        figures.add(Figure.of("amplitude", "amplitude", fit.amplitude(), ""));
    }

    private void echoes(TreeMap<Integer, ComplexSignal> signals, List<Double> echoSeconds, ComplexSignal reference) {
        List<double[]> points = points(signals, echoSeconds, reference);
        if (points.size() < 3) {
            notes.add("T2 needs at least 3 echoes: there are " + points.size());
            return;
        }
        ExponentialFit fit = ExponentialFit.decay(column(points, 0), column(points, 1));
        figures.add(new Figure("t2", "T2", fit.constant(), fit.constantError(), "s"));
        double scale = Math.sqrt(reference.energy() / reference.length());
        figures.add(Figure.of("amplitude", "amplitude", fit.amplitude() * scale, ""));
        double longest = points.get(points.size() - 1)[0];
        if (longest < fit.constant()) {
            notes.add("the echoes end before T2 has passed: take more of them, or a longer echo spacing");
        }
        panels.add(fitted("decay", points, fit));
    }

    private void recovery(TreeMap<Integer, ComplexSignal> signals, List<Double> seconds, ComplexSignal reference) {
        List<double[]> points = points(signals, seconds, reference);
        if (points.size() < 4) {
            notes.add("T1 needs at least 4 recovery times: there are " + points.size());
            return;
        }
        ExponentialFit fit = ExponentialFit.recovery(column(points, 0), column(points, 1));
        figures.add(0, new Figure("t1", "T1", fit.constant(), fit.constantError(), "s"));
        double left = (fit.offset() + fit.amplitude()) / fit.offset();
        if (kind == SpectrumKind.INVERSION_RECOVERY) {
            figures.add(
                    1, Figure.of("null", "null at", fit.constant() * Math.log(-fit.amplitude() / fit.offset()), "s"));
            figures.add(2, Figure.of("inversion", "inverted to", left, ""));
            if (left > LEAST_INVERSION || left < MOST_INVERSION) {
                notes.add(
                        "the inversion is incomplete or uneven across the line: check the transmitter's adjustment and the shim");
            }
        } else {
            figures.add(1, Figure.of("saturation", "saturated to", left, ""));
        }
        if (points.get(points.size() - 1)[0] < 2 * fit.constant()) {
            notes.add("the longest recovery time is below twice T1: a longer one makes T1 more certain");
        }
        panels.add(1, fitted("recovery", points, fit));
    }

    private static List<double[]> points(
            Map<Integer, ComplexSignal> signals, List<Double> seconds, ComplexSignal reference) {
        List<double[]> points = new ArrayList<>();
        signals.forEach((index, signal) -> {
            if (index < seconds.size()) {
                points.add(new double[] {seconds.get(index), signal.along(reference)});
            }
        });
        return points;
    }

    private static double[] column(List<double[]> points, int column) {
        return points.stream().mapToDouble(p -> p[column]).toArray();
    }

    private static Panel fitted(String name, List<double[]> points, ExponentialFit fit) {
        double end = points.get(points.size() - 1)[0];
        double[] x = new double[CURVE_POINTS];
        double[] y = new double[CURVE_POINTS];
        for (int i = 0; i < CURVE_POINTS; i++) {
            x[i] = end * i / (CURVE_POINTS - 1);
            y[i] = fit.at(x[i]);
        }
        return new Panel(name, "s", x, y, column(points, 0), column(points, 1));
    }
}
