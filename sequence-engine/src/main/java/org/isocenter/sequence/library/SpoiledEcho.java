package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;
import org.isocenter.sequence.design.LineSampling.View;
import org.isocenter.sequence.design.Lobe;

/**
 * One repetition of a spoiled gradient echo: excitation, prephasing of all axes at once, one or more readouts, rewinding of
 * phase and partition with a spoiler of four cycles across the voxel on slice, or across 10 mm of a thicker one. Between
 * readouts the read gradient flies back, or turns round where the protocol's {@code readoutMode} says so.
 */
final class SpoiledEcho {
    /**
     * One of the repetitions that measure each line, one after another.
     *
     * @param extraEchoPs how much later than TE its echo comes
     * @param repetitions how many times TR it lasts
     */
    record Pass(long extraEchoPs, int repetitions) {
        /** The only one of an ordinary gradient echo. */
        static final Pass SINGLE = new Pass(0, 1);
    }

    /** What ESP is where there are several echoes after an excitation. */
    static final String SPACING = "Time from one echo's image to the next; without effect for a single echo";

    private static final double SPOILER_CYCLES = 4;
    private static final double THICKEST_SPOILED_METERS = 10e-3;

    private final Volume volume;
    private final Excitation excitation;
    private final List<FrequencyEncoding> echoes = new ArrayList<>();
    private final long echoPs;
    private final long shiftPs;
    private final long prephasePs;
    private final long gapPs;
    private final double spoilPerMeter;
    private final Lobe readLobe;
    private final Lobe bridgeLobe;
    private final Lobe phaseLobe;
    private final Lobe rephaseLobe;
    private final Lobe spoilLobe;

    /**
     * Null when {@code problems} tell why not.
     *
     * @param mostRepetitions of any pass: its spoiler is so many times the usual one
     */
    static SpoiledEcho plan(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Volume volume,
            double timeBandwidth,
            String thicknessParameter,
            int mostRepetitions,
            Problems problems) {
        Excitation excitation = Excitation.slice(
                Excitation.shape(protocol, protocol.number("FA"), RfUse.EXCITATION, timeBandwidth),
                RfUse.EXCITATION,
                volume.fov().z(),
                thicknessParameter,
                limits,
                system,
                problems);
        FrequencyEncoding readout = FrequencyEncoding.plan(protocol, limits, system, problems);
        return problems.none()
                ? new SpoiledEcho(protocol, system, volume, excitation, readout, mostRepetitions, problems)
                : null;
    }

    private SpoiledEcho(
            Protocol protocol,
            GradientSystem system,
            Volume volume,
            Excitation excitation,
            FrequencyEncoding readout,
            int mostRepetitions,
            Problems problems) {
        this.volume = volume;
        this.excitation = excitation;
        Grid grid = system.grid();

        spoilPerMeter = SPOILER_CYCLES / Math.min(THICKEST_SPOILED_METERS, volume.voxelDepthMeters());
        readLobe = system.shortest(readout.areaToCenterPerMeter(grid.stepPs()));
        phaseLobe = system.shortest(volume.largestKPhasePerMeter());
        rephaseLobe = system.shortest(excitation.halfAreaPerMeter() + volume.largestKSlicePerMeter());
        spoilLobe = system.shortest(mostRepetitions * spoilPerMeter + volume.largestKSlicePerMeter());
        long shortestPrephase =
                Math.max(readLobe.durationPs(), Math.max(phaseLobe.durationPs(), rephaseLobe.durationPs()));

        long toWindow = readout.earliestPs() + readout.centerPs();
        problems.atLeast(
                "TE",
                (excitation.tailPs() + shortestPrephase + toWindow) * 1e-12,
                1e-5,
                "half the excitation " + Timing.ms(excitation.tailPs()) + " + prephasing " + Timing.ms(shortestPrephase)
                        + " + half the readout " + Timing.ms(toWindow));
        echoPs = Rasters.ps(protocol.number("TE"));
        long available = Math.max(shortestPrephase, echoPs - excitation.tailPs() - toWindow);
        prephasePs = grid.down(available);
        shiftPs = grid.nearestRf(available - prephasePs);

        boolean several = protocol.has("echoes") && protocol.count("echoes") > 1;
        boolean turnsRound = several && protocol.count("readoutMode") == 1;
        int count = several ? protocol.count("echoes") : 1;
        for (int echo = 0; echo < count; echo++) {
            echoes.add(turnsRound && echo % 2 == 1 ? readout.reversed() : readout);
        }
        double longestBridge = 0;
        for (int echo = 0; echo < count - 1; echo++) {
            longestBridge = Math.max(longestBridge, Math.abs(bridgePerMeter(echo)));
        }
        bridgeLobe = system.shortest(longestBridge);
        gapPs = several ? gap(protocol, grid, readout, problems) : 0;
    }

    private long gap(Protocol protocol, Grid grid, FrequencyEncoding readout, Problems problems) {
        problems.atLeast(
                "ESP",
                (readout.blockPs() + bridgeLobe.durationPs()) * 1e-12,
                1e-5,
                "the readout " + Timing.ms(readout.blockPs()) + " + the way back "
                        + Timing.ms(bridgeLobe.durationPs()));
        long wanted = grid.down(Rasters.ps(protocol.number("ESP")) + grid.stepPs() / 2);
        return Math.max(bridgeLobe.durationPs(), wanted - readout.blockPs());
    }

