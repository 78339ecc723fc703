package org.isocenter.sequence.library;

import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.design.DiffusionLobes;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;
import org.isocenter.sequence.design.Lobe;

/**
 * When what of an echo-planar scan happens between the excitation and the train, all from the centre of the excitation.
 *
 * <pre>
 * gradient echo:  90° ▏rephase, prephase read ▏navigators ▏prephase phase, wait ▏train
 * spin echo:      90° ▏rephase ▏navigators ▏lobe ▏crusher, wait ▏180° ▏crusher ▏lobe ▏prephase, wait ▏train
 * </pre>
 *
 * Without navigators the first block of a gradient echo prephases all, and the crusher of a spin echo rephases.
 *
 * @param firstPs the block after the excitation; 0 for none
 * @param crusherBeforePs the block with the crusher before the refocusing pulse, waiting included
 * @param crusherAfterPs the block with the crusher after it
 * @param lobes of the diffusion weighting, or null
 * @param prephasePs the block before the train of the first shot, waiting included; 0 for none
 */
record EchoPlanarTiming(
        Lobe sliceLobe,
        long firstPs,
        long crusherBeforePs,
        long crusherAfterPs,
        DiffusionLobes lobes,
        long prephasePs) {
    static final double CRUSHER_CYCLES = 4;
    private static final double LONGEST_HALF_SECONDS = 1;

    /** Blames TE when it is too short; the result is then that of the shortest. */
    static EchoPlanarTiming gradientEcho(
            Protocol protocol, GradientSystem system, Excitation excitation, EpiTrain train, Problems problems) {
        Grid grid = system.grid();
        Lobe rephase = system.shortest(excitation.halfAreaPerMeter());
        long prephase = Math.max(rephase.durationPs(), train.readLobe().durationPs());
        long phase = train.phaseLobe().durationPs();
        boolean navigated = EpiTrain.hasNavigators(protocol);
        long navigators = navigated ? train.navigatorsPs() + phase : 0;
        if (!navigated) {
            prephase = Math.max(prephase, phase);
        }
        long least = excitation.tailPs() + prephase + navigators + train.toCenterPs();
        problems.atLeast(
                "TE",
                least * 1e-12,
                1e-5,
                "half the excitation " + Timing.ms(excitation.tailPs()) + " + prephasing"
                        + (navigated ? " and navigators " : " ") + Timing.ms(prephase + navigators)
                        + " + train to the centre of k-space " + Timing.ms(train.toCenterPs()));
        long wait = grid.down(Math.max(0, Rasters.ps(protocol.number("TE")) - least) + grid.stepPs() / 2);
        return navigated
                ? new EchoPlanarTiming(rephase, prephase, 0, 0, null, phase + wait)
                : new EchoPlanarTiming(rephase, prephase + wait, 0, 0, null, 0);
    }

    /** What a spin echo's half echo times hold besides the diffusion lobes. */
    private record Halves(
            long excitationTail,
            long first,
            long navigators,
            long crusherBefore,
            long refocusingTail,
            long crusherAfter) {
        /** From the start of the first lobe to that of the second. */
        long separationPs(long halfEcho) {
            return halfEcho + refocusingTail + crusherAfter - excitationTail - first - navigators;
        }
    }

    /** As {@link #gradientEcho}; the diffusion lobes are as long as the echo time allows, and so as weak. */
    static EchoPlanarTiming spinEcho(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Excitation excitation,
            Excitation refocusing,
            EpiTrain train,
            DiffusionScheme scheme,
            Problems problems) {
        Grid grid = system.grid();
        boolean navigated = EpiTrain.hasNavigators(protocol);
        double crusher = CRUSHER_CYCLES / train.volume().voxelDepthMeters();
        Lobe sliceLobe = system.shortest(crusher + excitation.halfAreaPerMeter());
        long read = train.readLobe().durationPs();
        long first = navigated ? Math.max(sliceLobe.durationPs(), read) : 0;
        long navigators = navigated ? train.navigatorsPs() : 0;
        long crusherBefore = navigated ? Math.max(sliceLobe.durationPs(), read) : sliceLobe.durationPs();
        long prephase = Math.max(read, train.phaseLobe().durationPs());
        Halves halves = new Halves(
                excitation.tailPs(), first, navigators, crusherBefore, refocusing.tailPs(), sliceLobe.durationPs());
        long before = excitation.tailPs() + first + navigators + crusherBefore + refocusing.leadPs();
        long after = refocusing.tailPs() + sliceLobe.durationPs() + prephase + train.toCenterPs();

        // The lobes' vector has one length whatever the geometry, so that the scanner's own limits hold for it.
        double strongest = limits.gradientHertzPerMeter();
        long ramp = grid.up(strongest / limits.slewHertzPerMeterPerSecond());
        long taken = Math.max(before, after);
        long least = taken;
        if (scheme.isWeighted()) {
            least = DiffusionLobes.shortest(
                    half -> DiffusionLobes.filling(half - taken, halves.separationPs(half), ramp),
                    taken,
                    Rasters.ps(LONGEST_HALF_SECONDS),
                    strongest,
                    scheme.largest(),
                    grid);
        }
        problems.atLeast(
                "TE",
                2 * least * 1e-12,
                1e-5,
                "twice " + (before > after ? "excitation to refocusing " : "refocusing to the centre of k-space ")
                        + Timing.ms(taken)
                        + (scheme.isWeighted()
                                ? " + diffusion lobes of " + Timing.ms(least - taken) + " with "
                                        + Excitation.milliTesla(strongest, limits)
                                : ""));
        long half = Math.max(least, grid.down(Rasters.ps(protocol.number("TE")) / 2 + grid.stepPs() / 2));
        DiffusionLobes lobes =
                scheme.isWeighted() ? DiffusionLobes.filling(half - taken, halves.separationPs(half), ramp) : null;
        long lobe = lobes == null ? 0 : lobes.durationPs();
        return new EchoPlanarTiming(
                sliceLobe,
                first,
                crusherBefore + half - before - lobe,
                sliceLobe.durationPs(),
                lobes,
                prephase + half - after - lobe);
    }
}
