package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
import org.isocenter.sequence.design.Grid;
import org.isocenter.sequence.design.LineOrder;
import org.isocenter.sequence.design.LineSampling;
import org.isocenter.sequence.design.LineSampling.View;
import org.isocenter.sequence.design.Lobe;
import org.isocenter.sequence.design.Pulses;
import org.isocenter.sequence.design.ViewOrder;

/**
 * Magnetisation-prepared rapid gradient echoes (Mugler and Brookeman 1990): an inversion of everything, a wait, a train of
 * spoiled gradient echoes ({@link SpoiledEcho}), recovery. A train measures one line of all partitions, or one partition's
 * lines, or a part of these; the wait is such that the centre of k-space is measured at TI.
 */
final class InversionPreparedEcho implements Kernel {
    private static final double SPOILER_CYCLES = 8;
    private static final double SECOND_PS = 1e12;
    private static final String ALONG_PARTITIONS = "partitions";

    private final Protocol protocol;
    private final SystemLimits limits;
    private final EncodingGeometry stack;
    private final Volume volume;
    private final Excitation inversion;
    private final SpoiledEcho echo;
    private final LineSampling sampling;
    private final List<List<View>> trains;
    private final Lobe spoilLobe;
    private final long waitPs;
    private final long spacingPs;
    private final long repetitionPs;

    /** Null when {@code problems} tell why not. */
    static InversionPreparedEcho plan(
            Protocol protocol, SystemLimits limits, Volume volume, double timeBandwidth, Problems problems) {
        GradientSystem system = LibrarySequence.gradientSystem(limits, List.of(Placement.of(protocol)));
        Excitation inversion = Excitation.inversion(protocol, 0, "slab", limits, system, problems);
        SpoiledEcho echo = SpoiledEcho.plan(protocol, limits, system, volume, timeBandwidth, "slab", 1, problems);
        if (echo == null) {
            return null;
        }
        InversionPreparedEcho planned =
                new InversionPreparedEcho(protocol, limits, system, volume, inversion, echo, problems);
        return problems.none() ? planned : null;
    }

    private InversionPreparedEcho(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Volume volume,
            Excitation inversion,
            SpoiledEcho echo,
            Problems problems) {
        this.protocol = protocol;
        this.limits = limits;
        this.stack = Placement.of(protocol);
        this.volume = volume;
        this.inversion = inversion;
        this.echo = echo;
        Grid grid = system.grid();
        sampling = Sampling.of(protocol, limits, volume, problems);
        trains = trains();
        spoilLobe = system.shortest(SPOILER_CYCLES / volume.voxelDepthMeters());

        problems.atLeast("ESP", echo.shortestPs(0) * 1e-12, 1e-5, "one echo takes that long");
        spacingPs = Math.max(echo.shortestPs(0), grid.down(Rasters.ps(protocol.number("ESP"))));

        long toCenter = centralEntry() * spacingPs;
        long fixed = inversion.tailPs() + echo.leadPs() + toCenter;
        problems.atLeast(
                "TI",
                (fixed + spoilLobe.durationPs()) * 1e-12,
                1e-5,
                "half the inversion " + Timing.ms(inversion.tailPs()) + " + spoiling "
                        + Timing.ms(spoilLobe.durationPs()) + " + the train up to its centre " + Timing.ms(toCenter)
                        + " + half the excitation " + Timing.ms(echo.leadPs()));
        waitPs = Math.max(spoilLobe.durationPs(), grid.down(Rasters.ps(protocol.number("TI"))) - fixed);

        long longest = trains.stream().mapToInt(List::size).max().orElseThrow() * spacingPs;
        problems.atLeast(
                "TR",
                (inversion.blockPs() + waitPs + longest) * 1e-12,
                1e-5,
                "the inversion " + Timing.ms(inversion.blockPs()) + " + the wait " + Timing.ms(waitPs) + " + the train "
                        + Timing.ms(longest));
        repetitionPs = grid.down(Rasters.ps(protocol.number("TR")));
        checkDuty(longest / spacingPs, grid, problems);
        echo.checkReach(protocol, limits, stack, problems);
        Timing.readouts((long) sampling.count() * protocol.count("averages"), problems);
    }