    /** What the read axis needs between this echo's readout and the next one's. */
    private double bridgePerMeter(int echo) {
        FrequencyEncoding here = echoes.get(echo);
        double after = here.gradient().areaPerMeter() - here.areaToCenterPerMeter(shiftPs);
        return -echoes.get(echo + 1).areaToCenterPerMeter(shiftPs) - after;
    }

    /** How many readouts a repetition has. */
    int echoCount() {
        return echoes.size();
    }

    /** From the excitation to each echo, in a pass that waits so much longer. */
    List<Double> echoTimesSeconds(long extraEchoPs) {
        List<Double> times = new ArrayList<>();
        FrequencyEncoding first = echoes.get(0);
        for (int echo = 0; echo < echoes.size(); echo++) {
            FrequencyEncoding here = echoes.get(echo);
            long later = echo * (here.blockPs() + gapPs) + here.centerPs() - first.centerPs();
            times.add((echoPs + extraEchoPs + later) * 1e-12);
        }
        return times;
    }

    /** The shortest repetition, of a pass that waits so much longer. */
    long shortestPs(long extraEchoPs) {
        return beforeSpoilingPs(extraEchoPs) + Math.max(spoilLobe.durationPs(), phaseLobe.durationPs());
    }

    private long beforeSpoilingPs(long extraEchoPs) {
        return excitation.blockPs()
                + prephasePs
                + extraEchoPs
                + echoes.size() * echoes.get(0).blockPs()
                + (echoes.size() - 1) * gapPs;
    }

    /** From a repetition's start to the centre of its pulse. */
    long leadPs() {
        return excitation.leadPs();
    }

    /** How long the transmitter is on in a repetition. */
    long transmitPs() {
        return excitation.durationPs();
    }

    double dwellSeconds() {
        return echoes.get(0).dwellPs() * 1e-12;
    }

    /** Says so when the pulses or the windows do not reach this stack. */
    void checkReach(Protocol protocol, SystemLimits limits, EncodingGeometry stack, Problems problems) {
        double reach = (volume.slices() - 1) / 2.0 * volume.spacingMeters();
        Timing.offset(protocol, stack.slice(), stack, reach, excitation.hertzPerMeter(), limits, problems);
        double readGradient = echoes.get(0).gradient().amplitudeHertzPerMeter();
        Timing.offset(protocol, stack.read(), stack, 0, readGradient, limits, problems);
    }

    /**
     * Writes one repetition.
     *
     * @param view what to measure; null for a dummy
     * @param counters all but line, partition and contrast
     * @param contrast of the first echo; the others follow
     * @param lengthPs of the repetition, at least {@link #shortestPs}
     */
    void write(
            PlanWriter writer,
            int space,
            EncodingGeometry geometry,
            View view,
            EncodingCounters counters,
            int contrast,
            double rfPhase,
            Pass pass,
            long lengthPs) {
        writer.at(geometry);
        Vec3 center = Placement.logicalCenter(geometry);
        double kPhase = view == null ? 0 : volume.kPhasePerMeter(view.line());
        double kSlice = view == null ? 0 : volume.kSlicePerMeter(view.partition());
        writer.block(excitation.blockPs(), excitation.pulse(center.z(), rfPhase), null, null, excitation.gradient());
        writer.block(
                prephasePs + pass.extraEchoPs(),
                null,
                readLobe.of(-echoes.get(0).areaToCenterPerMeter(shiftPs)),
                phaseLobe.of(kPhase),
                rephaseLobe.of(kSlice - excitation.halfAreaPerMeter()));
        for (int echo = 0; echo < echoes.size(); echo++) {
            FrequencyEncoding readout = echoes.get(echo);
            if (echo > 0) {
                writer.block(gapPs, null, bridgeLobe.of(bridgePerMeter(echo - 1)), null, null);
            }
            if (view == null) {
                writer.block(readout.blockPs(), null, readout.gradient(), null, null);
            } else {
                double phase = rfPhase + 2 * Math.PI * (kPhase * center.y() + kSlice * center.z());
                Adc window = readout.window(shiftPs, center.x(), phase);
                writer.readout(
                        readout.blockPs(),
                        readout.gradient(),
                        null,
                        null,
                        window,
                        readout.centerSample(),
                        space,
                        countersOf(view, counters, contrast + echo),
                        view.flags() | (readout.isReversed() ? AcquisitionFlags.REVERSE : 0));
            }
        }
        writer.block(
                lengthPs - beforeSpoilingPs(pass.extraEchoPs()),
                null,
                null,
                phaseLobe.of(-kPhase),
                spoilLobe.of(pass.repetitions() * spoilPerMeter - kSlice));
    }

    private static EncodingCounters countersOf(View view, EncodingCounters c, int contrast) {
        return new EncodingCounters(
                view.line(),
                view.partition(),
                c.average(),
                c.slice(),
                contrast,
                c.phase(),
                c.repetition(),
                c.set(),
                c.segment());
    }
}
