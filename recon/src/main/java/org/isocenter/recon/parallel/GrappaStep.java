package org.isocenter.recon.parallel;

import java.util.Optional;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.Sampling;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabStep;
import org.isocenter.recon.stack.Stack;

/** {@link Grappa} as a step; data without regular gaps go through as they are, with a note where the header promised some. */
record GrappaStep(Grappa.Settings settings) implements SlabStep {
    /** Lines and partitions of calibration data; more only take time. */
    private static final int MOST_LINES = 48;

    @Override
    public boolean concerns(Stack stack, ChainContext context) {
        return Undersampling.isIn(stack, context.measured().isComplete());
    }

    @Override
    public double effort() {
        return 4;
    }

    /** For a slab whose lines for calibration, if any, are among its own already. */
    static Grappa of(SlabData slab, Grappa.Settings settings) {
        return new Grappa(CalibrationData.of(slab, slab.values().sizeX(), MOST_LINES, MOST_LINES), settings);
    }

    @Override
    public SlabData apply(SlabData slab, ChainContext context) {
        if (slab.domain() == SlabData.Domain.IMAGE) {
            return slab;
        }
        SamplingPattern measured = SamplingPattern.of(slab.values());
        Optional<Lattice> lattice = Undersampling.lattice(measured, slab.encoding(), context.notes());
        if (lattice.isEmpty()) {
            return slab;
        }
        SlabData joined = CalibrationData.joined(slab);
        ChannelGrid kspace = joined.values();
        String factors = lattice.get().stepY() + "×" + lattice.get().stepZ();
        Grappa grappa = of(joined, settings);
        if (!grappa.suits(lattice.get())) {
            context.notes()
                    .add("undersampled " + factors + ", and there are too few calibration data (" + grappa.lines()
                            + " lines without a gap) to make the lines between: they were taken for zero, so the image is"
                            + " folded");
            return joined;
        }
        SamplingPattern known = SamplingPattern.of(kspace);
        grappa.fill(kspace, known, lattice.get(), context.loop(1));
        context.notes().add("undersampled " + factors + ": the lines between were made of their neighbours (GRAPPA)");
        return joined.withSampling(new Sampling(
                SamplingPattern.of(kspace).rows(),
                joined.sampling().fromX(),
                joined.sampling().toX()));
    }
}
