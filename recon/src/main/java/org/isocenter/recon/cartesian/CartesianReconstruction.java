package org.isocenter.recon.cartesian;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
 * Cartesian data, 2D or 3D: sort the lines by their counters, lay them on a grid, average, transform (inverse, centred,
 * unscaled, so that the values equal those of the ISMRMRD tools), cut off the oversampling, combine the channels. What is not
 * there is zero: a part of a scan gives a preview, and partial Fourier an image that is somewhat blurred. Uses the common pool; any thread may call.
 */
public final class CartesianReconstruction implements Reconstruction {
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
        StackNames names = new StackNames(stacks, raw.header().sequence());
        List<ImageVolume> volumes = new ArrayList<>();
        for (Stack stack : stacks) {
            Grid grid = Grid.of(stack, notes);
            if (grid != null) {
                float[] pixels = pixels(stack, steps.get(stack.encodingSpace()), grid, notes);
                volumes.add(volume(names.of(stack), raw, size, stack, grid, pixels, notes));
            }
        }
        return new Result(volumes, notes.toList());
    }

    /** As {@link #reconstruct}, with the phase: for what is worked out from several images. */
    public List<ComplexVolume> complexImages(RawData measured, MrdNotes notes) {
        RawData raw = EpiLines.straighten(measured, notes);
        int size = raw.size();
        List<Stack> stacks = cartesian(new StackSorter(notes).sort(raw, size), notes);
        Map<Integer, StepCounters> steps = stepCounters(stacks, notes);
        StackNames names = new StackNames(stacks, raw.header().sequence());
        List<ComplexVolume> volumes = new ArrayList<>();
        for (Stack stack : stacks) {
            Grid grid = Grid.of(stack, notes);
            if (grid != null) {
                float[] magnitude = new float[grid.slabPixels() * stack.slabs().size()];
                List<ComplexVolume.Channel> channels =
                        channels(stack, steps.get(stack.encodingSpace()), grid, magnitude, notes);
                volumes.add(
                        new ComplexVolume(volume(names.of(stack), raw, size, stack, grid, magnitude, notes), channels));
            }
        }
        return volumes;
    }

    private static ImageVolume volume(
            String name, RawData raw, int size, Stack stack, Grid grid, float[] pixels, MrdNotes notes) {
        return new ImageVolume(
                name,
                grid.x().pixels(),
                grid.y().pixels(),
                grid.z().pixels() * stack.slabs().size(),
                pixels,
                StackGeometry.of(stack, notes),
                stack.kind().contrast(),
                size == raw.expected() ? 1 : stack.fraction(),
                raw.header().sequence().diffusionOfSet(stack.kind().set()));
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
                MissingLines.tell(stack.encoding(), notes);
                return new StepCounters(stack.encoding(), bySpace.get(space), notes);
            });
        }
        return steps;
    }

    private static float[] pixels(Stack stack, StepCounters steps, Grid grid, MrdNotes notes) {
        List<SlabTransform> transforms = transforms(stack, steps, grid, notes);
        float[] pixels = new float[grid.slabPixels() * transforms.size()];
        IntStream.range(0, transforms.size())
                .parallel()
                .forEach(i -> transforms.get(i).magnitude(pixels, i * grid.slabPixels()));
        return pixels;
    }

    /** @param magnitude is filled as well, where zeros must be */
    private static List<ComplexVolume.Channel> channels(
            Stack stack, StepCounters steps, Grid grid, float[] magnitude, MrdNotes notes) {
        List<SlabTransform> transforms = transforms(stack, steps, grid, notes);
        List<ComplexVolume.Channel> channels = new ArrayList<>();
        for (int channel = 0; channel < transforms.get(0).channels(); channel++) {
            float[] real = new float[magnitude.length];
            float[] imaginary = new float[magnitude.length];
            for (int slab = 0; slab < transforms.size(); slab++) {
                SlabTransform transform = transforms.get(slab);
                float[] slabReal = new float[transform.workspace()];
                float[] slabImaginary = new float[transform.workspace()];
                transform.channel(channel, slabReal, slabImaginary);
                System.arraycopy(slabReal, 0, real, slab * grid.slabPixels(), grid.slabPixels());
                System.arraycopy(slabImaginary, 0, imaginary, slab * grid.slabPixels(), grid.slabPixels());
            }
            for (int i = 0; i < magnitude.length; i++) {
                magnitude[i] = (float) Math.hypot(magnitude[i], Math.hypot(real[i], imaginary[i]));
            }
            channels.add(new ComplexVolume.Channel(real, imaginary));
        }
        return channels;
    }

    private static List<SlabTransform> transforms(Stack stack, StepCounters steps, Grid grid, MrdNotes notes) {
        List<InPlaneShift> shifts = InPlaneShift.of(stack, notes);
        List<SlabTransform> transforms = new ArrayList<>();
        for (int i = 0; i < stack.slabs().size(); i++) {
            List<Line> lines = lines(stack.slabs().get(i), steps);
            transforms.add(new SlabTransform(grid.x(), grid.y(), grid.z(), shifts.get(i), lines));
        }
        return transforms;
    }

    private static List<Line> lines(Slab slab, StepCounters steps) {
        return slab.readouts().stream().map(steps::place).toList();
    }
}
