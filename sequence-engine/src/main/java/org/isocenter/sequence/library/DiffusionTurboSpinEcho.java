package org.isocenter.sequence.library;

import java.util.List;
import java.util.stream.IntStream;
import org.isocenter.model.Diffusion;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.design.DesignRasters;
import org.isocenter.sequence.design.EchoTrains;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.LineOrder;
import org.isocenter.sequence.design.ViewOrder;

/**
 * Turbo spin echo of magnetisation that was weighted by diffusion before each train. The first echo measures the centre of
 * k-space. Every other average stores the magnetisation the other way up and excites it with the opposite phase: what has
 * recovered since then by T1 cancels in the mean.
 */
final class DiffusionTurboSpinEcho implements Kernel {
    private final Protocol protocol;
    private final SystemLimits limits;
    private final EncodingGeometry stack;
    private final Volume volume;
    private final DiffusionScheme scheme;
    private final DiffusionPreparation preparation;
    private final SpinEchoTrain upward;
    private final SpinEchoTrain downward;
    private final int[][] trains;
    private final long repetitionPs;
    private final long partPs;

    /** Null when {@code problems} tell why not. */
    static Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        GradientSystem system = LibrarySequence.gradientSystem(limits, List.of(Placement.of(protocol)));
        Volume volume = Volume.stack(protocol);
        problems.atMost("ETL", volume.lines(), 1, "there are no more lines to measure than that");
        Excitation excitation = pulse(Math.PI / 2, RfUse.EXCITATION, volume, limits, system, problems);
        Excitation refocusing =
                problems.none() ? pulse(Math.PI, RfUse.REFOCUSING, volume, limits, system, problems) : null;
        if (!problems.none()) {
            return null;
        }
        DiffusionScheme scheme = DiffusionScheme.of(protocol);
        DiffusionPreparation preparation = DiffusionPreparation.plan(
                protocol,
                limits,
                system,
                volume.voxelDepthMeters(),
                excitation,
                refocusing,
                scheme.largest(),
                problems);
        SpinEchoTrain upward = train(protocol, limits, system, volume, excitation, refocusing, problems);
        if (upward == null) {
            return null;
        }
        SpinEchoTrain downward = problems.none()
                ? train(
                        protocol,
                        limits,
                        system,
                        volume,
                        DiffusionPreparation.opposite(excitation),
                        refocusing,
                        problems)
                : upward;
        DiffusionTurboSpinEcho planned = new DiffusionTurboSpinEcho(
                protocol, limits, system, volume, scheme, preparation, upward, downward, problems);
        return problems.none() ? planned : null;
    }

    private static Excitation pulse(
            double flip, RfUse use, Volume volume, SystemLimits limits, GradientSystem system, Problems problems) {
        return Excitation.slice(
                flip, use, GradientEcho2D.TIME_BANDWIDTH, volume.fov().z(), "thickness", limits, system, problems);
    }

    private static SpinEchoTrain train(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Volume volume,
            Excitation excitation,
            Excitation refocusing,
            Problems problems) {
        SpinEchoTrain.Parts parts =
                new SpinEchoTrain.Parts(excitation, refocusing, refocusing, protocol.count("ETL"), "ESP", "ESP", false);
        return SpinEchoTrain.plan(protocol, limits, system, volume, parts, problems);
    }

    private DiffusionTurboSpinEcho(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Volume volume,
            DiffusionScheme scheme,
            DiffusionPreparation preparation,
            SpinEchoTrain upward,
            SpinEchoTrain downward,
            Problems problems) {
        this.protocol = protocol;
        this.limits = limits;
        this.stack = Placement.of(protocol);
        this.volume = volume;
        this.scheme = scheme;
        this.preparation = preparation;
        this.upward = upward;
        this.downward = downward;
        int[] lines = IntStream.range(0, volume.lines()).toArray();
        trains = EchoTrains.trains(LineOrder.CENTRIC, lines, volume.lines() / 2, upward.echoes(), 0);

        long slotPs = preparation.durationPs() + upward.leadPs() + upward.tailPs();
        repetitionPs = system.grid().down(Rasters.ps(protocol.number("TR")));
        partPs = system.grid().down(repetitionPs / volume.slices());
        Timing.repetition(
                protocol, volume.slices(), slotPs, preparation.onPs() + upward.onPs(), limits, system.grid(), problems);
        double reach = (volume.slices() - 1) / 2.0 * volume.spacingMeters();
        Timing.offset(protocol, stack.slice(), stack, reach, upward.largestSliceGradient(), limits, problems);
        double readGradient = upward.readout().gradient().amplitudeHertzPerMeter();
        Timing.offset(protocol, stack.read(), stack, 0, readGradient, limits, problems);
        Timing.readouts(images() * volume.slices() * volume.lines(), problems);
    }

    private long images() {
        return (long) scheme.weightings().size() * protocol.count("averages");
    }

    @Override
    public double durationSeconds() {
        return (protocol.count("dummies") + images() * trains.length) * repetitionPs * 1e-12;
    }

    @Override
    public SequencePlan write(PatientPosition position) {
        PlanWriter writer = new PlanWriter(DesignRasters.of(limits), position);
        for (int dummy = 0; dummy < protocol.count("dummies"); dummy++) {
            repetition(writer, null, 0, 0);
        }
        for (int set = 0; set < scheme.weightings().size(); set++) {
            for (int average = 0; average < protocol.count("averages"); average++) {
                for (int[] lines : trains) {
                    repetition(writer, lines, set, average);
                }
            }
        }
        SequenceParameters parameters = new SequenceParameters(
                protocol.sequence(),
                List.of("SE"),
                List.of("SK", "MP"),
                "2D",
                repetitionPs * 1e-12,
                List.of(preparation.echoSeconds() + upward.echoSeconds(0)),
                Double.NaN,
                Math.PI / 2,
                upward.echoes(),
                protocol.count("averages"),
                volume.voxelDepthMeters(),
                upward.readout().dwellPs() * 1e-12,
                scheme.inPatient(stack));
        List<String> notes = protocol.count("averages") % 2 == 0
                ? List.of()
                : List.of(
                        "with an odd number of averages, what recovers between preparation and excitation does not cancel:"
                                + " diffusion appears a few percent slower");
        return writer.finish(List.of(volume.encoding(protocol.count("averages"), upward.echoes())), parameters, notes);
    }

    /** @param lines of each echo, -1 for none; null for a dummy */
    private void repetition(PlanWriter writer, int[] lines, int set, int average) {
        long leftPs = repetitionPs;
        Diffusion weighting = scheme.weightings().get(set);
        boolean down = average % 2 == 1;
        int[] order = ViewOrder.interleaved(volume.slices());
        for (int i = 0; i < order.length; i++) {
            long lengthPs = i == order.length - 1 ? leftPs : partPs;
            leftPs -= lengthPs;
            EncodingGeometry geometry = Placement.slice(stack, order[i], volume.slices(), volume.spacingMeters());
            EncodingCounters[] counters = new EncodingCounters[upward.echoes()];
            for (int echo = 0; lines != null && echo < counters.length; echo++) {
                counters[echo] = lines[echo] < 0
                        ? null
                        : new EncodingCounters(lines[echo], 0, average, order[i], 0, 0, 0, set, 0);
            }
            preparation.write(writer, geometry, weighting, down);
            long restPs = lengthPs - preparation.durationPs();
            (down ? downward : upward).write(writer, geometry, 0, counters, new long[counters.length], restPs);
        }
    }
}
