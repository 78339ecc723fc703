package org.isocenter.hardware.virtual;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Finds the receiver for each window: the same for windows of the same curves, and the same basis for windows that differ a
 * little, as under eddy currents, so that what was worked out for the spins goes on being good. One thread.
 */
final class Receivers {
    private static final int REMEMBERED = 16;

    /**
     * One basis for all windows is better than one for each as long as it takes no more than this times the terms: to make the spins'
     * weights for a basis takes as long as three or four windows.
     */
    private static final double DEARER = 2.5;

    private static final int MORE_TERMS = 2;

    private final TypicalBlocks blocks;
    private final Deque<Receiver> receivers = new ArrayDeque<>();
    private final Deque<Shared> bases = new ArrayDeque<>();

    /** @param alone how many terms the dearest of its windows would take with a basis of its own */
    private record Shared(PhaseBasis basis, int alone) {}

    Receivers(Spins spins) {
        blocks = new TypicalBlocks(spins);
    }

    Receiver of(Window window) {
        double[][] curve = window.curves();
        for (Receiver known : receivers) {
            if (known.suits(curve)) {
                return known;
            }
        }
        Receiver made = make(curve);
        remember(receivers, made);
        return made;
    }

    /** How many bases are in use. */
    int bases() {
        return bases.size();
    }

    private static <T> void remember(Deque<T> recent, T newest) {
        recent.addFirst(newest);
        if (recent.size() > REMEMBERED) {
            recent.removeLast();
        }
    }

    private Receiver make(double[][] curve) {
        double[] half = blocks.extent(curve.length);
        PhaseCurves single = new PhaseCurves(curve, 1, half);
        PhaseBasis none = PhaseBasis.of(single, half, null);
        for (Shared known : bases) {
            PhaseBasis basis = known.basis;
            if (basis.samples == single.samples && basis.coordinates() == curve.length) {
                PhaseCurves cut = new PhaseCurves(curve, basis.segmentSamples, half);
                if (basis.serves(cut)) {
                    return new Receiver(cut, basis, single, none);
                }
            }
        }
        PhaseCurves best = single;
        PhaseBasis basis = none;
        for (int length = single.samples; length > 1; length = (length + 1) / 2) {
            PhaseCurves cut = new PhaseCurves(curve, length, half);
            PhaseBasis candidate = PhaseBasis.of(cut, half, null);
            if (cut.nanosecondsPerSpin(candidate.typicalTerms(blocks))
                    < best.nanosecondsPerSpin(basis.typicalTerms(blocks))) {
                best = cut;
                basis = candidate;
            }
        }
        Shared shared = shared(best, half, basis);
        remember(bases, shared);
        return new Receiver(best, shared.basis, single, none);
    }

    /**
     * A basis that also serves earlier windows, in place of theirs, where that is not much dearer than windows are by themselves:
     * it does not become dear little by little.
     */
    private Shared shared(PhaseCurves curves, double[] half, PhaseBasis own) {
        int ownTerms = own.typicalTerms(blocks);
        Iterator<Shared> known = bases.iterator();
        while (known.hasNext()) {
            Shared earlier = known.next();
            if (earlier.basis.samples == curves.samples
                    && earlier.basis.segmentSamples == curves.segmentSamples
                    && earlier.basis.coordinates() == half.length) {
                PhaseBasis both = PhaseBasis.of(curves, half, earlier.basis);
                int most = Math.max(ownTerms, earlier.alone);
                if (both.typicalTerms(blocks) <= DEARER * most + MORE_TERMS) {
                    known.remove();
                    return new Shared(both, most);
                }
            }
        }
        return new Shared(own, ownTerms);
    }
}
