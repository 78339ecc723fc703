package org.isocenter.sequence.library;

import java.util.Arrays;
import java.util.List;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.design.DesignRasters;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;
import org.isocenter.sequence.design.Lobe;
import org.isocenter.sequence.design.ViewOrder;

/**
 * A spin echo, or a train of them under the conditions of Carr, Purcell, Meiboom and Gill: excitation with phase 0°,
 * refocusing with 90°, and on every axis the same moment before and after each refocusing pulse's centre, half of it up to
 * the echo. Phase and partition are encoded after each refocusing and rewound before the next. Crushers of four cycles
 * across the voxel stand on both sides of each refocusing pulse; the first is merged with the slice rephaser.
 *
 * <pre>
 *        90°        180°                                  180°
 *  slice ▁█▁ ▂crush ▁█▁ crush+kz ............ crush-kz    ▁█▁ ...
 *  read      ▂half          ......▂readout▂.. trim
 *  phase                    ky    ............ -ky
 *        |--- ESP/2 ---|------ ESP/2 ---|---- ESP/2 ---|
 * </pre>
 */
final class SpinEchoTrain implements Kernel {
    private static final double CRUSHER_CYCLES = 4;

    private final Protocol protocol;
    private final SystemLimits limits;
    private final EncodingGeometry stack;
    private final Volume volume;
    private final Excitation excitation;
    private final Excitation refocusing;
    private final FrequencyEncoding readout;
    private final int echoes;
    private final int centralEcho;
    private final double crusherPerMeter;
    private final double trimPerMeter;
    private final Lobe readLobe;
    private final Lobe trimLobe;
    private final Lobe firstSliceLobe;
    private final Lobe sliceLobe;
    private final Lobe phaseLobe;
    private final long beforePs;
    private final long encodePs;
    private final long rewindPs;
    private final long halfSpacingPs;
    private final long repetitionPs;
    private final long partPs;

    /**
     * @param refocusing its pulse; with a slice gradient for 2D
     * @param echoes of a train
     * @param spacingParameter the parameter that is the echo spacing: TE for a single echo, else ESP
     * @return null when {@code problems} tell why not
     */
    static SpinEchoTrain plan(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Volume volume,
            Excitation excitation,
            Excitation refocusing,
            int echoes,
            String spacingParameter,
            Problems problems) {
        FrequencyEncoding readout = FrequencyEncoding.plan(protocol, limits, system, problems);
        if (!problems.none()) {
            return null;
        }
        SpinEchoTrain planned = new SpinEchoTrain(
                protocol, limits, system, volume, excitation, refocusing, readout, echoes, spacingParameter, problems);
        return problems.none() ? planned : null;
    }

