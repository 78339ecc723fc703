package org.isocenter.recon.chain;

import org.isocenter.recon.array.ChannelGrid;

/** A combination of channels to which each brings its part without knowing the others. */
public interface ChannelSum extends SlabStep {
    /** Adds the part of one channel to the sum, a grid of one channel that begins as zeros. */
    void add(ChannelGrid values, int channel, ChannelGrid sum);

    /** Makes the image of the sum over all channels, in place. */
    void finish(ChannelGrid sum);

    @Override
    default SlabData apply(SlabData slab, ChainContext context) {
        ChannelGrid values = slab.values();
        ChannelGrid sum = new ChannelGrid(1, values.sizeX(), values.sizeY(), values.sizeZ());
        for (int channel = 0; channel < values.channels(); channel++) {
            add(values, channel, sum);
        }
        finish(sum);
        return slab.withValues(sum);
    }
}
