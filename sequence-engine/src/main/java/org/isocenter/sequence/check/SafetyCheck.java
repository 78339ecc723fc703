package org.isocenter.sequence.check;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.SafetyLimits;
import org.isocenter.model.SafetyLimits.Chronaxie;
import org.isocenter.model.SafetyLimits.Safe;
import org.isocenter.model.SafetyLimits.StimulationModel;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Sequence;

/**
 * The gate before the scanner: one pass over a sequence for each group of checks, side by side, held against a system's limits
 * and nothing else. Any thread.
 *
 * <p>What is checked: numbers that make sense; rasters, dead times, overlaps and frequency offsets ({@link TimingRules}); what a
 * file says about itself ({@link DeclarationRules}); gradient amplitude, slew and joins on the device's axes ({@link
 * GradientRules}); the load of their amplifiers ({@link GradientLoad}); nerve stimulation ({@link SafeStimulation}, {@link
 * ChronaxieStimulation}); acoustic resonances ({@link AcousticRules}); RF peak and duty ({@link RfRules}), energy and SAR
 * ({@link RfEnergyRules}). Formulas and sources are in docs/safety-checks.md.
 */
public final class SafetyCheck {
    /**
     * How far beyond a limit amplitude, slew and RF peak may go, as a share of the limit: Pulseq files write six digits and
     * sampled shapes in steps of 1e-7, so a file made exactly to the limit reads back a little above it.
     */
    static final double TOLERANCE = 1e-3;

    private SafetyCheck() {}

    /** As {@link #report(Sequence, SystemLimits, double)} for a patient of unknown weight. */
    public static CheckReport report(Sequence sequence, SystemLimits limits) {
        return report(sequence, limits, Double.NaN);
    }

    /**
     * Runs every check; never throws for an unsafe sequence. When a number makes no sense, that is the only result.
     *
     * @param patientKilograms NaN when not known: then the worst of the patients that the system takes is assumed
     */
    public static CheckReport report(Sequence sequence, SystemLimits limits, double patientKilograms) {
        List<CheckResult> results = new ArrayList<>();
        if (!numbersMakeSense(sequence, results)) {
            return new CheckReport(results, List.of());
        }
        PulseEnergies energies = new PulseEnergies(sequence);
        List<List<BlockRule>> groups = new ArrayList<>();
        groups.add(List.of(
                new TimingRules(sequence, limits),
                new DeclarationRules(sequence, limits),
                new GradientRules(sequence, limits)));
        List<GradientSink> sinks = sinks(sequence, limits);
        for (GradientSink sink : sinks) {
            groups.add(List.of(new GradientWalker(sequence, sink, sinks.size())));
        }
        groups.add(List.of(new AcousticRules(sequence, limits)));
        groups.add(List.of(
                new RfRules(sequence, limits, energies),
                new RfEnergyRules(sequence, limits, energies, patientKilograms)));
        run(sequence, groups, results);
        return new CheckReport(results, notChecked(limits.safety()));
    }

    /** Timing and declarations alone: what Pulseq's toolboxes call a timing check. No ground for compiling anything. */
    public static List<CheckResult> timing(Sequence sequence, SystemLimits limits) {
        List<CheckResult> results = new ArrayList<>();
        if (numbersMakeSense(sequence, results)) {
            List<BlockRule> rules = List.of(new TimingRules(sequence, limits), new DeclarationRules(sequence, limits));
            run(sequence, List.of(rules), results);
        }
        return results;
    }

    private static boolean numbersMakeSense(Sequence sequence, List<CheckResult> results) {
        String fault = new WellFormed(sequence).firstFault();
        boolean sound = fault.isEmpty();
        results.add(new CheckResult("numbers make sense", sound ? 0 : 1, 0, "faults", sound, fault));
        return sound;
    }

    /** Each group goes through the sequence by itself, on whatever processor is free; results keep their order. */
    private static void run(Sequence sequence, List<List<BlockRule>> groups, List<CheckResult> results) {
        groups.parallelStream().forEach(rules -> {
            for (int block = 0; block < sequence.blockCount(); block++) {
                for (BlockRule rule : rules) {
                    rule.block(block);
                }
            }
        });
        groups.forEach(rules -> rules.forEach(rule -> results.addAll(rule.results())));
    }

    private static List<GradientSink> sinks(Sequence sequence, SystemLimits limits) {
        List<GradientSink> sinks = new ArrayList<>();
        sinks.add(new GradientLoad(limits));
        SafetyLimits safety = limits.safety();
        for (StimulationModel model : safety.stimulation()) {
            if (model instanceof Safe safe) {
                sinks.add(new SafeStimulation(safe, safety.mode(), limits.gammaHertzPerTesla()));
            } else if (model instanceof Chronaxie chronaxie) {
                sinks.add(new ChronaxieStimulation(sequence, chronaxie, safety.mode(), limits.gammaHertzPerTesla()));
            }
        }
        return sinks;
    }

    private static List<String> notChecked(SafetyLimits safety) {
        List<String> missing = new ArrayList<>();
        if (safety.stimulation().isEmpty()) {
            missing.add("nerve stimulation");
        }
        if (Double.isNaN(safety.sar().wholeBodyPerSquareTesla())) {
            missing.add("SAR of the whole body");
        }
        if (Double.isNaN(safety.sar().headPerSquareTesla())) {
            missing.add("SAR of the head");
        }
        if (safety.acousticBands().isEmpty()) {
            missing.add("acoustic resonances");
        }
        return missing;
    }

    /** As {@link #check(Sequence, SystemLimits, double)} for a patient of unknown weight. */
    public static CheckedSequence check(Sequence sequence, SystemLimits limits) throws UnsafeSequenceException {
        return check(sequence, limits, Double.NaN);
    }

    /**
     * The sequence as one that may be compiled.
     *
     * @param patientKilograms as in {@link #report(Sequence, SystemLimits, double)}
     */
    public static CheckedSequence check(Sequence sequence, SystemLimits limits, double patientKilograms)
            throws UnsafeSequenceException {
        CheckReport report = report(sequence, limits, patientKilograms);
        if (!report.passes()) {
            throw new UnsafeSequenceException(report);
        }
        return new CheckedSequence(sequence, limits, report);
    }
}
