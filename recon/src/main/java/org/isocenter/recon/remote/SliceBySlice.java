package org.isocenter.recon.remote;

import java.util.BitSet;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.RawData;
import org.isocenter.model.ReadoutGroup;
import org.isocenter.model.ReadoutHeader;

/**
 * The order in which a scan's readouts are sent: those of a slice's image together, from the one that is marked as its first to its
 * last, however slices were interleaved; everything else as it was measured. Programs that make an image whenever a last one
 * comes, of all that came since the one before, then mix no slices. Follows raw data that grow. One thread.
 */
final class SliceBySlice {
    private final RawData raw;
    private final BitSet sent = new BitSet();
    private ReadoutGroup open;
    private int next;

    SliceBySlice(RawData raw) {
        this.raw = raw;
    }

    /**
     * The number of the readout to send next, or -1 when it is not there yet; the same until it was {@link #sent}.
     *
     * @param ended whether {@code size} are all
     */
    int next(int size, boolean ended) {
        while (open != null) {
            while (next < size) {
                if (!sent.get(next) && ReadoutGroup.of(header(next)).equals(open)) {
                    return next;
                }
                next++;
            }
            if (!ended) {
                return -1;
            }
            close();
        }
        return next < size ? next : -1;
    }

    /** @param index what {@link #next} gave */
    void sent(int index) {
        sent.set(index);
        ReadoutHeader header = header(index);
        if (header.has(AcquisitionFlags.FIRST_IN_SLICE)) {
            open = ReadoutGroup.of(header);
        }
        if (open == null || header.has(AcquisitionFlags.LAST_IN_SLICE)) {
            close();
        }
    }

    /** How many have been sent. */
    int count() {
        return sent.cardinality();
    }

    private void close() {
        open = null;
        next = sent.nextClearBit(0);
    }

    private ReadoutHeader header(int index) {
        return raw.readout(index).header();
    }
}
