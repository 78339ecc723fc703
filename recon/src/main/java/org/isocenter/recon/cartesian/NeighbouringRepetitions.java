package org.isocenter.recon.cartesian;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isocenter.recon.stack.Stack;

/**
 * Lines for calibration where none were measured for it, but every repetition has the lines that others left out: the middle of
 * k-space is made of the repetition itself and its nearest neighbours in time (TGRAPPA, Breuer et al. 2005, Magn Reson Med
 * 53:981).
 */
final class NeighbouringRepetitions {
    /** Steps from the centre; more would only take time. */
    private static final int REACH = 24;
    /** Lines side by side that a slab must have to do without others: lattices have one. */
    private static final int ENOUGH = 4;

    private record Series(int space, int orientation, int slice, int contrast, int phase, int set, int average) {}

    private record Step(int step1, int step2) {}

    private record Repetition(int number, List<Line> lines) {}

    private final Map<Series, List<Repetition>> repetitions = new HashMap<>();
    private final Map<Series, Set<Step>> measured = new HashMap<>();

    private static Series series(Stack stack, int slab) {
        Stack.Kind kind = stack.kind();
        int slice = stack.slabs().get(slab).sliceCounter();
        return new Series(
                stack.encodingSpace(),
                stack.orientation(),
                slice,
                kind.contrast(),
                kind.phase(),
                kind.set(),
                kind.average());
    }

    void add(Stack stack, int slab, List<Line> lines) {
        repetitions
                .computeIfAbsent(series(stack, slab), s -> new ArrayList<>())
                .add(new Repetition(stack.kind().repetition(), lines));
    }

    /** Lines of the middle, empty when this slab does not need any or others have none that it lacks. */
    List<Line> calibration(Stack stack, int slab, List<Line> own) {
        Series series = series(stack, slab);
        List<Repetition> all = repetitions.get(series);
        if (all.size() < 2 || hasMiddle(own)) {
            return List.of();
        }
        Set<Step> wanted = measured.computeIfAbsent(series, s -> middle(all));
        int now = stack.kind().repetition();
        List<Repetition> byDistance = new ArrayList<>(all);
        byDistance.sort(Comparator.comparingInt(r -> Math.abs(r.number() - now)));
        Set<Step> found = new HashSet<>();
        List<Line> lines = new ArrayList<>();
        int used = 0;
        while (used < byDistance.size() && found.size() < wanted.size()) {
            for (Line line : byDistance.get(used++).lines()) {
                if (isInMiddle(line)) {
                    found.add(new Step(line.step1(), line.step2()));
                    lines.add(line);
                }
            }
        }
        return used > 1 ? lines : List.of();
    }

    private static boolean isInMiddle(Line line) {
        return Math.abs(line.step1()) <= REACH && Math.abs(line.step2()) <= REACH;
    }

    private static Set<Step> middle(List<Repetition> repetitions) {
        Set<Step> steps = new HashSet<>();
        for (Repetition repetition : repetitions) {
            for (Line line : repetition.lines()) {
                if (isInMiddle(line)) {
                    steps.add(new Step(line.step1(), line.step2()));
                }
            }
        }
        return steps;
    }

    /** Whether enough lines lie side by side, along each direction that is encoded at all. */
    private static boolean hasMiddle(List<Line> lines) {
        Set<Step> steps = new HashSet<>();
        int encoded1 = 1;
        int encoded2 = 1;
        for (Line line : lines) {
            steps.add(new Step(line.step1(), line.step2()));
            encoded1 = Math.max(encoded1, 2 * Math.abs(line.step1()));
            encoded2 = Math.max(encoded2, 2 * Math.abs(line.step2()));
        }
        int size1 = Math.min(ENOUGH, encoded1);
        int size2 = Math.min(ENOUGH, encoded2);
        for (int step2 = -size2 / 2; step2 < size2 - size2 / 2; step2++) {
            for (int step1 = -size1 / 2; step1 < size1 - size1 / 2; step1++) {
                if (!steps.contains(new Step(step1, step2))) {
                    return false;
                }
            }
        }
        return true;
    }
}
