package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SpectrumKind;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Unit;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.design.GradientMoments;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;

/**
 * Free decays of the whole sample at several times after a preparation of the longitudinal magnetisation: T1. The recovery times
 * are spaced evenly by their logarithm. From each excitation to the next preparation it takes equally long whatever the recovery
 * time, so that each preparation finds the same magnetisation and three parameters describe the curve.
 */
final class RecoverySpectrum {
    static final String SHORTEST = "TImin";
    static final String LONGEST = "TImax";
    static final String POINTS = "points";

    /** The spoiler after a preparing pulse turns so often across so much. */
    private static final double SPOILER_CYCLES = 4;

    private static final double SPOILED_METERS = 5e-3;

    private RecoverySpectrum() {}

    /** Pulses that prepare, each followed by its own spoiler; the recovery time runs from the middle of the last one. */
    record Preparation(List<Excitation> pulses, List<Double> phasesRadians) {}

    static List<ParameterSpec> parameters(double repetitionSeconds, String what) {
        return List.of(
                StandardParameters.repetitionTime(repetitionSeconds),
                time(SHORTEST, "Shortest " + what, 15e-3, "The first of the times at which the recovery is looked at"),
                time(LONGEST, "Longest " + what, 2, "The last of these times; five times T1 shows the whole recovery"),
                ParameterSpec.count(
                        POINTS,
                        "Points",
                        ParameterSpec.Group.CONTRAST,
                        1,
                        128,
                        16,
                        0,
                        "How many times between the shortest and the longest, evenly spaced by their logarithm"),
                StandardParameters.flipAngle(90),
                StandardParameters.averages(1),
                StandardParameters.dummies(1),
                StandardParameters.bandwidth(10e3),
                SpectrumScan.samples(1024));
    }

    private static ParameterSpec time(String name, String label, double seconds, String description) {
        return ParameterSpec.quantity(
                name, label, ParameterSpec.Group.CONTRAST, Unit.SECOND, 1e-3, 20, seconds, 0, description);
    }

    static Kernel plan(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            SpectrumKind kind,
            Preparation preparation,
            Problems problems) {
        Grid grid = system.grid();
        Excitation excitation = Excitation.hard(protocol.number("FA"), RfUse.EXCITATION, limits, system);
        Adc window = SpectrumScan.window(protocol, Rasters.ps(limits.adcDeadSeconds()), limits, grid);
        long readPs = grid.up(window.endPs());
        Gradient.Trapezoid[] spoilers = spoilers(system, preparation.pulses().size());
        Excitation last = preparation.pulses().get(preparation.pulses().size() - 1);
        long lastSpoilerPs = spoilers[spoilers.length - 1].endPs(grid.rasters());

        long shortestPs = last.tailPs() + lastSpoilerPs + excitation.leadPs();
        problems.atLeast(
                SHORTEST,
                shortestPs * 1e-12,
                1e-4,
                "half the preparing pulse " + Timing.ms(last.tailPs()) + " + spoiler " + Timing.ms(lastSpoilerPs));
        if (protocol.count(POINTS) > 1) {
            problems.atLeast(
                    LONGEST,
                    protocol.number(SHORTEST) * 1.1,
                    1e-4,
                    "it must be above " + SHORTEST + ", "
                            + protocol.spec(SHORTEST).display(protocol.number(SHORTEST)));
        }
        long[] recoveryPs = recoveries(protocol, grid);
        long longestPs = recoveryPs[recoveryPs.length - 1];
        long before = -last.tailPs();
        long onPs = excitation.durationPs();
        for (int i = 0; i < spoilers.length; i++) {
            before += preparation.pulses().get(i).blockPs();
            before += i < spoilers.length - 1 ? spoilers[i].endPs(grid.rasters()) : 0;
            onPs += preparation.pulses().get(i).durationPs();
        }
        long slot = before + longestPs + excitation.tailPs() + readPs;
        long spanPs = longestPs - recoveryPs[0];
        Timing.repetition(protocol, 1, slot, spanPs, onPs, limits, grid, problems);
        Timing.readouts((long) recoveryPs.length * protocol.count("averages"), problems);
        if (!problems.none()) {
            return null;
        }
        SpectrumScan.Shot shot = (writer, point, phase, readouts) -> {
            long used = 0;
            for (int i = 0; i < spoilers.length; i++) {
                Excitation pulse = preparation.pulses().get(i);
                writer.block(
                        pulse.blockPs(),
                        pulse.pulse(0, preparation.phasesRadians().get(i)),
                        null,
                        null,
                        null);
                long waitPs = i < spoilers.length - 1
                        ? spoilers[i].endPs(grid.rasters())
                        : recoveryPs[point] - last.tailPs() - excitation.leadPs();
                writer.block(waitPs, null, null, null, spoilers[i]);
                used += pulse.blockPs() + waitPs;
            }
            writer.block(excitation.blockPs(), excitation.pulse(0, phase), null, null, null);
            readouts.window(readPs, window, 0, 0);
            return used + excitation.blockPs() + readPs;
        };
        long[] lengths = new long[recoveryPs.length];
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = SpectrumScan.repetitionPs(protocol, grid) - longestPs + recoveryPs[i];
            seconds.add(recoveryPs[i] * 1e-12);
        }
        return new SpectrumScan(protocol, limits, kind, shot, window, lengths, seconds, List.of());
    }

    /** Each stronger than the one before, by no simple ratio: none refocuses what another has dephased. */
    private static Gradient.Trapezoid[] spoilers(GradientSystem system, int count) {
        Gradient.Trapezoid[] spoilers = new Gradient.Trapezoid[count];
        for (int i = 0; i < count; i++) {
            double cycles = SPOILER_CYCLES * Math.pow(1.37, i - count + 1);
            spoilers[i] = GradientMoments.spoiler(system, cycles, SPOILED_METERS);
        }
        return spoilers;
    }

    private static long[] recoveries(Protocol protocol, Grid grid) {
        int count = protocol.count(POINTS);
        double first = protocol.number(SHORTEST);
        double ratio = protocol.number(LONGEST) / first;
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            double share = count == 1 ? 0 : (double) i / (count - 1);
            times[i] = grid.up(first * Math.pow(ratio, share));
        }
        return times;
    }
}
