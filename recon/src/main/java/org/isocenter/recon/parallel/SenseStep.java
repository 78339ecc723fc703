package org.isocenter.recon.parallel;

import java.util.Optional;
import org.isocenter.model.Encoding;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabStep;

/**
 * {@link Sense} as a step, with sensitivities from the slab's calibration data: from k-space to an image of one channel. Data
 * without gaps are combined by their sensitivities. What cannot be unfolded stays k-space, with a note.
 */
record SenseStep(MapEstimate estimate, double regularisation) implements SlabStep {
    /** Lines of calibration data on which no map can be founded. */
    private static final int LEAST_LINES = 6;

    private static final Lattice NO_GAPS = new Lattice(1, 1, 0, 0, 0);

    @Override
    public double effort() {
        return 10;
    }

    @Override
    public SlabData apply(SlabData slab, ChainContext context) {
        if (slab.domain() == SlabData.Domain.IMAGE) {
            return slab;
        }
        SamplingPattern measured = SamplingPattern.of(slab.values());
        Optional<Lattice> found = Undersampling.lattice(measured, slab.encoding(), context.notes());
        SlabData joined = CalibrationData.joined(slab);
        ChannelGrid kspace =
                Oversampling.withoutAlongX(joined.values(), slab.encoding().reconX());
        ChannelGrid calibration = CalibrationData.of(
                joined.withValues(kspace),
                MapEstimate.MOST_SAMPLES,
                MapEstimate.MOST_SAMPLES,
                MapEstimate.MOST_SAMPLES);
        boolean tooFew = calibration.sizeY() < Math.min(LEAST_LINES, kspace.sizeY())
                || calibration.sizeZ() < Math.min(LEAST_LINES, kspace.sizeZ());
        if (tooFew) {
            context.notes()
                    .add("calibration data of " + calibration.sizeY() + "×" + calibration.sizeZ()
                            + " lines without a gap are too few for sensitivities: the image is not unfolded by them");
            return joined;
        }
        Lattice lattice = found.orElse(NO_GAPS);
        if (lattice.factor() > 1) {
            context.notes()
                    .add("undersampled " + lattice.stepY() + "×" + lattice.stepZ()
                            + ": unfolded by the channels' sensitivities (SENSE)");
        }
        Sensitivities maps = estimate.of(
                calibration,
                kspace.sizeX(),
                Sense.enlargedY(lattice, kspace.sizeY()),
                Sense.enlargedZ(lattice, kspace.sizeZ()),
                context.loop(0.7));
        ChannelGrid image = new Sense(maps, lattice, regularisation).unfold(kspace, measured, context.loop(0.3));
        Encoding e = slab.encoding();
        return joined.withImage(Oversampling.middle(image, e.reconX(), e.reconY(), e.reconZ()));
    }
}
