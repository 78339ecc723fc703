package org.isocenter.hardware.instrument;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.instrument.TuningModel.Complex;

/**
 * Finds the setting of a tuning board at which an antenna reflects least at one frequency. It measures along each bank of capacitors
 * through one setting, computes from that what all others would do ({@link TuningModel}), and measures the best of them; where that
 * does not reach the goal, again through the best one so far. One search per object, on one thread; interrupting it ends the
 * search.
 */
public final class AntennaTuning {
    private static final int ROUNDS = 3;
    private static final int TRIES = 12;
    private static final int POINTS = 5;
    /** Share of the frequency: far less than an antenna's bandwidth. */
    private static final double HALF_SPAN = 1e-3;

    private final NetworkAnalyzer analyzer;
    private final Tuner tuner;
    private final double hertz;
    private final Map<Tuner.Setting, Complex> measured = new HashMap<>();
    private Progress progress = (count, most, best) -> {};
    private Tuner.Setting tried;
    private Tuner.Setting best;

    /** How a search ended. */
    public enum End {
        REACHED,
        /** There is no better setting, as far as was tried. */
        NOT_REACHED,
        CANCELLED
    }

    /**
     * The best setting, which is set now, with the antenna connected to the scanner.
     *
     * @param decibels reflection of power there
     * @param measured how many settings were
     */
    public record Found(Tuner.Setting setting, double decibels, int measured, End end) {}

    /** Who is told how far it is, on the thread that searches. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param count settings measured so far
         * @param most that a search without success measures
         * @param best so far; it ends as CANCELLED if the search is ended now
         */
        void measured(int count, int most, Found best);
    }

    /** @param hertz the scanner's frequency */
    public AntennaTuning(NetworkAnalyzer analyzer, Tuner tuner, double hertz) {
        this.analyzer = analyzer;
        this.tuner = tuner;
        this.hertz = hertz;
    }

    /**
     * Searches. Whatever happens, the best setting so far is set and the antenna connected to the scanner, as far as the board can
     * be reached.
     *
     * @param goalDecibels the search ends when the reflection is not above this; below 0
     * @throws ScannerException when an instrument fails; of an analyser that cannot measure there before anything is switched
     */
    public Found find(double goalDecibels, Progress newProgress) throws ScannerException {
        progress = newProgress;
        reflection();
        boolean cancelled = false;
        try {
            search(goalDecibels);
            measured.put(best, measure(best)); // relays do not always come to rest at the same place
        } catch (ScannerException e) {
            cancelled = Thread.interrupted();
            if (!cancelled) {
                throw afterFailure(e);
            }
        }
        try {
            connectScanner();
        } finally {
            if (cancelled) {
                Thread.currentThread().interrupt();
            }
        }
        boolean reached = !measured.isEmpty() && decibels(measured.get(best)) <= goalDecibels;
        return found(cancelled ? End.CANCELLED : reached ? End.REACHED : End.NOT_REACHED);
    }

    private void connectScanner() throws ScannerException {
        if (tried != null) {
            tuner.set(best == null ? tried : best, Tuner.Antenna.SCANNER);
        }
    }

    private ScannerException afterFailure(ScannerException failure) {
        try {
            connectScanner();
            return new ScannerException(
                    failure.kind(),
                    failure.device(),
                    Exchange.text(failure) + "; the antenna is connected to the scanner again, with "
                            + (best == null ? "an untried setting" : "the best setting so far"),
                    failure);
        } catch (ScannerException e) {
            e.addSuppressed(failure);
            return e;
        }
    }

    private Found found(End end) {
        return best == null
                ? new Found(tried, Double.NaN, 0, end)
                : new Found(best, decibels(measured.get(best)), measured.size(), end);
    }

    private void search(double goalDecibels) throws ScannerException {
        int middle = (tuner.mostSteps() + 1) / 2;
        Tuner.Setting centre = new Tuner.Setting(middle, middle, middle);
        for (int round = 0; round < ROUNDS; round++) {
            tryPredicted(model(centre), goalDecibels);
            if (decibels(measured.get(best)) <= goalDecibels || best.equals(centre)) {
                return;
            }
            centre = best;
        }
    }

    /** Measures along the three banks. */
    private TuningModel model(Tuner.Setting centre) throws ScannerException {
        int count = tuner.mostSteps() + 1;
        Complex[] matching = new Complex[count];
        int surest = 0;
        for (int i = 0; i < count; i++) {
            matching[i] = at(new Tuner.Setting(centre.series(), centre.tuning(), i));
            // Near an open end an error of the reflection is a large one of the impedance.
            if (Math.hypot(1 - matching[i].re(), matching[i].im())
                    > Math.hypot(1 - matching[surest].re(), matching[surest].im())) {
                surest = i;
            }
        }
        Complex[] tuning = new Complex[count];
        Complex[] series = new Complex[count];
        for (int i = 0; i < count; i++) {
            tuning[i] = at(new Tuner.Setting(centre.series(), i, surest));
            series[i] = at(new Tuner.Setting(i, centre.tuning(), surest));
        }
        return new TuningModel(series, tuning, matching, new Tuner.Setting(centre.series(), centre.tuning(), surest));
    }

    private void tryPredicted(TuningModel model, double goalDecibels) throws ScannerException {
        int tries = 0;
        for (Tuner.Setting each : model.bestFirst()) {
            if (decibels(measured.get(best)) <= goalDecibels || tries == TRIES) {
                return;
            }
            if (!measured.containsKey(each)) {
                at(each);
                tries++;
            }
        }
    }

    private Complex at(Tuner.Setting setting) throws ScannerException {
        Complex known = measured.get(setting);
        if (known != null) {
            return known;
        }
        Complex reflection = measure(setting);
        measured.put(setting, reflection);
        best = measured.keySet().stream()
                .min(Comparator.comparingDouble(each -> measured.get(each).size()))
                .orElseThrow();
        tuner.keep(best);
        progress.measured(measured.size(), ROUNDS * (3 * (tuner.mostSteps() + 1) - 2 + TRIES), found(End.CANCELLED));
        return reflection;
    }

    private Complex measure(Tuner.Setting setting) throws ScannerException {
        tried = setting;
        tuner.set(setting, Tuner.Antenna.NETWORK_ANALYZER);
        return reflection();
    }

    /** The mean about the frequency. */
    private Complex reflection() throws ScannerException {
        Sweep sweep = analyzer.sweep(hertz * (1 - HALF_SPAN), hertz * (1 + HALF_SPAN), POINTS);
        double re = 0;
        double im = 0;
        for (int i = 0; i < sweep.points(); i++) {
            re += sweep.s11Real()[i] / sweep.points();
            im += sweep.s11Imaginary()[i] / sweep.points();
        }
        return new Complex(re, im);
    }

    /** A perfect match would be without end. */
    private static double decibels(Complex reflection) {
        return 20 * Math.log10(Math.max(reflection.size(), 1e-4));
    }

    /** "series 24, tuning 7, matching 19: -27.3 dB". */
    public static String text(Found found) {
        Tuner.Setting set = found.setting();
        return String.format(
                Locale.ROOT,
                "series %d, tuning %d, matching %d: %.1f dB",
                set.series(),
                set.tuning(),
                set.matching(),
                found.decibels());
    }
}
