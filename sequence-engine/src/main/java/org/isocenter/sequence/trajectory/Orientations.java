package org.isocenter.sequence.trajectory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Sequence;

/** Sorts straight readouts by where they run and what their excitation selects: a localizer has a stack for each. */
final class Orientations {
    private static final double PARALLEL = 0.999;

    /** More directions than this are spokes, not stacks. */
    private static final int MOST = 32;

    private record Stack(Vec3 read, SliceSelection selection, List<PlannedReadout> readouts) {
        boolean takes(ReadoutLine line, SliceSelection other) {
            return isParallel(read, line.chord())
                    && selection.isSelective() == other.isSelective()
                    && (!other.isSelective() || isParallel(selection.gradient(), other.gradient()));
        }
    }

    private Orientations() {}

    /** The readouts of each stack, or an empty list when they are no stacks of parallel lines. */
    static List<List<PlannedReadout>> of(Sequence sequence, List<PlannedReadout> imaging, double larmorHertz) {
        Map<Integer, SliceSelection> selections = new HashMap<>();
        List<Stack> stacks = new ArrayList<>();
        for (PlannedReadout readout : imaging) {
            ReadoutLine line = readout.line;
            SliceSelection selection = selections.computeIfAbsent(
                    line.excitationBlock(), block -> SliceSelection.of(sequence, block, larmorHertz));
            Stack home = stacks.stream()
                    .filter(stack -> stack.takes(line, selection))
                    .findFirst()
                    .orElse(null);
            if (home == null) {
                if (stacks.size() == MOST || line.chord().norm() == 0) {
                    return List.of();
                }
                home = new Stack(line.chord(), selection, new ArrayList<>());
                stacks.add(home);
            }
            home.readouts.add(readout);
        }
        for (Stack a : stacks) {
            for (Stack b : stacks) {
                boolean differentPlanes = a.selection.isSelective()
                        && b.selection.isSelective()
                        && !isParallel(a.selection.gradient(), b.selection.gradient());
                if (a != b && !differentPlanes) {
                    return List.of(); // spokes or blades within one plane
                }
            }
        }
        return stacks.stream().map(Stack::readouts).toList();
    }

    private static boolean isParallel(Vec3 a, Vec3 b) {
        return Math.abs(a.dot(b)) >= PARALLEL * a.norm() * b.norm();
    }
}
