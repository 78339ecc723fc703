package org.isocenter.recon.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.RawData;
import org.isocenter.recon.ChainRecord;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.Watch;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.stack.Stack;
import org.isocenter.recon.stack.StackGeometry;
import org.isocenter.recon.stack.StackNames;
import org.isocenter.recon.stack.StackSorter;

/**
 * Runs a chain. Slabs are worked on in parallel on the common pool, and the result does not depend on how many of its
 * threads there are. Any thread may call.
 */
public final class ChainReconstruction implements Reconstruction {
    private final Chain chain;
    private final List<RawStep> rawSteps;
    private final ReadoutStep readoutStep;
    private final List<SlabStep> slabSteps;
    private final List<VolumeStep> volumeSteps;
    /** Of the volumes that come of slabs. */
    private final Quantity quantity;

    public ChainReconstruction(Chain chain) {
        this.chain = chain;
        this.rawSteps = chain.steps(RawStep.class);
        this.readoutStep = chain.steps(ReadoutStep.class).get(0);
        this.slabSteps = chain.steps(SlabStep.class);
        this.volumeSteps = chain.steps(VolumeStep.class);
        this.quantity = slabSteps.stream()
                .map(SlabStep::quantity)
                .filter(of -> of != Quantity.MAGNITUDE)
                .findFirst()
                .orElse(Quantity.MAGNITUDE);
    }

    @Override
    public String name() {
        return chain.name();
    }

    public Chain chain() {
        return chain;
    }

    @Override
    public Result reconstruct(RawData measured, Watch watch) {
        double efforts = rawSteps.size() + slabEffort(slabSteps) + volumeSteps.size();
        ChainContext context = context(measured, watch, new Work(efforts, watch));
        List<VolumeData> volumes = volumesBeforeSteps(measured, context);
        for (VolumeStep step : volumeSteps) {
            context.throwIfStopped();
            context.begin(1);
            volumes = step.apply(volumes, context);
        }
        context.begin(0);
        List<ImageVolume> images = volumes.stream().map(VolumeData::image).toList();
        images.stream()
                .filter(image -> image.quantity() == Quantity.MAGNITUDE && isZero(image.pixels()))
                .forEach(image -> context.notes().add("an image is zero all over: its readouts hold no signal"));
        List<ChannelGrid> complex = volumes.stream().map(VolumeData::values).toList();
        return new Result(images, complex, context.notes().toList(), List.of(record()));
    }

    private ChainContext context(RawData measured, Watch watch, Work work) {
        return new ChainContext(measured, new MrdNotes(), watch, work, other -> {
            Watch silent = watch::isStopped;
            return volumesBeforeSteps(other, context(other, silent, new Work(1, silent)));
        });
    }

    private List<VolumeData> volumesBeforeSteps(RawData measured, ChainContext context) {
        RawData raw = measured;
        for (RawStep step : rawSteps) {
            context.throwIfStopped();
            context.begin(1);
            raw = step.apply(raw, context);
        }
        context.begin(0);
        return volumes(raw, context);
    }

    /** Of the way from readouts to images. */
    private double slabEffort(List<SlabStep> steps) {
        return readoutStep.effort()
                + steps.stream().mapToDouble(SlabStep::effort).sum();
    }

    private static boolean isZero(float[] pixels) {
        for (float pixel : pixels) {
            if (pixel != 0) {
                return false;
            }
        }
        return true;
    }

    private ChainRecord record() {
        return new ChainRecord(
                chain.name(), chain.steps().stream().map(ChainStep::record).toList());
    }

    private List<VolumeData> volumes(RawData raw, ChainContext context) {
        int size = raw.size(); // more may come in meanwhile
        boolean averagesApart = volumeSteps.stream().anyMatch(VolumeStep::wantsAveragesApart);
        List<SlabSource> sources =
                readoutStep.open(new StackSorter(context.notes()).sort(raw, size, averagesApart), context);
        StackNames names = new StackNames(
                sources.stream().map(SlabSource::stack).toList(),
                context.header().sequence());
        List<VolumeData> volumes = new ArrayList<>();
        int slabs = sources.stream().mapToInt(s -> s.stack().slabs().size()).sum();
        double effort = slabEffort(slabSteps) / slabs;
        for (SlabSource source : sources) {
            volumes.add(volume(source, names, size == raw.expected(), effort, context));
        }
        return volumes;
    }

    /** @param effort of each slab */
    private VolumeData volume(SlabSource source, StackNames names, boolean whole, double effort, ChainContext context) {
        Stack stack = source.stack();
        int count = stack.slabs().size();
        List<ChainContext> contexts =
                IntStream.range(0, count).mapToObj(slab -> context.forSlab()).toList();
        List<SlabStep> needed =
                slabSteps.stream().filter(step -> step.concerns(stack, context)).toList();
        SlabChain slabChain = new SlabChain(readoutStep, needed, effort / slabEffort(needed));
        SlabData[] slabs = new SlabData[count];
        IntStream.range(0, count)
                .parallel()
                .forEach(slab -> slabs[slab] = slabChain.run(source, slab, contexts.get(slab)));
        contexts.forEach(own -> context.notes().addAll(own.notes()));
        Stack imaged = stack.withEncoding(slabs[0].encoding());
        return new VolumeData(
                names.of(stack),
                joined(slabs),
                StackGeometry.of(imaged, context.notes()),
                stack.kind().contrast(),
                whole ? 1 : stack.fraction(),
                context.header().sequence().diffusionOfSet(stack.kind().set()),
                quantity,
                imaged);
    }

    /** Takes the slabs away. */
    private static ChannelGrid joined(SlabData[] slabs) {
        ChannelGrid first = slabs[0].values();
        if (slabs.length == 1) {
            return first;
        }
        ChannelGrid all = new ChannelGrid(first.channels(), first.sizeX(), first.sizeY(), first.sizeZ() * slabs.length);
        int count = first.points();
        IntStream.range(0, slabs.length).parallel().forEach(slab -> {
            ChannelGrid values = slabs[slab].values();
            for (int channel = 0; channel < first.channels(); channel++) {
                System.arraycopy(values.real(channel), 0, all.real(channel), slab * count, count);
                System.arraycopy(values.imaginary(channel), 0, all.imaginary(channel), slab * count, count);
            }
            slabs[slab] = null;
        });
        return all;
    }
}
