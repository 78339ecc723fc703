package org.isocenter.recon.cartesian;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.isocenter.model.Encoding;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabStep;
import org.isocenter.recon.fft.FftPlan;
import org.isocenter.recon.fft.GridFft;
import org.isocenter.recon.fft.Span;

/**
 * From k-space to the image: inverse, centred, unscaled, so that the values equal those of the ISMRMRD tools. Keeps the middle of
 * each axis, which is what is wanted of what was encoded. In place where nothing is cut off, and one channel after the other
 * where something is, so that there is little more in memory than one of both at any time. Lines run in parallel on the common pool.
 */
public final class InverseTransform implements SlabStep {
    /** By length: slices and channels share them. */
    private final Map<Integer, FftPlan> plans = new ConcurrentHashMap<>();

    @Override
    public boolean isChannelByChannel() {
        return true;
    }

    @Override
    public SlabData apply(SlabData slab, ChainContext context) {
        if (slab.domain() == SlabData.Domain.IMAGE) {
            return slab;
        }
        ChannelGrid kspace = slab.values();
        Encoding e = slab.encoding();
        float[][] real = new float[kspace.channels()][];
        float[][] imaginary = new float[kspace.channels()][];
        for (int channel = 0; channel < kspace.channels(); channel++) {
            context.throwIfStopped();
            Values values = new Values(kspace.real(channel), kspace.imaginary(channel));
            kspace.release(channel);
            values = values.along(plan(kspace.sizeX()), e.reconX(), 1, kspace.sizeY() * kspace.sizeZ());
            done(context, kspace);
            values = values.along(plan(kspace.sizeY()), e.reconY(), e.reconX(), kspace.sizeZ());
            done(context, kspace);
            values = values.along(plan(kspace.sizeZ()), e.reconZ(), e.reconX() * e.reconY(), 1);
            done(context, kspace);
            real[channel] = values.real;
            imaginary[channel] = values.imaginary;
        }
        return slab.withImage(new ChannelGrid(real, imaginary, e.reconX(), e.reconY(), e.reconZ()));
    }

    /** One axis of a channel. */
    private static void done(ChainContext context, ChannelGrid kspace) {
        context.advance(1.0 / (3 * kspace.channels()));
        context.throwIfStopped();
    }

    private FftPlan plan(int points) {
        return plans.computeIfAbsent(points, FftPlan::of);
    }

    /** Of one channel. */
    private record Values(float[] real, float[] imaginary) {
        /**
         * Transforms one axis, as long as the plan, and keeps its middle.
         *
         * @param stride how many points the faster axes have in all
         * @param blocks how many the slower axes have
         */
        Values along(FftPlan plan, int pixels, int stride, int blocks) {
            int points = plan.length();
            if (points == pixels) {
                GridFft.along(plan, real, imaginary, stride, blocks);
                return this;
            }
            Values kept = new Values(new float[stride * pixels * blocks], new float[stride * pixels * blocks]);
            GridFft.along(
                    plan,
                    real,
                    imaginary,
                    Span.whole(points),
                    kept.real,
                    kept.imaginary,
                    Span.middle(points, pixels),
                    stride,
                    blocks);
            return kept;
        }
    }
}
