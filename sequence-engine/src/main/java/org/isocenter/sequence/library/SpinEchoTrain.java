package org.isocenter.sequence.library;

import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;
import org.isocenter.sequence.design.Lobe;

/**
 * A train of spin echoes under the conditions of Carr, Purcell, Meiboom and Gill: excitation with phase 0°, refocusing with
 * 90°, and on every axis the same moment before and after each refocusing pulse's centre, half of it up to the echo. Phase
 * and partition are encoded after each refocusing and rewound before the next. Crushers stand on both sides of each
 * refocusing pulse; the first is merged with the slice rephaser.
 *
 * <pre>
 *        90°        180°                                  180°
 *  slice ▁█▁ ▂crush ▁█▁ crush+kz ............ crush-kz    ▁█▁ ...
 *  read      ▂half          ......▂readout▂.. trim
 *  phase                    ky    ............ -ky
 *        |- first/2 -|---- first/2 ---|---- spacing/2 ----|
 * </pre>
 *
 * The first echo may come earlier or later than the spacing of the others. Then stimulated echoes would not coincide with spin
 * echoes; the crushers of the first pulse differ from the others', so that they are not rephased.
 *
 * <p>At low field the gradients' concomitant fields add a phase that goes with ∫g² and the square of the place. It must be the
 * same in each half of the train's intervals, or the conditions of the train fail off centre, and echoes of either parity differ
 * (Zhou et al., Magn Reson Med 40:582, 1998). So the lobe that prephases the readout has the ∫g² of half the readout; crushers have the
 * same ∫g² before and after a refocusing pulse, whatever partition they encode with, and together with the slice's rephaser; and
 * phase is encoded by lobes as long as there is time for.
 *
 * <p>A driven-equilibrium train (Becker et al., J Am Chem Soc 91:7784, 1969) ends with one more refocusing, and where its echo
 * forms the mirror image of the excitation turns what is left of it back to z.
 */
final class SpinEchoTrain {
    private static final double CRUSHER_CYCLES = 4;
    /** Of the pulses after the first, where the first echo has a spacing of its own. */
    private static final double OTHER_CRUSHER_CYCLES = 6;

    /** Crushers and encoding take no longer than this: what moves loses the more signal, the longer they are. */
    private static final long LONGEST_LOBE_PS = 3_000_000_000L;

    /**
     * What a train consists of.
     *
     * @param excitation its pulse
     * @param first its first refocusing pulse
     * @param later the other refocusing pulses, timed like the first
     * @param echoes of a train
     * @param firstParameter the parameter that is the time of the first echo
     * @param spacingParameter the parameter that is the time between echoes
     * @param drivenEquilibrium whether a last pulse turns the magnetisation back
     */
    record Parts(
            Excitation excitation,
            Excitation first,
            Excitation later,
            int echoes,
            String firstParameter,
            String spacingParameter,
            boolean drivenEquilibrium) {}

    private final Parts parts;
    private final Volume volume;
    private final GradientSystem system;
    private final FrequencyEncoding readout;
    private final double firstCrusherPerMeter;
    private final double crusherPerMeter;
    private final double toCenterPerMeter;
    private final double trimPerMeter;
    private final Lobe readLobe;
    private final Lobe trimLobe;
    private final Lobe crusherLobe;
    private final Lobe phaseLobe;
    /** Rewinds the last echo. */
    private final Lobe lastPhaseLobe;
    /** ∫g² along slice in each half of an interval, without the refocusing pulses' own. */
    private final double sliceEnergy;

    private final long shortestRewindPs;
    private final long firstHalfPs;
    private final long halfSpacingPs;

    /** Null when {@code problems} tell why it has no readout; echoes too early are put off, and {@code problems} say so. */
    static SpinEchoTrain plan(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Volume volume,
            Parts parts,
            Problems problems) {
        FrequencyEncoding readout = FrequencyEncoding.plan(protocol, limits, system, problems);
        if (!problems.none()) {
            return null;
        }
        return new SpinEchoTrain(protocol, system, volume, parts, readout, problems);
    }