    private SpinEchoTrain(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Volume volume,
            Excitation excitation,
            Excitation refocusing,
            FrequencyEncoding readout,
            int echoes,
            String spacingParameter,
            Problems problems) {
        this.protocol = protocol;
        this.limits = limits;
        this.stack = Placement.of(protocol);
        this.volume = volume;
        this.excitation = excitation;
        this.refocusing = refocusing;
        this.readout = readout;
        this.echoes = echoes;
        Grid grid = system.grid();

        crusherPerMeter = CRUSHER_CYCLES / volume.voxelDepthMeters();
        double toCenter = readout.areaToCenterPerMeter(readout.middleShiftPs());
        // The window starts on the RF raster, so that sample n/2 may miss the gradient's middle by half a raster; the
        // trim
        // restores the balance of moments.
        trimPerMeter = 2 * toCenter - readout.gradient().areaPerMeter();
        readLobe = system.shortest(toCenter);
        trimLobe = system.shortest(trimPerMeter);
        firstSliceLobe = system.shortest(firstSliceArea());
        sliceLobe = system.shortest(crusherPerMeter + volume.largestKSlicePerMeter());
        phaseLobe = system.shortest(volume.largestKPhasePerMeter());

        long shortestBefore = Math.max(readLobe.durationPs(), firstSliceLobe.durationPs());
        long shortestEncode = Math.max(sliceLobe.durationPs(), phaseLobe.durationPs());
        long shortestRewind = Math.max(shortestEncode, trimLobe.durationPs());
        long beforeRefocusing = excitation.tailPs() + shortestBefore + refocusing.leadPs();
        long toEcho = refocusing.tailPs() + shortestEncode + readout.halfPs();
        long fromEcho = echoes == 1 ? 0 : readout.halfPs() + shortestRewind + refocusing.leadPs();
        long shortestHalf = Math.max(beforeRefocusing, Math.max(toEcho, fromEcho));
        problems.atLeast(spacingParameter, 2 * shortestHalf * 1e-12, 1e-5, why(beforeRefocusing, toEcho, fromEcho));

        long wanted = Rasters.ps(protocol.number(spacingParameter)) / 2;
        halfSpacingPs = Math.max(shortestHalf, grid.down(wanted + grid.stepPs() / 2));
        beforePs = halfSpacingPs - excitation.tailPs() - refocusing.leadPs();
        encodePs = halfSpacingPs - refocusing.tailPs() - readout.halfPs();
        rewindPs = echoes == 1 ? shortestRewind : halfSpacingPs - readout.halfPs() - refocusing.leadPs();
        centralEcho = echoes == 1 ? 0 : centralEcho(problems);

        long echoPs = refocusing.blockPs() + encodePs + readout.blockPs() + rewindPs;
        long slotPs = excitation.blockPs() + beforePs + echoes * echoPs + sliceLobe.durationPs();
        long onPs = excitation.durationPs() + echoes * refocusing.durationPs();
        repetitionPs = grid.down(Rasters.ps(protocol.number("TR")));
        partPs = grid.down(repetitionPs / volume.slices());
        Timing.repetition(protocol, volume.slices(), slotPs, onPs, limits, grid, problems);
        double reach = (volume.slices() - 1) / 2.0 * volume.spacingMeters();
        double sliceGradient = Math.max(excitation.hertzPerMeter(), refocusing.hertzPerMeter());
        Timing.offset(protocol, stack.slice(), stack, reach, sliceGradient, limits, problems);
        double readGradient = readout.gradient().amplitudeHertzPerMeter();
        Timing.offset(protocol, stack.read(), stack, 0, readGradient, limits, problems);
        Timing.readouts(
                (long) volume.slices() * volume.lines() * volume.partitions() * protocol.count("averages"), problems);
    }

    /** What the slice axis still needs between excitation and the first refocusing pulse. */
    private double firstSliceArea() {
        return crusherPerMeter - excitation.halfAreaPerMeter();
    }

    private String why(long beforeRefocusing, long toEcho, long fromEcho) {
        if (beforeRefocusing >= Math.max(toEcho, fromEcho)) {
            return "twice excitation to refocusing, " + Timing.ms(beforeRefocusing);
        }
        return toEcho >= fromEcho
                ? "twice refocusing to echo: half the pulse " + Timing.ms(refocusing.tailPs())
                        + " + crusher and encoding "
                        + Timing.ms(toEcho - refocusing.tailPs() - readout.halfPs()) + " + half the readout "
                        + Timing.ms(readout.halfPs())
                : "twice echo to refocusing: half the readout " + Timing.ms(readout.halfPs())
                        + " + rewinding and crusher "
                        + Timing.ms(fromEcho - refocusing.leadPs() - readout.halfPs()) + " + half the pulse "
                        + Timing.ms(refocusing.leadPs());
    }

    /** The echo that comes at TE, from 0. */
    private int centralEcho(Problems problems) {
        double spacing = 2e-12 * halfSpacingPs;
        double te = protocol.number("TE");
        int nearest = (int) Math.max(1, Math.min(echoes, Math.rint(te / spacing)));
        if (Math.abs(te - nearest * spacing) > 0.01 * spacing) {
            int second = te > nearest * spacing ? nearest + 1 : nearest - 1;
            String message = "TE must be a whole number of echo spacings, up to " + echoes + ": the nearest is "
                    + protocol.spec("TE").display(nearest * spacing);
            if (second >= 1 && second <= echoes) {
                problems.add("TE", message, nearest * spacing, second * spacing);
            } else {
                problems.add("TE", message, nearest * spacing);
            }
        }
        return nearest - 1;
    }

    private int shots() {
        return (volume.lines() + echoes - 1) / echoes;
    }

