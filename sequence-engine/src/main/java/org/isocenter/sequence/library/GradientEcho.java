package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.design.DesignRasters;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.LineOrder;
import org.isocenter.sequence.design.LineSampling;
import org.isocenter.sequence.design.LineSampling.View;
import org.isocenter.sequence.design.Pulses;
import org.isocenter.sequence.design.ViewOrder;

/**
 * Spoiled gradient echoes ({@link SpoiledEcho}) with RF phases quadratic in steps of 117°, or of 44° where the
 * repetition time alternates. Stacks come one after the other,
 * the slices of a stack interleaved in TR. Where there are several passes, each line is measured by one after the other; a
 * pass that lasts several repetitions counts as so many for RF and gradient spoiling, so that both stay in step (Nehrke 2009).
 */
final class GradientEcho implements Kernel {
    /**
     * RF phase increment where long and short repetitions alternate. By phase graphs, 117° makes flip angles of a fluid read a
     * quarter too high at intervals of 1 to 5; with 44° they are right within 10 % for any T2, within 5 % below 100 ms.
     */
    private static final int ALTERNATING_SPOILING_DEGREES = 44;

    private final Protocol protocol;
    private final SystemLimits limits;
    private final List<EncodingGeometry> stacks;
    private final Volume volume;
    private final List<SpoiledEcho.Pass> passes;
    private final SpoiledEcho echo;
    private final LineSampling sampling;
    private final LineOrder order;
    private final long repetitionPs;
    private final long partPs;

    /** Null when {@code problems} tell why not. */
    static GradientEcho plan(
            Protocol protocol,
            SystemLimits limits,
            List<EncodingGeometry> stacks,
            Volume volume,
            double timeBandwidth,
            String thicknessParameter,
            List<SpoiledEcho.Pass> passes,
            Problems problems) {
        GradientSystem system = LibrarySequence.gradientSystem(limits, stacks);
        int mostRepetitions =
                passes.stream().mapToInt(SpoiledEcho.Pass::repetitions).max().orElseThrow();
        SpoiledEcho echo = SpoiledEcho.plan(
                protocol, limits, system, volume, timeBandwidth, thicknessParameter, mostRepetitions, problems);
        if (echo == null) {
            return null;
        }
        GradientEcho planned = new GradientEcho(protocol, limits, system, stacks, volume, passes, echo, problems);
        return problems.none() ? planned : null;
    }

    private GradientEcho(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            List<EncodingGeometry> stacks,
            Volume volume,
            List<SpoiledEcho.Pass> passes,
            SpoiledEcho echo,
            Problems problems) {
        this.protocol = protocol;
        this.limits = limits;
        this.stacks = stacks;
        this.volume = volume;
        this.passes = passes;
        this.echo = echo;
        sampling = Sampling.of(protocol, limits, volume, problems);
        order = protocol.has("viewOrder") ? Sampling.order(protocol) : LineOrder.LINEAR;

        long latestPs =
                passes.stream().mapToLong(SpoiledEcho.Pass::extraEchoPs).max().orElseThrow();
        repetitionPs = system.grid().down(Rasters.ps(protocol.number("TR")));
        partPs = system.grid().down(repetitionPs / volume.slices());
        Timing.repetition(
                protocol,
                volume.slices(),
                echo.shortestPs(latestPs),
                echo.transmitPs(),
                limits,
                system.grid(),
                problems);
        for (EncodingGeometry stack : stacks) {
            echo.checkReach(protocol, limits, stack, problems);
        }
        Timing.readouts(
                (long) stacks.size()
                        * volume.slices()
                        * sampling.count()
                        * protocol.count("averages")
                        * passes.size()
                        * echo.echoCount(),
                problems);
    }

    @Override
    public double durationSeconds() {
        long views = protocol.count("dummies") + (long) sampling.count() * protocol.count("averages");
        long repetitions =
                passes.stream().mapToInt(SpoiledEcho.Pass::repetitions).sum();
        return stacks.size() * views * repetitions * repetitionPs * 1e-12;
    }

    @Override
    public SequencePlan write(PatientPosition position) {
        PlanWriter writer = new PlanWriter(DesignRasters.of(limits), position);
        List<Encoding> encodings = new ArrayList<>();
        for (int space = 0; space < stacks.size(); space++) {
            encodings.add(volume.encoding(sampling, protocol.count("averages"), passes.size() * echo.echoCount(), 1));
            stack(writer, space);
        }
        List<Double> echoTimes = new ArrayList<>();
        passes.forEach(pass -> echoTimes.addAll(echo.echoTimesSeconds(pass.extraEchoPs())));
        SequenceParameters parameters = new SequenceParameters(
                protocol.sequence(),
                List.of("GR"),
                List.of("SP"),
                protocol.has("partitions") ? "3D" : "2D",
                repetitionPs * 1e-12,
                echoTimes,
                Double.NaN,
                protocol.number("FA"),
                1,
                protocol.count("averages"),
                volume.voxelDepthMeters(),
                echo.dwellSeconds());
        return writer.finish(encodings, parameters, List.of());
    }

    private void stack(PlanWriter writer, int space) {
        long number = 0;
        for (int dummy = 0; dummy < protocol.count("dummies"); dummy++) {
            number = measure(writer, space, number, null, 0);
        }
        List<View> views = sampling.views(order, LineOrder.LINEAR);
        for (int average = 0; average < protocol.count("averages"); average++) {
            for (View view : views) {
                number = measure(writer, space, number, view, average);
            }
        }
    }

    /**
     * All passes and slices of one line.
     *
     * @param number of repetitions before
     * @param view null for a dummy
     * @return the number of repetitions now
     */
    private long measure(PlanWriter writer, int space, long number, View view, int average) {
        int[] slices = ViewOrder.interleaved(volume.slices());
        long played = number;
        for (int p = 0; p < passes.size(); p++) {
            SpoiledEcho.Pass pass = passes.get(p);
            long leftPs = pass.repetitions() * repetitionPs;
            for (int i = 0; i < slices.length; i++) {
                long lengthPs = i == slices.length - 1 ? leftPs : partPs;
                leftPs -= lengthPs;
                EncodingGeometry geometry =
                        Placement.slice(stacks.get(space), slices[i], volume.slices(), volume.spacingMeters());
                EncodingCounters counters = new EncodingCounters(0, 0, average, slices[i], 0, 0, 0, 0, 0);
                double rfPhase = rfPhase(played);
                echo.write(writer, space, geometry, view, counters, p * echo.echoCount(), rfPhase, pass, lengthPs);
            }
            played += pass.repetitions();
        }
        return played;
    }

    private double rfPhase(long played) {
        boolean alternating = passes.stream().anyMatch(pass -> pass.repetitions() > 1);
        return alternating
                ? Pulses.spoilingPhaseRadians(played, ALTERNATING_SPOILING_DEGREES)
                : Pulses.spoilingPhaseRadians(played);
    }
}