    private SpinEchoTrain(
            Protocol protocol,
            GradientSystem system,
            Volume volume,
            Parts parts,
            FrequencyEncoding readout,
            Problems problems) {
        this.parts = parts;
        this.volume = volume;
        this.system = system;
        this.readout = readout;
        Grid grid = system.grid();
        long wantedFirst = half(protocol, parts.firstParameter, grid);
        long wanted = parts.echoes == 1 ? wantedFirst : half(protocol, parts.spacingParameter, grid);

        firstCrusherPerMeter = CRUSHER_CYCLES / volume.voxelDepthMeters();
        crusherPerMeter =
                wanted == wantedFirst ? firstCrusherPerMeter : OTHER_CRUSHER_CYCLES / volume.voxelDepthMeters();
        toCenterPerMeter = readout.areaToCenterPerMeter(readout.middleShiftPs());
        // The window starts on the RF raster, so that sample n/2 may miss the gradient's middle by half a raster; the
        // trim restores the balance of moments.
        trimPerMeter = 2 * toCenterPerMeter - readout.gradient().areaPerMeter();
        Lobe shortestRead = system.shortest(toCenterPerMeter);
        trimLobe = system.shortest(trimPerMeter);
        Lobe shortestOuterLobe = system.shortest(Math.max(
                Math.abs(outerAreaPerMeter(firstCrusherPerMeter)), Math.abs(outerAreaPerMeter(crusherPerMeter))));
        crusherLobe = system.shortest(crusherPerMeter + volume.largestKSlicePerMeter());
        lastPhaseLobe = system.shortest(volume.largestKPhasePerMeter());

        long shortestOuter = Math.max(shortestRead.durationPs(), shortestOuterLobe.durationPs());
        long shortestEncode = Math.max(crusherLobe.durationPs(), lastPhaseLobe.durationPs());
        shortestRewindPs = Math.max(shortestEncode, trimLobe.durationPs());
        boolean another = parts.echoes > 1 || parts.drivenEquilibrium;
        long beforeRefocusing = parts.excitation.tailPs() + shortestOuter + parts.first.leadPs();
        long toEcho = parts.first.tailPs() + shortestEncode + readout.halfPs();
        long fromEcho = another ? readout.halfPs() + shortestRewindPs + parts.first.leadPs() : 0;
        // The mirror image of what leads from the excitation to the first refocusing.
        long toTipUp =
                parts.drivenEquilibrium ? parts.first.tailPs() + shortestOuter + parts.excitation.mirroredLeadPs() : 0;
        long shortestFirst = Math.max(beforeRefocusing, toEcho);
        long shortest = Math.max(toEcho, Math.max(fromEcho, toTipUp));
        boolean ownSpacing = parts.echoes > 1 && !parts.firstParameter.equals(parts.spacingParameter);
        if (!ownSpacing) {
            shortestFirst = Math.max(shortestFirst, shortest);
            shortest = shortestFirst;
        }
        problems.atLeast(
                parts.firstParameter,
                2 * shortestFirst * 1e-12,
                1e-5,
                why(shortestFirst, beforeRefocusing, toEcho, fromEcho));
        if (ownSpacing) {
            problems.atLeast(parts.spacingParameter, 2 * shortest * 1e-12, 1e-5, why(shortest, 0, toEcho, fromEcho));
        }
        firstHalfPs = Math.max(shortestFirst, wantedFirst);
        halfSpacingPs = Math.max(shortest, wanted);

        long readPs = parts.drivenEquilibrium ? Math.min(outerPs(), tipUpPs()) : outerPs();
        readLobe = system.ofEnergy(toCenterPerMeter, readout.halfEnergy(), readPs);
        long encodePs = Math.min(LONGEST_LOBE_PS, encodePs(0));
        if (another) {
            encodePs = Math.min(encodePs, Math.min(encodePs(1), rewindPs()));
        }
        phaseLobe = system.filling(volume.largestKPhasePerMeter(), encodePs);
        double outer = outerAreaPerMeter(firstCrusherPerMeter);
        double most = crusherPerMeter + volume.largestKSlicePerMeter();
        sliceEnergy = Math.max(
                system.filling(most, encodePs).energy(most),
                parts.excitation.halfEnergy()
                        + system.filling(outer, Math.min(LONGEST_LOBE_PS, outerPs()))
                                .energy(outer));
    }

