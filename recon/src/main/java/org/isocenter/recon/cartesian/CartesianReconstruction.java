package org.isocenter.recon.cartesian;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.isocenter.model.Encoding;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.epi.EpiLines;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.stack.Slab;
import org.isocenter.recon.stack.Stack;
import org.isocenter.recon.stack.StackGeometry;
import org.isocenter.recon.stack.StackNames;
import org.isocenter.recon.stack.StackSorter;

/**
 * Fully sampled Cartesian data, 2D or 3D: sort the lines by their counters, lay them on a grid, average, transform (inverse,
 * centred, unscaled, so that the values equal those of the ISMRMRD tools), cut off the oversampling, combine the
 * channels. What is not there is zero, so a part of a scan gives a preview. Uses the common pool; any thread may call.
 */
public final class CartesianReconstruction implements Reconstruction {
    /** More pixels than this in a volume are a header gone wrong: 2 GiB of them. */
    private static final double MOST_PIXELS = 1L << 29;

    @Override
    public String name() {
        return "cartesian";
    }

    @Override
    public Result reconstruct(RawData measured) {
        MrdNotes notes = new MrdNotes();
        RawData raw = EpiLines.straighten(measured, notes);
        int size = raw.size();
        List<Stack> stacks = cartesian(new StackSorter(notes).sort(raw, size), notes);
        Map<Integer, StepCounters> steps = stepCounters(stacks, notes);
        StackNames names = new StackNames(stacks);
        List<ImageVolume> volumes = new ArrayList<>();
        for (Stack stack : stacks) {
            Encoding e = stack.encoding();
            GridAxis x = GridAxis.of(
                    "x",
                    e.encodedX(),
                    e.encodedFovMeters().x(),
                    e.reconX(),
                    e.reconFovMeters().x(),
                    notes);
            GridAxis y = GridAxis.of(
                    "y",
                    e.encodedY(),
                    e.encodedFovMeters().y(),
                    e.reconY(),
                    e.reconFovMeters().y(),
                    notes);
            GridAxis z = GridAxis.of(
                    "z",
                    e.encodedZ(),
                    e.encodedFovMeters().z(),
                    e.reconZ(),
                    e.reconFovMeters().z(),
                    notes);
            if ((double) x.gridSize() * y.gridSize() * z.gridSize() > MOST_PIXELS
                    || (double) x.pixels()
                                    * y.pixels()
                                    * z.pixels()
                                    * stack.slabs().size()
                            > MOST_PIXELS) {
                notes.add("a matrix of " + x.gridSize() + "×" + y.gridSize() + "×" + z.gridSize()
                        + " does not fit into memory: left out");
                continue;
            }
            double fraction = size == raw.expected() ? 1 : stack.fraction();
            volumes.add(new ImageVolume(
                    names.of(stack),
                    x.pixels(),
                    y.pixels(),
                    z.pixels() * stack.slabs().size(),
                    pixels(stack, steps.get(stack.encodingSpace()), x, y, z, notes),
                    StackGeometry.of(stack, notes),
                    stack.kind().contrast(),
                    fraction));
        }
        return new Result(volumes, notes.toList());
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
            steps.computeIfAbsent(
                    stack.encodingSpace(), space -> new StepCounters(stack.encoding(), bySpace.get(space), notes));
        }
        return steps;
    }

    private static float[] pixels(Stack stack, StepCounters steps, GridAxis x, GridAxis y, GridAxis z, MrdNotes notes) {
        List<Slab> slabs = stack.slabs();
        List<InPlaneShift> shifts = InPlaneShift.of(stack, notes);
        List<List<Line>> lines = slabs.stream().map(slab -> lines(slab, steps)).toList();
        int slabPixels = x.pixels() * y.pixels() * z.pixels();
        float[] pixels = new float[slabPixels * slabs.size()];
        IntStream.range(0, slabs.size())
                .parallel()
                .forEach(
                        i -> new SlabTransform(x, y, z, shifts.get(i), lines.get(i)).magnitude(pixels, i * slabPixels));
        return pixels;
    }

    private static List<Line> lines(Slab slab, StepCounters steps) {
        return slab.readouts().stream().map(steps::place).toList();
    }
}