    @Override
    public double durationSeconds() {
        long repetitions =
                protocol.count("dummies") + (long) shots() * volume.partitions() * protocol.count("averages");
        return repetitions * repetitionPs * 1e-12;
    }

    @Override
    public SequencePlan write(PatientPosition position) {
        PlanWriter writer = new PlanWriter(DesignRasters.of(limits), position);
        int[] nothing = new int[echoes];
        Arrays.fill(nothing, -1);
        for (int dummy = 0; dummy < protocol.count("dummies"); dummy++) {
            repetition(writer, nothing, volume.partitions() / 2, 0);
        }
        int[][] order = ViewOrder.turbo(volume.lines(), echoes, centralEcho);
        for (int average = 0; average < protocol.count("averages"); average++) {
            for (int partition : ViewOrder.centric(volume.partitions())) {
                for (int[] lines : order) {
                    repetition(writer, lines, partition, average);
                }
            }
        }
        SequenceParameters parameters = new SequenceParameters(
                protocol.sequence(),
                List.of("SE"),
                List.of(echoes == 1 ? "NONE" : "SK"),
                protocol.has("partitions") ? "3D" : "2D",
                repetitionPs * 1e-12,
                List.of(2e-12 * halfSpacingPs * (centralEcho + 1)),
                Double.NaN,
                protocol.number("FA"),
                echoes,
                protocol.count("averages"),
                volume.voxelDepthMeters(),
                readout.dwellPs() * 1e-12);
        return writer.finish(List.of(volume.encoding(protocol.count("averages"), echoes)), parameters, List.of());
    }

    private void repetition(PlanWriter writer, int[] lines, int partition, int average) {
        long leftPs = repetitionPs;
        int[] order = ViewOrder.interleaved(volume.slices());
        for (int i = 0; i < order.length; i++) {
            long lengthPs = i == order.length - 1 ? leftPs : partPs;
            leftPs -= lengthPs;
            train(writer, lines, partition, average, order[i], lengthPs);
        }
    }

    /** @param lines one for each echo, -1 for an echo that measures nothing */
    private void train(PlanWriter writer, int[] lines, int partition, int average, int slice, long lengthPs) {
        EncodingGeometry geometry = Placement.slice(stack, slice, volume.slices(), volume.spacingMeters());
        writer.at(geometry);
        Vec3 center = Placement.logicalCenter(geometry);
        double kSlice = volume.kSlicePerMeter(partition);
        double toCenter = readout.areaToCenterPerMeter(readout.middleShiftPs());
        RfPulse refocus = refocusing.pulse(center.z(), Math.PI / 2);

        writer.block(excitation.blockPs(), excitation.pulse(center.z(), 0), null, null, excitation.gradient());
        writer.block(beforePs, null, readLobe.of(toCenter), null, firstSliceLobe.of(firstSliceArea()));
        long usedPs = excitation.blockPs() + beforePs;
        for (int line : lines) {
            double kPhase = line < 0 ? 0 : volume.kPhasePerMeter(line);
            writer.block(refocusing.blockPs(), refocus, null, null, refocusing.gradient());
            writer.block(encodePs, null, null, phaseLobe.of(kPhase), sliceLobe.of(crusherPerMeter + kSlice));
            if (line < 0) {
                writer.block(readout.blockPs(), null, readout.gradient(), null, null);
            } else {
                double phase = 2 * Math.PI * (kPhase * center.y() + kSlice * center.z());
                Adc window = readout.window(readout.middleShiftPs(), center.x(), phase);
                EncodingCounters counters = new EncodingCounters(line, partition, average, slice, 0, 0, 0, 0, 0);
                writer.readout(readout.blockPs(), readout.gradient(), window, readout.samples() / 2, 0, counters);
            }
            writer.block(
                    rewindPs,
                    null,
                    trimLobe.of(trimPerMeter),
                    phaseLobe.of(-kPhase),
                    sliceLobe.of(crusherPerMeter - kSlice));
            usedPs += refocusing.blockPs() + encodePs + readout.blockPs() + rewindPs;
        }
        writer.block(lengthPs - usedPs, null, null, null, sliceLobe.of(crusherPerMeter));
    }
}
