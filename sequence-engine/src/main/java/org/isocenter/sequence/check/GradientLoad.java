package org.isocenter.sequence.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isocenter.model.SafetyLimits;
import org.isocenter.model.SafetyLimits.Gradients;
import org.isocenter.model.SafetyLimits.WindowLimit;
import org.isocenter.model.SystemLimits;

/**
 * What the gradients ask of their amplifiers: the sum with the static shim at any instant, and over windows of time the root of
 * the mean square and the share of time that an axis is on.
 *
 * <p>Windows move in steps of a millisecond, and each counts one step more than its length, so that no window wherever it
 * starts holds more than what is reported.
 */
final class GradientLoad implements GradientSink {
    private static final long BIN_PS = 1_000_000_000L;
    /** Windows that are reported whether limited or not, in s. */
    private static final List<Double> USUAL = List.of(1.0, 10.0, 60.0);

    private final Gradients limits;
    private final double hertzPerMilliTesla;
    private final double[] shim;
    private final List<Moving> windows = new ArrayList<>();
    /** Per bin: ∫g² in (Hz/m)² s of x, y, z, then time on in s of x, y, z. */
    private final double[] ring;

    private final int bins;
    /** Where the bin under way is in the ring. */
    private int open;

    private long bin;
    private int lastBlock;
    private final Peak[] highest = {new Peak(), new Peak(), new Peak()};

    /** One window on its way: the sums of the bins in it. */
    private static final class Moving {
        final double seconds;
        final int bins;
        final double[] sums = new double[6];
        final Peak square = new Peak();
        final Peak on = new Peak();

        Moving(double seconds) {
            this.seconds = seconds;
            this.bins = (int) Math.ceil(seconds * 1e12 / BIN_PS) + 1;
        }
    }

    GradientLoad(SystemLimits system) {
        limits = system.safety().gradients();
        hertzPerMilliTesla = system.gammaHertzPerTesla() * 1e-3;
        shim = new double[] {
            limits.shimHertzPerMeter().x(),
            limits.shimHertzPerMeter().y(),
            limits.shimHertzPerMeter().z()
        };
        List<Double> lengths = new ArrayList<>(USUAL);
        limits.rmsHertzPerMeter().forEach(each -> lengths.add(each.seconds()));
        limits.dutyFraction().forEach(each -> lengths.add(each.seconds()));
        lengths.stream().distinct().sorted().forEach(seconds -> windows.add(new Moving(seconds)));
        bins = windows.get(windows.size() - 1).bins + 1;
        ring = new double[6 * bins];
    }

    @Override
    public void piece(long fromPs, long toPs, double[] from, double[] to, int block) {
        lastBlock = block;
        boolean silent = true;
        for (int a = 0; a < 3; a++) {
            silent &= from[a] == 0 && to[a] == 0;
            highest(a, from[a], fromPs, block);
            highest(a, to[a], toPs, block);
        }
        long at = fromPs;
        while (at < toPs) {
            long end = Math.min(toPs, (bin + 1) * BIN_PS);
            if (!silent) {
                double left = (double) (at - fromPs) / (toPs - fromPs);
                double right = (double) (end - fromPs) / (toPs - fromPs);
                for (int a = 0; a < 3; a++) {
                    add(a, from[a], to[a], left, right, (end - at) * 1e-12);
                }
            }
            at = end;
            if (end == (bin + 1) * BIN_PS) {
                close();
            }
        }
    }

    private void highest(int axis, double gradient, long ps, int block) {
        double sum = Math.abs(gradient + shim[axis]);
        if (highest[axis].isBelow(sum)) {
            highest[axis].set(sum, ps, block, axis);
        }
    }

    /** The part of a piece between these shares of it. */
    private void add(int axis, double from, double to, double left, double right, double seconds) {
        if (from == 0 && to == 0) {
            return;
        }
        double a = from + left * (to - from);
        double b = from + right * (to - from);
        ring[open + axis] += (a * a + a * b + b * b) / 3 * seconds;
        ring[open + 3 + axis] += seconds;
    }

