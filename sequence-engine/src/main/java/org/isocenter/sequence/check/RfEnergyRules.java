package org.isocenter.sequence.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.isocenter.model.SafetyLimits;
import org.isocenter.model.SafetyLimits.Mode;
import org.isocenter.model.SafetyLimits.ModeLimit;
import org.isocenter.model.SafetyLimits.Sar;
import org.isocenter.model.SafetyLimits.WindowLimit;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Sequence;

/**
 * RF energy ∫|B1|²dt in windows of time, and what a patient absorbs of it (IEC 60601-2-33): means over six minutes and over ten
 * seconds, the latter against a limit larger by the profile's factor.
 *
 * <p>A sequence shorter than six minutes is averaged over its own duration, for another scan may follow at once, but over no
 * less than ten seconds. Each pulse's energy is computed once.
 */
final class RfEnergyRules implements BlockRule {
    /** Windows that are reported whether limited or not, in s. */
    private static final double[] USUAL = {1e-3, 0.1, 1, 10, 360};

    private static final double SHORT = 10;
    private static final double LONG = 360;

    private final Sequence sequence;
    private final SafetyLimits safety;
    private final double squareTeslaPerSquareHertz;
    private final double kilograms;
    private final List<SlidingEnergy> windows = new ArrayList<>();

    /** @param patientKilograms NaN when not known */
    RfEnergyRules(Sequence sequence, SystemLimits limits, PulseEnergies energies, double patientKilograms) {
        this.sequence = sequence;
        safety = limits.safety();
        squareTeslaPerSquareHertz = 1 / (limits.gammaHertzPerTesla() * limits.gammaHertzPerTesla());
        kilograms = safety.sar().weightOrWorst(patientKilograms);
        DoubleStream limited = safety.rfEnergySquareTeslaSeconds().stream().mapToDouble(WindowLimit::seconds);
        DoubleStream.concat(DoubleStream.of(USUAL), limited)
                .distinct()
                .sorted()
                .forEach(seconds -> windows.add(new SlidingEnergy(sequence, energies, seconds)));
    }

    @Override
    public void block(int block) {
        if (sequence.rfId(block) != 0) {
            for (SlidingEnergy window : windows) {
                window.enter(block);
            }
        }
    }

    @Override
    public List<CheckResult> results() {
        List<CheckResult> results = new ArrayList<>();
        for (SlidingEnergy window : windows) {
            results.add(energy(window));
        }
        Sar sar = safety.sar();
        if (!Double.isNaN(sar.wholeBodyPerSquareTesla())) {
            String patient = "whole body, " + Worst.number(kilograms) + " kg";
            absorbed(results, "SAR body", patient, sar.wholeBodyPerSquareTesla(kilograms), sar.wholeBody());
        }
        if (!Double.isNaN(sar.headPerSquareTesla())) {
            absorbed(results, "SAR head", "head", sar.headPerSquareTesla(), sar.head());
        }
        return results;
    }

    private CheckResult energy(SlidingEnergy window) {
        double most = safety.rfEnergySquareTeslaSeconds().stream()
                        .filter(each -> each.seconds() == window.seconds())
                        .mapToDouble(WindowLimit::limit)
                        .min()
                        .orElse(SafetyLimits.UNLIMITED)
                * 1e12;
        double value = window.peak().value() * squareTeslaPerSquareHertz * 1e12;
        boolean pass = value <= most * (1 + SafetyCheck.TOLERANCE);
        String detail = pass ? "" : place(window) + Worst.number(value) + " uT² s; " + remedy(most, value);
        return new CheckResult("RF energy " + Windows.name(window.seconds()), value, most, "uT² s", pass, detail);
    }

    private void absorbed(List<CheckResult> results, String name, String what, double perSquareTesla, ModeLimit limit) {
        double scale = perSquareTesla * squareTeslaPerSquareHertz;
        SlidingEnergy longest = window(LONG);
        double averaged = Math.min(LONG, Math.max(SHORT, sequence.durationPs() * 1e-12));
        results.add(
                absorbed(name + " 6 min", what, longest, scale * longest.peak().value() / averaged, limit, 1));
        SlidingEnergy shorter = window(SHORT);
        results.add(absorbed(
                name + " 10 s",
                what,
                shorter,
                scale * shorter.peak().value() / SHORT,
                limit,
                safety.sar().shortTermFactor()));
    }

    private CheckResult absorbed(
            String name, String what, SlidingEnergy window, double value, ModeLimit limit, double factor) {
        double most = factor * limit.in(safety.mode());
        boolean pass = value <= most;
        String detail = pass
                ? ""
                : place(window) + Worst.number(value) + " W/kg (" + what + "); " + remedy(most, value)
                        + (safety.mode() == Mode.NORMAL && value <= factor * limit.firstLevel()
                                ? "; in the first level mode this passes as it is"
                                : "");
        return new CheckResult(name, value, most, "W/kg", pass, detail);
    }

    private SlidingEnergy window(double seconds) {
        return windows.stream()
                .filter(each -> each.seconds() == seconds)
                .findFirst()
                .orElseThrow();
    }

    private static String place(SlidingEnergy window) {
        return "the " + Windows.name(window.seconds()) + " from "
                + Worst.ms(window.peak().ps()) + " on, to block "
                + (window.peak().block() + 1) + ", RF: ";
    }

    /** Energy goes with the square of the amplitude. */
    private static String remedy(double most, double value) {
        return "RF amplitudes scaled by " + Peak.factor(Math.sqrt(most), Math.sqrt(value))
                + " pass, or a TR longer by the factor " + Peak.longer(most, value);
    }
}
