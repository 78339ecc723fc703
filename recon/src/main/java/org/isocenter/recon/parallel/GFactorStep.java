package org.isocenter.recon.parallel;

import java.util.Arrays;
import java.util.Optional;
import org.isocenter.model.Encoding;
import org.isocenter.model.Quantity;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabStep;
import org.isocenter.recon.fft.GridFft;

/**
 * From the k-space of a slab to the map of its g-factor: of {@link Grappa}, from its weights (Breuer et al. 2009), or of
 * {@link Sense}, from the sensitivities (Pruessmann et al. 1999, eq. 23). Both are those of the regular gaps alone: calibration lines
 * that stay in the image make its noise less. The channels' noise is taken as alike and independent (prewhiten first).
 */
record GFactorStep(Method method, Grappa.Settings grappa, MapEstimate estimate) implements SlabStep {
    /** What would fill the gaps. */
    enum Method {
        GRAPPA,
        SENSE
    }

    @Override
    public Quantity quantity() {
        return Quantity.G_FACTOR;
    }

    @Override
    public SlabData apply(SlabData slab, ChainContext context) {
        if (slab.domain() == SlabData.Domain.IMAGE) {
            throw new IllegalArgumentException("the step 'g-factor' takes k-space with its gaps: put it before others");
        }
        SamplingPattern measured = SamplingPattern.of(slab.values());
        Optional<Lattice> lattice = Undersampling.lattice(measured, slab.encoding(), context.notes());
        SlabData joined = CalibrationData.joined(slab);
        Encoding e = slab.encoding();
        ChannelGrid g = lattice.map(found ->
                        method == Method.GRAPPA ? ofGrappa(joined, found, context) : ofSense(joined, found, context))
                .orElseGet(() -> ones(joined.values()));
        return joined.withImage(Oversampling.middle(g, e.reconX(), e.reconY(), e.reconZ()));
    }

    private ChannelGrid ofGrappa(SlabData slab, Lattice lattice, ChainContext context) {
        ChannelGrid kspace = slab.values();
        Grappa step = GrappaStep.of(slab, grappa);
        if (!step.suits(lattice)) {
            throw new IllegalArgumentException(
                    "there are too few calibration data for GRAPPA's weights: no g-factor can be told");
        }
        SamplingPattern known = SamplingPattern.of(kspace);
        GrappaNoise noise = step.noise(kspace, known, lattice);
        step.fill(kspace, known, lattice, context.loop(0.3));
        GridFft.inverse(kspace);
        return noise.gFactor(kspace, context.loop(0.7));
    }

    private ChannelGrid ofSense(SlabData slab, Lattice lattice, ChainContext context) {
        ChannelGrid kspace = slab.values();
        ChannelGrid calibration =
                CalibrationData.of(slab, MapEstimate.MOST_SAMPLES, MapEstimate.MOST_SAMPLES, MapEstimate.MOST_SAMPLES);
        Sensitivities maps = estimate.of(
                calibration,
                kspace.sizeX(),
                Sense.enlargedY(lattice, kspace.sizeY()),
                Sense.enlargedZ(lattice, kspace.sizeZ()),
                context.loop(1));
        ChannelGrid g = new Sense(maps, lattice, 0).gFactor();
        return LinearAxis.resampled(g, kspace.sizeX(), kspace.sizeY(), kspace.sizeZ());
    }

    private static ChannelGrid ones(ChannelGrid kspace) {
        ChannelGrid ones = new ChannelGrid(1, kspace.sizeX(), kspace.sizeY(), kspace.sizeZ());
        Arrays.fill(ones.real(0), 1);
        return ones;
    }
}
