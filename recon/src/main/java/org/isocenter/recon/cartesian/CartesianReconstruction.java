package org.isocenter.recon.cartesian;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.isocenter.model.Encoding;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.mrd.MrdNotes;

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
    public Result reconstruct(RawData raw) {
        int size = raw.size();
        MrdNotes notes = new MrdNotes();
        List<Stack> stacks = new LineSorter(notes).sort(raw, size);
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
            double fraction = size == raw.expected() ? 1 : fraction(stack);
            volumes.add(new ImageVolume(
                    names.of(stack),
                    x.pixels(),
                    y.pixels(),
                    z.pixels() * stack.slabs().size(),
                    pixels(stack, x, y, z, notes),
                    StackGeometry.of(stack, notes),
                    stack.kind().contrast(),
                    fraction));
        }
        return new Result(volumes, notes.toList());
    }

    private static float[] pixels(Stack stack, GridAxis x, GridAxis y, GridAxis z, MrdNotes notes) {
        List<Slab> slabs = stack.slabs();
        List<InPlaneShift> shifts = InPlaneShift.of(stack, notes);
        int slabPixels = x.pixels() * y.pixels() * z.pixels();
        float[] pixels = new float[slabPixels * slabs.size()];
        IntStream.range(0, slabs.size())
                .parallel()
                .forEach(i -> new SlabTransform(
                                x, y, z, shifts.get(i), slabs.get(i).lines())
                        .magnitude(pixels, i * slabPixels));
        return pixels;
    }

    /** Of a scan that is not whole: the lines that are in over those that the header's limits promise. */
    private static double fraction(Stack stack) {
        Encoding e = stack.encoding();
        double slabs = e.encodedZ() > 1 ? 1 : e.slices();
        double promised = (double) e.step1().count() * e.step2().count() * e.averages() * slabs;
        return Math.min(1, stack.lineCount() / Math.max(1, promised));
    }
}
