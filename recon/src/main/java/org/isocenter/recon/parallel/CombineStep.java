package org.isocenter.recon.parallel;

import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabStep;
import org.isocenter.recon.fft.GridFft;

/**
 * Combines the channels of an image by their sensitivities, which are estimated from the image itself: {@link AdaptiveCombine}
 * about every pixel, or {@link Espirit} from the middle of the image's k-space. Keeps the phase.
 */
record CombineStep(MapEstimate estimate) implements SlabStep {
    @Override
    public double effort() {
        return 10;
    }

    @Override
    public SlabData apply(SlabData slab, ChainContext context) {
        ChannelGrid images = slab.values();
        if (images.channels() == 1) {
            return slab;
        }
        if (slab.domain() != SlabData.Domain.IMAGE) {
            throw new IllegalArgumentException("the step 'combine' needs images: put 'transform' before it");
        }
        Sensitivities maps = switch (estimate.method()) {
            case ADAPTIVE -> AdaptiveCombine.sensitivities(images, estimate.blockWidth(), context.loop(1));
            case ESPIRIT ->
                Espirit.sensitivities(
                        middleOfKspace(images),
                        images.sizeX(),
                        images.sizeY(),
                        images.sizeZ(),
                        estimate.espirit(),
                        context.loop(1));
        };
        return slab.withValues(ChannelCombination.optimal(images, maps));
    }

    private static ChannelGrid middleOfKspace(ChannelGrid images) {
        ChannelGrid kspace = new ChannelGrid(images.channels(), images.sizeX(), images.sizeY(), images.sizeZ());
        for (int channel = 0; channel < images.channels(); channel++) {
            System.arraycopy(images.real(channel), 0, kspace.real(channel), 0, images.points());
            System.arraycopy(images.imaginary(channel), 0, kspace.imaginary(channel), 0, images.points());
        }
        GridFft.forward(kspace);
        return CalibrationRegion.find(
                        kspace, MapEstimate.MOST_SAMPLES, MapEstimate.MOST_SAMPLES, MapEstimate.MOST_SAMPLES)
                .cut(kspace);
    }
}