    /** Between the excitation and the first refocusing pulse. */
    private long outerPs() {
        return firstHalfPs - parts.excitation.tailPs() - parts.first.leadPs();
    }

    /** Between the last refocusing pulse and the one that turns the magnetisation back. */
    private long tipUpPs() {
        return halfSpacingPs - parts.first.tailPs() - parts.excitation.mirroredLeadPs();
    }

    /** Between the refocusing pulse before an echo and its readout. */
    private long encodePs(int echo) {
        return (echo == 0 ? firstHalfPs : halfSpacingPs) - parts.first.tailPs() - readout.halfPs();
    }

    /** Between an echo's readout and the next refocusing pulse. */
    private long rewindPs() {
        return halfSpacingPs - readout.halfPs() - parts.first.leadPs();
    }

    /** The lobe beside a refocusing pulse with the train's ∫g². */
    private Gradient.Trapezoid crusher(double areaPerMeter, long longestPs) {
        return system.ofEnergy(areaPerMeter, sliceEnergy, longestPs).of(areaPerMeter);
    }

    /** The lobe between an excitation, or its mirror image, and a refocusing pulse with this crusher. */
    private Gradient.Trapezoid outer(double crusher, long longestPs) {
        double area = outerAreaPerMeter(crusher);
        return system.ofEnergy(area, sliceEnergy - parts.excitation.halfEnergy(), longestPs)
                .of(area);
    }

    private static long half(Protocol protocol, String parameter, Grid grid) {
        return grid.down(Rasters.ps(protocol.number(parameter)) / 2 + grid.stepPs() / 2);
    }

    /** What the slice axis still needs between a slice pulse and a refocusing pulse with this crusher. */
    private double outerAreaPerMeter(double crusher) {
        return crusher - parts.excitation.halfAreaPerMeter();
    }

    private String why(long longest, long beforeRefocusing, long toEcho, long fromEcho) {
        if (longest == beforeRefocusing) {
            return "twice excitation to refocusing, " + Timing.ms(beforeRefocusing);
        }
        if (longest == toEcho) {
            return "twice refocusing to echo: half the pulse " + Timing.ms(parts.first.tailPs())
                    + " + crusher and encoding "
                    + Timing.ms(toEcho - parts.first.tailPs() - readout.halfPs()) + " + half the readout "
                    + Timing.ms(readout.halfPs());
        }
        return longest == fromEcho
                ? "twice echo to refocusing: half the readout " + Timing.ms(readout.halfPs())
                        + " + rewinding and crusher "
                        + Timing.ms(fromEcho - parts.first.leadPs() - readout.halfPs()) + " + half the pulse "
                        + Timing.ms(parts.first.leadPs())
                : "twice refocusing to the pulse that turns the magnetisation back, " + Timing.ms(longest);
    }

    FrequencyEncoding readout() {
        return readout;
    }

    int echoes() {
        return parts.echoes;
    }

    /** From the excitation's effective centre to that of echo {@code echo}, from 0; to the microsecond. */
    double echoSeconds(int echo) {
        RfPulse pulse = parts.excitation.envelope();
        double excited = pulse.delayPs() * 1e-12 + pulse.centerSeconds();
        double formed = 1e-12 * (leadPs() + 2 * (firstHalfPs + echo * halfSpacingPs));
        return Math.rint((formed - excited) * 1e6) / 1e6;
    }

    double spacingSeconds() {
        return 2e-12 * halfSpacingPs;
    }

    /** From the start of the train to the excitation's centre. */
    long leadPs() {
        return parts.excitation.leadPs();
    }

    /** From the excitation's centre to the end of the train. */
    long tailPs() {
        long toLastEcho = 2 * (firstHalfPs + (parts.echoes - 1) * halfSpacingPs);
        long rest = parts.drivenEquilibrium
                ? 2 * halfSpacingPs + parts.excitation.blockPs() - parts.excitation.mirroredLeadPs()
                : readout.halfPs() + shortestRewindPs;
        return toLastEcho + rest + crusherLobe.durationPs();
    }

    /** How long the transmitter is on. */
    long onPs() {
        int refocusings = parts.echoes + (parts.drivenEquilibrium ? 1 : 0);
        int excitations = parts.drivenEquilibrium ? 2 : 1;
        return excitations * parts.excitation.durationPs() + refocusings * parts.first.durationPs();
    }

