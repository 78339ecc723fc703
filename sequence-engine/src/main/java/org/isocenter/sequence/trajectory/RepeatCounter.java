package org.isocenter.sequence.trajectory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tells contrasts from averages: a place of k-space that is read at several echo times, the same times for every place, was
 * read for several contrasts; any other repeat is an average.
 */
final class RepeatCounter {
    /** Echoes of the same contrast come at the same time but for rounding and half a sample. */
    private static final double SAME_ECHO_SECONDS = 2e-4;

    private RepeatCounter() {}

    /** Sets contrast and average of each; {@code contrastsKnown} when labels have given the contrast already. */
    static void count(List<PlannedReadout> readouts, boolean contrastsKnown) {
        Map<PlannedReadout.Place, List<PlannedReadout>> places = new HashMap<>();
        for (PlannedReadout readout : readouts) {
            places.computeIfAbsent(readout.place(), p -> new ArrayList<>()).add(readout);
        }
        if (!contrastsKnown) {
            List<Double> echoes = commonEchoes(places);
            for (PlannedReadout readout : readouts) {
                readout.contrast = echoes.size() < 2 ? 0 : indexOf(echoes, readout.echoSeconds());
            }
        }
        for (List<PlannedReadout> visits : places.values()) {
            Map<Integer, Integer> seen = new HashMap<>();
            for (PlannedReadout visit : visits) {
                visit.average = seen.merge(visit.contrast, 1, Integer::sum) - 1;
            }
        }
    }

    /** The echo times that every place was read at; empty when places differ. */
    private static List<Double> commonEchoes(Map<PlannedReadout.Place, List<PlannedReadout>> places) {
        List<Double> common = null;
        for (List<PlannedReadout> visits : places.values()) {
            List<Double> echoes = new ArrayList<>();
            for (PlannedReadout visit : visits) {
                if (indexOf(echoes, visit.echoSeconds()) < 0) {
                    echoes.add(visit.echoSeconds());
                }
            }
            echoes.sort(Double::compare);
            if (common == null) {
                common = echoes;
            }
            if (echoes.size() != common.size() || !echoes.stream().allMatch(contains(common))) {
                return List.of();
            }
        }
        return common == null ? List.of() : common;
    }

    private static Predicate<Double> contains(List<Double> echoes) {
        return echo -> indexOf(echoes, echo) >= 0;
    }

    private static int indexOf(List<Double> echoes, double echo) {
        for (int i = 0; i < echoes.size(); i++) {
            if (Math.abs(echoes.get(i) - echo) < SAME_ECHO_SECONDS) {
                return i;
            }
        }
        return -1;
    }
}
