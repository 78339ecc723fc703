package org.isocenter.sequence.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Sequence;

/** What a file says about itself, held against what it holds: its duration, its soft delays, and its numbers of samples. */
final class DeclarationRules implements BlockRule {
    private static final String DURATION = "TotalDuration";
    /** Pulseq's tolerance for default values of one soft delay. */
    private static final double AGREES_SECONDS = 0.1e-6;

    private final Sequence sequence;
    private final int divisor;
    private final boolean[] adcSeen;
    private final Worst samples = Worst.atMost("ADC samples divisor", 0, "samples", 0);
    private final Map<Integer, SoftDelay> delays = new TreeMap<>();
    private final Map<String, Integer> hints = new HashMap<>();
    private int faults;
    private String firstFault = "";

    /** What is known of one soft delay: the block where it was first, and its range of default values. */
    private static final class SoftDelay {
        final int block;
        final String hint;
        final double seconds;
        final double toleranceSeconds;

        SoftDelay(int block, String hint, double seconds, double toleranceSeconds) {
            this.block = block;
            this.hint = hint;
            this.seconds = seconds;
            this.toleranceSeconds = toleranceSeconds;
        }
    }

    DeclarationRules(Sequence sequence, SystemLimits limits) {
        this.sequence = sequence;
        divisor = limits.safety().adcSamplesDivisor();
        adcSeen = new boolean[sequence.adcCount() + 1];
    }

    @Override
    public void block(int block) {
        int id = sequence.adcId(block);
        if (id != 0 && !adcSeen[id]) {
            adcSeen[id] = true;
            int n = sequence.adc(id).samples();
            samples.see(
                    n % divisor,
                    () -> at(block) + ", ADC: " + n + " samples are no multiple of " + divisor + "; "
                            + (n + divisor - n % divisor) + " pass");
        }
        for (Extension extension : sequence.extensions(sequence.extensionId(block))) {
            if (extension instanceof Extension.SoftDelay delay) {
                softDelay(block, delay);
            }
        }
    }

    private void softDelay(int block, Extension.SoftDelay delay) {
        String name = at(block) + ", soft delay " + delay.number() + " (" + delay.hint() + "): ";
        if (delay.factor() == 0 || !Double.isFinite(delay.factor())) {
            fault(name + "its factor is " + delay.factor() + "; 1 passes");
            return;
        }
        if (sequence.rfId(block) != 0 || sequence.adcId(block) != 0 || hasGradient(block)) {
            fault(name + "is in a block with RF, gradient or ADC; 1 block of its own passes");
            return;
        }
        long durationPs = sequence.blockDurationPs(block);
        double seconds = (durationPs - delay.offsetPs()) * 1e-12 * delay.factor();
        // The block's duration was rounded to its raster.
        double tolerance = AGREES_SECONDS + 0.5e-12 * sequence.rasters().blockPs() * Math.abs(delay.factor());
        SoftDelay known = delays.putIfAbsent(delay.number(), new SoftDelay(block, delay.hint(), seconds, tolerance));
        Integer other = hints.putIfAbsent(delay.hint(), delay.number());
        if (other != null && other != delay.number()) {
            fault(name + "its hint is that of soft delay " + other + "; the number " + other + " passes");
        } else if (known != null && !known.hint.equals(delay.hint())) {
            fault(name + "is called " + known.hint + " in block " + (known.block + 1) + "; one hint for number "
                    + delay.number() + " passes");
        } else if (known != null && Math.abs(known.seconds - seconds) > tolerance + known.toleranceSeconds) {
            double passes = known.seconds / delay.factor() + delay.offsetPs() * 1e-12;
            fault(name + "the block's duration gives " + Worst.us(seconds * 1e12) + " where block " + (known.block + 1)
                    + " gives " + Worst.us(known.seconds * 1e12) + "; a block of " + Worst.us(passes * 1e12)
                    + " passes");
        }
    }

    private boolean hasGradient(int block) {
        for (Axis axis : Axis.values()) {
            if (sequence.gradientId(block, axis) != 0) {
                return true;
            }
        }
        return false;
    }

    private void fault(String text) {
        faults++;
        if (firstFault.isEmpty()) {
            firstFault = text;
        }
    }

    private String at(int block) {
        return "block " + (block + 1) + " at " + Worst.ms(sequence.startPs(block));
    }

    @Override
    public List<CheckResult> results() {
        List<CheckResult> results = new ArrayList<>();
        if (divisor > 1) {
            results.add(samples.result());
        }
        if (!delays.isEmpty() || faults > 0) {
            int expected = 0;
            for (int number : delays.keySet()) {
                if (number != expected) {
                    fault(at(delays.get(number).block) + ", soft delay " + number + ": there is no soft delay "
                            + expected + "; the number " + expected + " passes");
                    break;
                }
                expected++;
            }
            results.add(new CheckResult("soft delays agree", faults, 0, "faults", faults == 0, firstFault));
        }
        String declared = sequence.definitions().get(DURATION);
        if (declared != null) {
            results.add(duration(declared.strip()));
        }
        return results;
    }

    /** What rounding to six digits and to the block raster does is forgiven. */
    private CheckResult duration(String declared) {
        double actual = sequence.durationPs() * 1e-12;
        double tolerance = sequence.rasters().blockPs() * 1e-12 + 0.5e-5 * actual;
        double difference;
        try {
            difference = Math.abs(Double.parseDouble(declared) - actual);
        } catch (NumberFormatException e) {
            difference = Double.NaN;
        }
        boolean pass = difference <= tolerance;
        double off = Double.isFinite(difference) ? difference * 1e6 : sequence.durationPs() * 1e-6;
        String detail = pass
                ? ""
                : "block " + sequence.blockCount() + " at " + Worst.ms(sequence.durationPs()) + ", definition "
                        + DURATION + ": says '" + declared + "'; " + Worst.number(actual) + " passes";
        return new CheckResult("declared duration", off, tolerance * 1e6, "us", pass, detail);
    }
}
