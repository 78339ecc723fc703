package org.isocenter.recon.mrd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what was wrong or had to be assumed while reading, in words for the user. The same complaint about many readouts
 * becomes one line with a count. One thread.
 */
public final class MrdNotes {
    private final Map<String, int[]> countAndFirstReadout = new LinkedHashMap<>();

    /** Something about the data as a whole. */
    public void add(String note) {
        countAndFirstReadout.putIfAbsent(note, new int[] {0, -1});
    }

    /** Something about one readout; {@code note} must not contain what differs from readout to readout. */
    public void addForReadout(int scanCounter, String note) {
        countAndFirstReadout.computeIfAbsent(note, key -> new int[] {0, scanCounter})[0]++;
    }

    /** What another one collected. */
    public void addAll(MrdNotes other) {
        other.countAndFirstReadout.forEach((note, seen) -> {
            int[] here = countAndFirstReadout.putIfAbsent(note, seen.clone());
            if (here != null) {
                here[0] += seen[0];
            }
        });
    }

    public List<String> toList() {
        List<String> lines = new ArrayList<>();
        countAndFirstReadout.forEach((note, seen) -> lines.add(
                seen[0] == 0 ? note : note + " (" + seen[0] + " readouts, the first is number " + seen[1] + ")"));
        return lines;
    }
}