    private void close() {
        for (Moving window : windows) {
            int before = open - 6 * window.bins;
            int gone = before < 0 ? before + ring.length : before;
            boolean drops = bin >= window.bins;
            for (int i = 0; i < 6; i++) {
                double added = ring[open + i];
                window.sums[i] += drops ? added - ring[gone + i] : added;
                Peak peak = i < 3 ? window.square : window.on;
                if (added > 0 && peak.isBelow(window.sums[i])) {
                    long start = Math.max(0, bin + 1 - window.bins) * BIN_PS;
                    peak.set(window.sums[i], start, lastBlock, i % 3);
                }
            }
        }
        bin++;
        open = 6 * (int) (bin % bins);
        Arrays.fill(ring, open, open + 6, 0);
    }

    @Override
    public List<CheckResult> results() {
        close();
        List<CheckResult> results = new ArrayList<>();
        for (int a = 0; a < 3; a++) {
            results.add(withShim(a));
        }
        for (Moving window : windows) {
            results.add(rms(window));
        }
        for (Moving window : windows) {
            results.add(duty(window));
        }
        return results;
    }

    private CheckResult withShim(int axis) {
        double most = limits.amplifierHertzPerMeter() / hertzPerMilliTesla;
        Peak peak = highest[axis];
        double value = peak.value() / hertzPerMilliTesla;
        boolean pass = value <= most * (1 + SafetyCheck.TOLERANCE);
        double offset = Math.abs(shim[axis]) / hertzPerMilliTesla;
        String detail = pass
                ? ""
                : peak.where() + ", gradient " + "xyz".charAt(axis) + ": " + Worst.number(value)
                        + " mT/m with the shim's " + Worst.number(shim[axis] / hertzPerMilliTesla)
                        + " mT/m; a gradient of at most " + Worst.number(most - offset) + " mT/m passes";
        return new CheckResult("gradient and shim " + "xyz".charAt(axis), value, most, "mT/m", pass, detail);
    }

    private CheckResult rms(Moving window) {
        double most = limit(limits.rmsHertzPerMeter(), window.seconds) / hertzPerMilliTesla;
        double value = Math.sqrt(window.square.value() / window.seconds) / hertzPerMilliTesla;
        boolean pass = value <= most;
        String detail = pass
                ? ""
                : place(window.square, window) + Worst.number(value) + " mT/m RMS; gradients scaled by "
                        + Peak.factor(most, value) + " pass, or a TR longer by the factor "
                        + Peak.longer(most * most, value * value);
        return new CheckResult("gradient RMS " + Windows.name(window.seconds), value, most, "mT/m", pass, detail);
    }

    private CheckResult duty(Moving window) {
        double most = limit(limits.dutyFraction(), window.seconds);
        double value = Math.min(1, window.on.value() / window.seconds);
        boolean pass = value <= most;
        String detail = pass
                ? ""
                : place(window.on, window) + "on for " + Worst.number(100 * value) + " % of the time; at most "
                        + Worst.number(100 * most) + " % passes: a TR longer by the factor "
                        + Peak.longer(most, value);
        return new CheckResult("gradient duty " + Windows.name(window.seconds), value, most, "1", pass, detail);
    }

    private static double limit(List<WindowLimit> limits, double seconds) {
        return limits.stream()
                .filter(each -> each.seconds() == seconds)
                .mapToDouble(WindowLimit::limit)
                .min()
                .orElse(SafetyLimits.UNLIMITED);
    }

    private static String place(Peak peak, Moving window) {
        return "the " + Windows.name(window.seconds) + " from " + Worst.ms(peak.ps()) + " on, to block "
                + (peak.block() + 1) + ", gradient " + "xyz".charAt(peak.axis()) + ": ";
    }
}
