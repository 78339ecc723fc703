package org.isocenter.sequence.check;

import java.util.HashMap;
import java.util.Map;
import org.isocenter.sequence.Sequence;

/**
 * The largest RF energy in any window of one length, wherever it starts. Exact: between corners of the pulses at its two ends
 * the energy in a window is a straight line, so that only windows with an end at a corner count.
 *
 * <p>A pulse that enters at the window's end is held against those that leave at its start; the sequence itself is the memory
 * of what is in the window. Two pulses that enter and leave together are compared corner by corner once for each distance.
 */
final class SlidingEnergy {
    private static final int REMEMBERED = 50_000;

    /** Kinds of pulses, and by how much. */
    private record Crossing(int entering, int leaving, long shiftPs) {}

    private final Sequence sequence;
    private final PulseEnergies energies;
    private final double seconds;
    private final long windowPs;
    private final Map<Crossing, Double> gains = new HashMap<>();
    private final Peak peak = new Peak();
    /** The first block whose pulse may still be in the window. */
    private int tail;
    /** Energy of all pulses so far that have entered, and of those that have left. */
    private double entered;

    private double left;

    SlidingEnergy(Sequence sequence, PulseEnergies energies, double seconds) {
        this.sequence = sequence;
        this.energies = energies;
        this.seconds = seconds;
        this.windowPs = Math.round(seconds * 1e12);
    }

    double seconds() {
        return seconds;
    }

    /** Largest energy in Hz² s, at the window's start, with the block of the pulse at its end. */
    Peak peak() {
        return peak;
    }

    /** The next pulse enters; blocks come in order. */
    void enter(int block) {
        int id = sequence.rfId(block);
        PulseEnergy entering = energies.of(id);
        long startPs = start(block);
        long endPs = startPs + entering.durationPs();
        double gone = left;
        int at = tail;
        for (; at <= block; at++) {
            int leavingId = sequence.rfId(at);
            if (leavingId == 0) {
                continue;
            }
            PulseEnergy leaving = energies.of(leavingId);
            long from = start(at);
            long to = from + leaving.durationPs();
            if (from >= endPs - windowPs) {
                break;
            }
            if (to <= startPs - windowPs) {
                gone += leaving.total();
                left = gone;
                tail = at + 1;
                continue;
            }
            if (from + windowPs >= startPs) {
                see(entered - gone + entering.until(from + windowPs - startPs), from, block);
            }
            // The window's start goes through this pulse while its end goes through the one that enters.
            cross(block, id, entering, startPs, at, leavingId, leaving, gone);
            gone += leaving.total();
        }
        // The window ends with the pulse, and starts at a gap.
        see(entered - gone + entering.total(), endPs - windowPs, block);
        entered += entering.total();
    }

    private void cross(
            int block,
            int id,
            PulseEnergy entering,
            long startPs,
            int at,
            int leavingId,
            PulseEnergy leaving,
            double gone) {
        long shift = startPs - windowPs - start(at);
        long from = Math.max(0, -shift);
        long to = Math.min(entering.durationPs(), leaving.durationPs() - shift);
        double base = entered - gone;
        if (from >= to || !peak.isBelow(base + entering.until(to) - leaving.until(from + shift))) {
            return;
        }
        if (gains.size() > REMEMBERED) {
            gains.clear();
        }
        double gain = gains.computeIfAbsent(
                new Crossing(energies.kind(id), energies.kind(leavingId), shift),
                c -> PulseEnergy.largestGain(entering, leaving, shift, from, to));
        see(base + gain, startPs + from - windowPs, block);
    }

    private void see(double energy, long startPs, int block) {
        if (peak.isBelow(energy)) {
            peak.set(energy, Math.max(0, startPs), block, 0);
        }
    }

    private long start(int block) {
        return sequence.startPs(block) + sequence.rfPulse(sequence.rfId(block)).delayPs();
    }
}
