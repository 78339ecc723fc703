package org.isocenter.recon.parallel;

import java.util.Optional;
import org.isocenter.model.Encoding;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.Sampling;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabStep;

/**
 * {@link Sense} as a step, with sensitivities from the slab's calibration data: from k-space to an image of one channel. Data
 * without gaps are combined by their sensitivities. What cannot be unfolded stays k-space, with a note; so does what was measured on one
 * side of the centre only, of one channel, for a later step to complete.
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
        ChannelGrid whole = calibration(joined);
        boolean tooFew = whole.sizeY() < Math.min(LEAST_LINES, joined.values().sizeY())
                || whole.sizeZ() < Math.min(LEAST_LINES, joined.values().sizeZ());
        if (tooFew) {
            context.notes()
                    .add("calibration data of " + whole.sizeY() + "×" + whole.sizeZ()
                            + " lines without a gap are too few for sensitivities: the image is not unfolded by them");
            return joined;
        }
        Lattice lattice = found.orElse(NO_GAPS);
        if (lattice.factor() > 1) {
            context.notes()
                    .add("undersampled " + lattice.stepY() + "×" + lattice.stepZ()
                            + ": unfolded by the channels' sensitivities (SENSE)");
        }
        ChannelGrid kspace =
                Oversampling.takenAlongX(joined.values(), slab.encoding().reconX());
        ChannelGrid calibration = kspace == joined.values() ? whole : calibration(cut(joined, kspace));
        Sense sense = sense(calibration, kspace, lattice, context);
        KnownSide known = known(slab, measured, lattice, kspace);
        ChannelGrid image = sense.unfoldInPlace(kspace, measured, context.loop(0.5 / sense.blocks()));
        if (!known.isWhole(image)) {
            return joined.withValues(known.kspaceOf(image)).withSampling(known.sampling(image.sizeY(), image.sizeZ()));
        }
        Encoding e = slab.encoding();
        return joined.withImage(Oversampling.middle(image, e.reconX(), e.reconY(), e.reconZ()));
    }

    /** Of lines that were cut to the middle of the image along x, what is left of the part that was measured. */
    private static KnownSide known(SlabData slab, SamplingPattern measured, Lattice lattice, ChannelGrid kspace) {
        Sampling sampling = slab.sampling();
        int size = slab.values().sizeX();
        double share = (double) kspace.sizeX() / size;
        int center = kspace.sizeX() / 2;
        int fromX = (int) Math.ceil((sampling.fromX() - size / 2) * share) + center;
        int toX = (int) Math.floor((sampling.toX() - 1 - size / 2) * share) + center + 1;
        return KnownSide.of(measured, lattice, kspace, Math.max(0, fromX), Math.min(kspace.sizeX(), toX));
    }

    /** With separate lines for calibration of the same extent along read. */
    private static SlabData cut(SlabData slab, ChannelGrid kspace) {
        SlabData.Calibration separate = slab.calibration();
        SlabData.Calibration cut = separate == null
                ? null
                : new SlabData.Calibration(
                        Oversampling.takenAlongX(separate.values(), kspace.sizeX()), separate.sampling());
        return new SlabData(
                kspace, slab.domain(), slab.sampling(), cut, slab.encoding(), slab.geometry(), slab.firstChannel());
    }

    private static ChannelGrid calibration(SlabData slab) {
        return CalibrationData.of(slab, MapEstimate.MOST_SAMPLES, MapEstimate.MOST_SAMPLES, MapEstimate.MOST_SAMPLES);
    }

    /** Of a large volume the sensitivities are made as they are needed. */
    private Sense sense(ChannelGrid calibration, ChannelGrid kspace, Lattice lattice, ChainContext context) {
        int sizeX = kspace.sizeX();
        int sizeY = Sense.enlargedY(lattice, kspace.sizeY());
        int sizeZ = Sense.enlargedZ(lattice, kspace.sizeZ());
        boolean atOnce = estimate.method() == MapEstimate.Method.ADAPTIVE
                || (long) kspace.channels() * sizeX * sizeY * sizeZ <= Sense.GOOD_VALUES;
        MapColumns maps = atOnce
                ? MapColumns.of(estimate.of(calibration, sizeX, sizeY, sizeZ, context.loop(0.5)))
                : MapColumns.espirit(calibration, sizeX, sizeY, sizeZ, estimate.espirit(), context::throwIfStopped);
        return new Sense(maps, kspace.channels(), sizeX, sizeY, sizeZ, lattice, regularisation, Sense.GOOD_VALUES);
    }
}
