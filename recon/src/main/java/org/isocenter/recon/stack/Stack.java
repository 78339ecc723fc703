package org.isocenter.recon.stack;

import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;

/**
 * What becomes one volume: slices of the same orientation, or one slab.
 *
 * @param encodingSpace index of {@code encoding} in the header
 * @param set of readouts that belong together: all of these counters the same
 * @param orientation index of the orientation within the encoding space
 * @param slabs along the slice direction; a single one in 3D
 */
public record Stack(int encodingSpace, Encoding encoding, Kind kind, int orientation, List<Slab> slabs) {

    /** Counters that tell volumes apart. The average is 0 unless averages become volumes of their own. */
    public record Kind(int contrast, int phase, int repetition, int set, int average) {
        /** Of the mean of all averages. */
        public Kind(int contrast, int phase, int repetition, int set) {
            this(contrast, phase, repetition, set, 0);
        }

        boolean has(EncodingCounters c, int ofAverage) {
            return contrast == c.contrast()
                    && phase == c.phase()
                    && repetition == c.repetition()
                    && set == c.set()
                    && average == ofAverage;
        }

        /** Of another average. */
        public Kind withAverage(int newAverage) {
            return new Kind(contrast, phase, repetition, set, newAverage);
        }
    }

    /** The same with another matrix or extent. */
    public Stack withEncoding(Encoding newEncoding) {
        return new Stack(encodingSpace, newEncoding, kind, orientation, slabs);
    }

    /** Of a scan that is not whole: the readouts that are in over those that the header's limits promise. */
    public double fraction() {
        double slabsPromised = encoding.encodedZ() > 1 ? 1 : encoding.slices();
        double promised =
                (double) encoding.step1().count() * encoding.step2().count() * encoding.averages() * slabsPromised;
        double here = slabs.stream().mapToInt(slab -> slab.readouts().size()).sum();
        return Math.min(1, here / Math.max(1, promised));
    }
}
