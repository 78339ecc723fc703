package org.isocenter.recon.noncartesian;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.model.Encoding;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.stack.Slab;
import org.isocenter.recon.stack.Stack;
import org.isocenter.recon.stack.StackGeometry;
import org.isocenter.recon.stack.StackNames;
import org.isocenter.recon.stack.StackSorter;

/**
 * Data whose readouts carry their own positions in k-space, 2D or 3D: radial, spiral, any. Weighs each sample by the part of
 * k-space that it stands for, lays all on a grid, transforms, combines the channels by the root of the sum of their squares.
 * An image is as bright and lies where the same image measured line by line does. A part of a scan gives a preview. Uses the
 * common pool; any thread may call.
 */
public final class GriddingReconstruction implements Reconstruction {
    /** More pixels than this in a grid are a header gone wrong: 1 GiB of them, twice. */
    private static final double MOST_POINTS = 1L << 28;

    @Override
    public String name() {
        return "gridding";
    }

    @Override
    public Result reconstruct(RawData raw) {
        int size = raw.size();
        MrdNotes notes = new MrdNotes();
        List<Stack> stacks = suitable(new StackSorter(notes).sort(raw, size), notes);
        StackNames names = new StackNames(stacks, raw.header().sequence());
        List<ImageVolume> volumes = new ArrayList<>();
        for (Stack stack : stacks) {
            Encoding e = stack.encoding();
            boolean volume = e.encodedZ() > 1 || e.reconZ() > 1;
            GridSize x = GridSize.of(e.reconX());
            GridSize y = GridSize.of(e.reconY());
            GridSize z = volume ? GridSize.of(e.reconZ()) : GridSize.single();
            double slabPixels = (double) e.reconX() * e.reconY() * e.reconZ();
            if ((double) x.points() * y.points() * z.points() > MOST_POINTS
                    || slabPixels * stack.slabs().size() > MOST_POINTS) {
                notes.add("a grid of " + x.points() + "×" + y.points() + "×" + z.points()
                        + " does not fit into memory: left out");
                continue;
            }
            SlabGridding gridding = new SlabGridding(raw.header(), stack, new Gridding(x, y, z), notes);
            float[] pixels = new float[(int) slabPixels * stack.slabs().size()];
            for (int i = 0; i < stack.slabs().size(); i++) {
                gridding.magnitude(stack.slabs().get(i), pixels, i * (int) slabPixels);
            }
            volumes.add(new ImageVolume(
                    names.of(stack),
                    e.reconX(),
                    e.reconY(),
                    e.reconZ() * stack.slabs().size(),
                    pixels,
                    StackGeometry.of(stack, notes),
                    stack.kind().contrast(),
                    size == raw.expected() ? 1 : stack.fraction()));
        }
        return new Result(volumes, notes.toList());
    }

    private static List<Stack> suitable(List<Stack> stacks, MrdNotes notes) {
        List<Stack> suitable = new ArrayList<>();
        for (Stack stack : stacks) {
            Trajectory trajectory = stack.encoding().trajectory();
            String space = "encoding space " + stack.encodingSpace() + " has the trajectory '"
                    + trajectory.name().toLowerCase(Locale.ROOT) + "'";
            if (trajectory == Trajectory.CARTESIAN) {
                notes.add(space + ", which is for the Cartesian reconstruction: left out");
            } else if (stack.slabs().stream()
                    .flatMap(slab -> slab.readouts().stream())
                    .noneMatch(GriddingReconstruction::hasTrajectory)) {
                notes.add(space + ", but its readouts carry no positions in k-space: no image can be made of them");
            } else {
                suitable.add(withTrajectories(stack, notes));
            }
        }
        return suitable;
    }

    private static boolean hasTrajectory(Readout readout) {
        return readout.trajectoryDimensions() >= 2;
    }

    private static Stack withTrajectories(Stack stack, MrdNotes notes) {
        List<Slab> slabs = new ArrayList<>();
        for (Slab slab : stack.slabs()) {
            List<Readout> readouts = new ArrayList<>();
            for (Readout readout : slab.readouts()) {
                if (hasTrajectory(readout)) {
                    readouts.add(readout);
                } else {
                    notes.addForReadout(readout.header().scanCounter(), "no position in k-space: left out");
                }
            }
            if (!readouts.isEmpty()) {
                slabs.add(new Slab(slab.sliceCounter(), slab.geometry(), readouts));
            }
        }
        return new Stack(stack.encodingSpace(), stack.encoding(), stack.kind(), stack.orientation(), slabs);
    }
}