    /** In a second, there are no more pulses than TR allows, and no more than the echo spacing does. */
    private void checkDuty(long longestTrain, Grid grid, Problems problems) {
        long perTrain = inversion.durationPs() + longestTrain * echo.transmitPs();
        if (!Timing.withinDuty(repetitionPs, perTrain, limits)) {
            // Twice what an inversion adds to each echo on average: a second may hold one more than its share.
            double inversionShare = 2 * inversion.durationPs() * (spacingPs / Math.min(repetitionPs, SECOND_PS));
            Timing.duty(protocol, "ESP", 1, echo.transmitPs() + (long) inversionShare, limits, grid, problems);
        }
    }

    private boolean alongPartitions() {
        return protocol.choice("trainAxis").equals(ALONG_PARTITIONS);
    }

    private List<List<View>> trains() {
        List<List<View>> result = new ArrayList<>();
        int longest = protocol.count("ETL");
        if (alongPartitions()) {
            for (int line = 0; line < volume.lines(); line++) {
                result.addAll(ViewOrder.segmented(across(line), longest));
            }
        } else {
            for (int partition : sampling.measuredPartitions()) {
                result.addAll(ViewOrder.segmented(sampling.views(partition, order()), longest));
            }
        }
        return result;
    }

    /** One line's measured partitions. */
    private List<View> across(int line) {
        List<Integer> partitions = IntStream.range(0, volume.partitions())
                .filter(partition -> sampling.isMeasured(line, partition))
                .boxed()
                .toList();
        return order().arranged(partitions, volume.partitions() / 2).stream()
                .map(partition -> sampling.view(line, partition))
                .toList();
    }

    private LineOrder order() {
        return Sampling.order(protocol);
    }

    /** Where in its train the centre of k-space is measured. */
    private int centralEntry() {
        View center = sampling.view(volume.lines() / 2, volume.partitions() / 2);
        return trains.stream()
                .mapToInt(train -> train.indexOf(center))
                .filter(index -> index >= 0)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public double durationSeconds() {
        long repetitions = protocol.count("dummies") + (long) trains.size() * protocol.count("averages");
        return repetitions * repetitionPs * 1e-12;
    }

    @Override
    public SequencePlan write(PatientPosition position) {
        PlanWriter writer = new PlanWriter(DesignRasters.of(limits), position);
        long number = 0;
        for (int dummy = 0; dummy < protocol.count("dummies"); dummy++) {
            number = train(writer, trains.get(0), true, 0, number);
        }
        for (int average = 0; average < protocol.count("averages"); average++) {
            for (List<View> train : trains) {
                number = train(writer, train, false, average, number);
            }
        }
        SequenceParameters parameters = new SequenceParameters(
                protocol.sequence(),
                List.of("GR", "IR"),
                List.of("SP", "MP"),
                "3D",
                repetitionPs * 1e-12,
                echo.echoTimesSeconds(0),
                (inversion.tailPs() + waitPs + centralEntry() * spacingPs + echo.leadPs()) * 1e-12,
                protocol.number("FA"),
                1,
                protocol.count("averages"),
                volume.voxelDepthMeters(),
                echo.dwellSeconds());
        return writer.finish(
                List.of(volume.encoding(sampling, protocol.count("averages"), 1, 1)), parameters, List.of());
    }

    /** @return the number of excitations now, {@code number} being that before */
    private long train(PlanWriter writer, List<View> views, boolean dummy, int average, long number) {
        writer.at(stack);
        writer.block(inversion.blockPs(), inversion.pulse(0, 0), null, null, null);
        writer.block(waitPs, null, null, null, spoilLobe.of(SPOILER_CYCLES / volume.voxelDepthMeters()));
        EncodingCounters counters = new EncodingCounters(0, 0, average, 0, 0, 0, 0, 0, 0);
        long played = number;
        for (View view : views) {
            double rfPhase = Pulses.spoilingPhaseRadians(played++);
            View measured = dummy ? null : view;
            echo.write(writer, 0, stack, measured, counters, 0, rfPhase, SpoiledEcho.Pass.SINGLE, spacingPs);
        }
        long usedPs = inversion.blockPs() + waitPs + views.size() * spacingPs;
        if (repetitionPs > usedPs) {
            writer.block(repetitionPs - usedPs, null, null, null, null);
        }
        return played;
    }
}
