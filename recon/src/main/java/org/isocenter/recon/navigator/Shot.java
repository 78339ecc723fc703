package org.isocenter.recon.navigator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;

/**
 * What was measured after one excitation: navigators, and lines of the image before or after them.
 *
 * @param lines numbers of readouts
 */
record Shot(List<Readout> navigators, List<Integer> lines) {
    private static final long NAVIGATOR =
            AcquisitionFlags.NAVIGATION | AcquisitionFlags.PHASE_CORRECTION | AcquisitionFlags.PHASE_STABILIZATION;
    /** Navigators that tell where an organ is rather than what phase its signal has. */
    private static final long POSITION = AcquisitionFlags.REAL_TIME_FEEDBACK | AcquisitionFlags.HIGH_PRIORITY_FEEDBACK;

    Shot() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    /**
     * The shots of a scan, by the order in which readouts came. Navigators stand before the lines that they are for, unless the
     * first lines come before any navigator.
     *
     * @param concerned readouts to look at
     */
    static List<Shot> of(RawData raw, int size, Predicate<ReadoutHeader> concerned) {
        List<Shot> shots = new ArrayList<>();
        Shot current = new Shot();
        Boolean navigatorsFirst = null;
        boolean within = false; // the second part of a shot
        for (int i = 0; i < size; i++) {
            Readout readout = raw.readout(i);
            ReadoutHeader header = readout.header();
            boolean navigator = isNavigator(header);
            if (!concerned.test(header) || !navigator && !isLine(header)) {
                continue;
            }
            if (navigatorsFirst == null) {
                navigatorsFirst = navigator;
            }
            boolean first = navigator == navigatorsFirst;
            if (first && within) {
                shots.add(current);
                current = new Shot();
            }
            within = !first;
            if (navigator) {
                current.navigators.add(readout);
            } else {
                current.lines.add(i);
            }
        }
        shots.add(current);
        return shots;
    }

    private static boolean isNavigator(ReadoutHeader header) {
        return header.has(NAVIGATOR) && !header.has(POSITION | AcquisitionFlags.NOISE_MEASUREMENT);
    }

    private static boolean isLine(ReadoutHeader header) {
        return !header.has(AcquisitionFlags.NOT_IMAGING)
                && (!header.has(AcquisitionFlags.PARALLEL_CALIBRATION)
                        || header.has(AcquisitionFlags.PARALLEL_CALIBRATION_AND_IMAGING));
    }

    /** Whether its navigators can be compared with those of another. */
    boolean isLike(Shot other) {
        if (navigators.isEmpty() || navigators.size() != other.navigators.size()) {
            return false;
        }
        for (int i = 0; i < navigators.size(); i++) {
            ReadoutHeader mine = navigators.get(i).header();
            ReadoutHeader theirs = other.navigators.get(i).header();
            if (mine.samples() != theirs.samples()
                    || mine.channels() != theirs.channels()
                    || mine.samples() != navigators.get(0).header().samples()
                    || mine.samples() == 0) {
                return false;
            }
        }
        return true;
    }
}
