package org.isocenter.recon.noncartesian;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.model.Encoding;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.Readout;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.ReadoutStep;
import org.isocenter.recon.chain.SlabSource;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.stack.Slab;
import org.isocenter.recon.stack.Stack;

/**
 * Images of data whose readouts carry their own positions in k-space, 2D or 3D: radial, spiral, any. An image
 * is as bright and lies where the same image measured line by line does. A part of a scan gives a preview.
 */
final class NonCartesianStep implements ReadoutStep {
    /** More pixels than this in a grid are a header gone wrong: 1 GiB of them, twice. */
    private static final double MOST_POINTS = 1L << 28;

    private final Inversion inversion;

    NonCartesianStep(Inversion inversion) {
        this.inversion = inversion;
    }

    @Override
    public double effort() {
        return inversion.effort();
    }

    @Override
    public boolean isChannelByChannel() {
        return inversion.isChannelByChannel();
    }

    @Override
    public List<SlabSource> open(List<Stack> stacks, ChainContext context) {
        MrdNotes notes = context.notes();
        List<SlabSource> sources = new ArrayList<>();
        for (Stack stack : suitable(stacks, notes)) {
            Encoding e = stack.encoding();
            boolean volume = e.encodedZ() > 1 || e.reconZ() > 1;
            KernelGrid grid = volume
                    ? new KernelGrid(e.reconX(), e.reconY(), e.reconZ())
                    : new KernelGrid(e.reconX(), e.reconY());
            double slabPixels = (double) e.reconX() * e.reconY() * e.reconZ();
            if (grid.size() > MOST_POINTS || slabPixels * stack.slabs().size() > MOST_POINTS) {
                notes.add("a grid of " + grid.x.points() + "×" + grid.y.points() + "×" + grid.z.points()
                        + " does not fit into memory: left out");
                continue;
            }
            sources.add(new NonCartesianSource(context.header(), stack, grid, inversion, notes));
        }
        return sources;
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
                    .noneMatch(NonCartesianStep::hasTrajectory)) {
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
