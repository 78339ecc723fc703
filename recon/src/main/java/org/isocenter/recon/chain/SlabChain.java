package org.isocenter.recon.chain;

import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.recon.array.ChannelGrid;

/**
 * The way of one slab from readouts to image. As long as steps treat channels each by itself and end in a sum over them, one
 * channel is in memory at a time.
 */
final class SlabChain {
    private final List<SlabStep> steps;
    /** Of taking the readouts, as that of steps. */
    private final double reading;
    /** What one slab's steps count for in all of the work. */
    private final double weight;
    /** Where in {@code steps} the channels that came one after the other are summed up; -1 when all come at once. */
    private final int sumAt;

    SlabChain(ReadoutStep first, List<SlabStep> steps, double weight) {
        this.steps = steps;
        this.reading = first.effort();
        this.weight = weight;
        this.sumAt = first.isChannelByChannel() ? indexOfSum(steps) : -1;
    }

    private static int indexOfSum(List<SlabStep> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof ChannelSum) {
                return i;
            }
            if (!steps.get(i).isChannelByChannel()) {
                return -1;
            }
        }
        return -1;
    }

    SlabData run(SlabSource source, int slab, ChainContext context) {
        int channels =
                source.stack().slabs().get(slab).readouts().get(0).header().channels();
        SlabData data =
                sumAt < 0 ? read(source, slab, 0, channels, weight, context) : summed(source, slab, channels, context);
        data = apply(sumAt + 1, steps.size(), data, weight, context);
        context.begin(0);
        check(data);
        return data;
    }

    private SlabData read(SlabSource source, int slab, int channel, int channels, double weight, ChainContext context) {
        context.begin(weight * reading);
        return source.slab(slab, channel, channels, context);
    }

    private SlabData summed(SlabSource source, int slab, int channels, ChainContext context) {
        ChannelSum combination = (ChannelSum) steps.get(sumAt);
        SlabData data = null;
        ChannelGrid sum = null;
        for (int channel = 0; channel < channels; channel++) {
            context.throwIfStopped();
            data = read(source, slab, channel, 1, weight / channels, context);
            data = apply(0, sumAt, data, weight / channels, context);
            ChannelGrid values = data.values();
            if (sum == null) {
                sum = new ChannelGrid(1, values.sizeX(), values.sizeY(), values.sizeZ());
            }
            combination.add(values, 0, sum);
        }
        context.begin(weight * steps.get(sumAt).effort());
        combination.finish(sum);
        return data.withValues(sum);
    }

    private SlabData apply(int from, int to, SlabData data, double share, ChainContext context) {
        SlabData result = data;
        for (SlabStep step : steps.subList(from, to)) {
            context.throwIfStopped();
            context.begin(share * step.effort());
            result = step.apply(result, context);
        }
        return result;
    }

    private static void check(SlabData data) {
        if (data.domain() != SlabData.Domain.IMAGE) {
            throw new IllegalStateException("the chain ends in k-space: it needs a step that transforms to an image");
        }
        ChannelGrid values = data.values();
        Encoding e = data.encoding();
        if (values.sizeX() != e.reconX() || values.sizeY() != e.reconY() || values.sizeZ() != e.reconZ()) {
            throw new IllegalStateException("the chain's image has " + values.sizeX() + "×" + values.sizeY() + "×"
                    + values.sizeZ() + " voxels where " + e.reconX() + "×" + e.reconY() + "×" + e.reconZ()
                    + " are wanted");
        }
    }
}
