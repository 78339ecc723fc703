package org.isocenter.recon.cartesian;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.Readout;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.ReadoutStep;
import org.isocenter.recon.chain.SlabSource;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.stack.Slab;
import org.isocenter.recon.stack.Stack;

/**
 * Lays the lines of Cartesian scans, 2D or 3D, on the grid of k-space by their counters, the mean of those that were
 * measured more than once. What is not there is zero: a part of a scan gives a preview. Slices whose field of view is centred elsewhere
 * in their plane than the first one's are moved there.
 */
public final class CartesianGrid implements ReadoutStep {
    @Override
    public boolean isChannelByChannel() {
        return true;
    }

    @Override
    public List<SlabSource> open(List<Stack> all, ChainContext context) {
        MrdNotes notes = context.notes();
        List<Stack> stacks = cartesian(all, notes);
        Map<Integer, StepCounters> steps = stepCounters(stacks, notes);
        NeighbouringRepetitions repetitions = new NeighbouringRepetitions();
        Map<Stack, List<List<Line>>> placed = new IdentityHashMap<>();
        for (Stack stack : stacks) {
            List<List<Line>> lines = placed(stack, steps.get(stack.encodingSpace()));
            placed.put(stack, lines);
            for (int slab = 0; slab < lines.size(); slab++) {
                repetitions.add(stack, slab, lines.get(slab));
            }
        }
        List<SlabSource> sources = new ArrayList<>();
        for (Stack stack : stacks) {
            Grid grid = Grid.of(stack, notes);
            if (grid != null) {
                StepCounters ofSpace = steps.get(stack.encodingSpace());
                sources.add(source(stack, placed.get(stack), ofSpace, repetitions, grid, notes));
            }
        }
        return sources;
    }

    /** Those that are; of the others the user is told. */
    private static List<Stack> cartesian(List<Stack> stacks, MrdNotes notes) {
        List<Stack> suitable = new ArrayList<>();
        for (Stack stack : stacks) {
            Trajectory trajectory = stack.encoding().trajectory();
            if (trajectory == Trajectory.CARTESIAN || trajectory == Trajectory.EPI) {
                suitable.add(stack);
            } else {
                notes.add("encoding space " + stack.encodingSpace() + " has the trajectory '"
                        + trajectory.name().toLowerCase(Locale.ROOT)
                        + "', which the Cartesian reconstruction cannot use: left out");
            }
        }
        return suitable;
    }

    private static Map<Integer, StepCounters> stepCounters(List<Stack> stacks, MrdNotes notes) {
        Map<Integer, List<Readout>> bySpace = new TreeMap<>();
        Map<Integer, StepCounters> steps = new HashMap<>();
        for (Stack stack : stacks) {
            List<Readout> readouts = bySpace.computeIfAbsent(stack.encodingSpace(), space -> new ArrayList<>());
            stack.slabs().forEach(slab -> readouts.addAll(slab.readouts()));
        }
        for (Stack stack : stacks) {
            steps.computeIfAbsent(stack.encodingSpace(), space -> {
                return new StepCounters(stack.encoding(), bySpace.get(space), notes);
            });
        }
        return steps;
    }

    private static List<List<Line>> placed(Stack stack, StepCounters steps) {
        return stack.slabs().stream()
                .map(slab -> slab.readouts().stream().map(steps::place).toList())
                .toList();
    }

    private static SlabSource source(
            Stack stack,
            List<List<Line>> lines,
            StepCounters steps,
            NeighbouringRepetitions repetitions,
            Grid grid,
            MrdNotes notes) {
        List<InPlaneShift> shifts = InPlaneShift.of(stack, notes);
        List<SlabLines> slabs = new ArrayList<>();
        for (int i = 0; i < stack.slabs().size(); i++) {
            Slab slab = stack.slabs().get(i);
            List<Line> calibration =
                    slab.calibration().stream().map(steps::place).toList();
            if (calibration.isEmpty()) {
                calibration = repetitions.calibration(stack, i, lines.get(i));
                if (!calibration.isEmpty()) {
                    notes.add("lines that a repetition lacks were measured in others: these together calibrate it"
                            + " (TGRAPPA, Breuer 2005)");
                }
            }
            slabs.add(new SlabLines(stack.encoding(), slab.geometry(), grid, shifts.get(i), lines.get(i), calibration));
        }
        return new LineSource(stack, slabs);
    }
}