    double largestSliceGradient() {
        return Math.max(parts.excitation.hertzPerMeter(), parts.first.hertzPerMeter());
    }

    /**
     * Writes the train.
     *
     * @param rfPhase of all its pulses and readouts
     * @param counters of each echo; null for one that measures nothing
     * @param flags of each echo's readout
     * @param lengthPs from the start of the train to the end of what is written
     */
    void write(
            PlanWriter writer,
            EncodingGeometry geometry,
            double rfPhase,
            EncodingCounters[] counters,
            long[] flags,
            long lengthPs) {
        writer.at(geometry);
        Vec3 center = Placement.logicalCenter(geometry);
        RfPulse first = parts.first.pulse(center.z(), rfPhase + Math.PI / 2);
        RfPulse later = parts.later.pulse(center.z(), rfPhase + Math.PI / 2);
        Excitation excitation = parts.excitation;
        writer.block(excitation.blockPs(), excitation.pulse(center.z(), rfPhase), null, null, excitation.gradient());
        long outerPs = outerPs();
        writer.block(outerPs, null, readLobe.of(toCenterPerMeter), null, outer(firstCrusherPerMeter, outerPs));
        long usedPs = excitation.blockPs() + outerPs;
        for (int echo = 0; echo < parts.echoes; echo++) {
            long encodePs = encodePs(echo);
            boolean last = echo == parts.echoes - 1 && !parts.drivenEquilibrium;
            long rewindPs = last ? shortestRewindPs : rewindPs();
            double crusher = echo == 0 ? firstCrusherPerMeter : crusherPerMeter;
            EncodingCounters at = counters[echo];
            double kPhase = at == null ? 0 : volume.kPhasePerMeter(at.step1());
            double kSlice = at == null ? 0 : volume.kSlicePerMeter(at.step2());
            refocus(writer, echo == 0 ? first : later);
            writer.block(encodePs, null, null, phaseLobe.of(kPhase), crusher(crusher + kSlice, encodePs));
            read(writer, center, kPhase, kSlice, rfPhase, at, flags[echo]);
            writer.block(
                    rewindPs,
                    null,
                    trimLobe.of(trimPerMeter),
                    (last ? lastPhaseLobe : phaseLobe).of(-kPhase),
                    crusher(crusherPerMeter - kSlice, rewindPs));
            usedPs += parts.first.blockPs() + encodePs + readout.blockPs() + rewindPs;
        }
        if (parts.drivenEquilibrium) {
            usedPs += tipUp(writer, center, rfPhase, later);
        }
        writer.block(lengthPs - usedPs, null, null, null, crusherLobe.of(crusherPerMeter));
    }

    private void refocus(PlanWriter writer, RfPulse pulse) {
        writer.block(parts.first.blockPs(), pulse, null, null, parts.first.gradient());
    }

    private void read(
            PlanWriter writer,
            Vec3 center,
            double kPhase,
            double kSlice,
            double rfPhase,
            EncodingCounters counters,
            long flags) {
        if (counters == null) {
            writer.block(readout.blockPs(), null, readout.gradient(), null, null);
            return;
        }
        double phase = rfPhase + 2 * Math.PI * (kPhase * center.y() + kSlice * center.z());
        Adc window = readout.window(readout.middleShiftPs(), center.x(), phase);
        writer.readout(
                readout.blockPs(), readout.gradient(), null, null, window, readout.samples() / 2, 0, counters, flags);
    }

    /** Another echo without a readout, and the excitation backwards at its centre. */
    private long tipUp(PlanWriter writer, Vec3 center, double rfPhase, RfPulse refocusing) {
        Excitation excitation = parts.excitation;
        long afterPs = tipUpPs();
        refocus(writer, refocusing);
        writer.block(afterPs, null, readLobe.of(toCenterPerMeter), null, outer(crusherPerMeter, afterPs));
        RfPulse back = excitation.usedFor(RfUse.PREPARATION).pulse(center.z(), rfPhase + Math.PI);
        writer.block(excitation.blockPs(), back, null, null, excitation.gradient());
        return parts.first.blockPs() + afterPs + excitation.blockPs();
    }
}
