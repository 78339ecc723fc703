package org.isocenter.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which image of a slice or slab a readout belongs to: its counters but those of lines, averages, cardiac phases and segments.
 * MRD's flags for the first and last readout "in slice" enclose such a group; programs that gather readouts up to
 * the last one make an image of each.
 */
public record ReadoutGroup(int encodingSpace, int slice, int contrast, int repetition, int set) {
    private static final long ENDS =
            AcquisitionFlags.FIRST_IN_SLICE | AcquisitionFlags.LAST_IN_SLICE | AcquisitionFlags.LAST_IN_MEASUREMENT;

    public static ReadoutGroup of(ReadoutHeader header) {
        EncodingCounters counters = header.counters();
        return new ReadoutGroup(
                header.encodingSpace(), counters.slice(), counters.contrast(), counters.repetition(), counters.set());
    }

    /** The headers of a whole scan, with the flags set for the first and last imaging readout of each group, and for the last. */
    public static List<ReadoutHeader> marked(List<ReadoutHeader> headers) {
        int count = headers.size();
        long[] ends = new long[count];
        Set<ReadoutGroup> begun = new HashSet<>();
        Set<ReadoutGroup> ended = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int back = count - 1 - i;
            ends[i] |= isNew(headers.get(i), begun) ? AcquisitionFlags.FIRST_IN_SLICE : 0;
            ends[back] |= isNew(headers.get(back), ended) ? AcquisitionFlags.LAST_IN_SLICE : 0;
        }
        if (count > 0) {
            ends[count - 1] |= AcquisitionFlags.LAST_IN_MEASUREMENT;
        }
        List<ReadoutHeader> marked = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ReadoutHeader header = headers.get(i);
            marked.add(header.withFlags(header.flags() & ~ENDS | ends[i]));
        }
        return marked;
    }

    private static boolean isNew(ReadoutHeader header, Set<ReadoutGroup> seen) {
        return !header.has(AcquisitionFlags.NOT_IMAGING) && seen.add(of(header));
    }
}
