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

    /** One basis for two windows is better than one for each as long as it takes no more than this times the terms. */
    private static final double DEARER = 1.3;

    private static final int MORE_TERMS = 2;

    private final TypicalBlocks blocks;
    private final Deque<Receiver> receivers = new ArrayDeque<>();
    private final Deque<PhaseBasis> bases = new ArrayDeque<>();

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
        for (PhaseBasis basis : bases) {
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
        basis = shared(best, half, basis);
        remember(bases, basis);
        return new Receiver(best, basis, single, none);
    }

    /** A basis that also serves earlier windows, in place of theirs, where that is not much dearer. */
    private PhaseBasis shared(PhaseCurves curves, double[] half, PhaseBasis own) {
        Iterator<PhaseBasis> known = bases.iterator();
        while (known.hasNext()) {
            PhaseBasis earlier = known.next();
            if (earlier.samples == curves.samples
                    && earlier.segmentSamples == curves.segmentSamples
                    && earlier.coordinates() == half.length) {
                PhaseBasis both = PhaseBasis.of(curves, half, earlier);
                int most = Math.max(own.typicalTerms(blocks), earlier.typicalTerms(blocks));
                if (both.typicalTerms(blocks) <= DEARER * most + MORE_TERMS) {
                    known.remove();
                    return both;
                }
            }
        }
        return own;
    }
}
