package org.isocenter.recon.image;

import java.util.List;
import java.util.Locale;
import org.isocenter.model.GradientHarmonics;
import org.isocenter.model.Quantity;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.chain.VolumeStep;

/**
 * Puts images straight that gradients bent, by {@link HarmonicWarp}. Slabs in all directions; slices within their plane. Maps stay
 * as they are.
 */
public final class GradientDistortionStep implements VolumeStep {
    private final GradientHarmonics own;

    /** @param harmonics as {@link GradientHarmonics#text}; empty for those that the scan's header tells */
    public GradientDistortionStep(String harmonics) {
        own = harmonics.isBlank() ? null : GradientHarmonics.parse(harmonics);
    }

    @Override
    public List<VolumeData> apply(List<VolumeData> volumes, ChainContext context) {
        GradientHarmonics harmonics = own == null ? ofHeader(context) : own;
        if (harmonics.isNone()) {
            return volumes;
        }
        return volumes.stream()
                .map(volume -> volume.quantity() == Quantity.MAGNITUDE ? straight(volume, harmonics, context) : volume)
                .toList();
    }

    private static VolumeData straight(VolumeData volume, GradientHarmonics harmonics, ChainContext context) {
        context.throwIfStopped();
        boolean slab = volume.stack().encoding().reconZ() > 1;
        HarmonicWarp warp = new HarmonicWarp(
                harmonics, volume.geometry(), context.header().study().position(), slab);
        if (!slab) {
            tellOfBentSlices(volume, warp, context);
        }
        return volume.withValues(Unwarping.of(volume.values(), warp, slab));
    }

    /** What is thinner than the bend shows, towards its edge, another slice than it says. */
    private static void tellOfBentSlices(VolumeData volume, HarmonicWarp warp, ChainContext context) {
        ChannelGrid values = volume.values();
        double bend = warp.largestBendMeters(values.sizeX(), values.sizeY(), values.sizeZ());
        if (bend > volume.geometry().sliceThicknessMeters()) {
            context.notes()
                    .add(String.format(
                            Locale.ROOT,
                            "the gradients bend slices by up to %.1f mm at the image's edge, more than they are thick: images were put"
                                    + " straight within the slices only",
                            bend * 1e3));
        }
    }

    private static GradientHarmonics ofHeader(ChainContext context) {
        String text = context.header().userParameters().get(GradientHarmonics.PARAMETER);
        if (text == null) {
            return GradientHarmonics.NONE;
        }
        try {
            return GradientHarmonics.parse(text);
        } catch (IllegalArgumentException e) {
            context.notes()
                    .add("the header's " + GradientHarmonics.PARAMETER + " cannot be used (" + e.getMessage()
                            + "): gradient distortion was not corrected");
            return GradientHarmonics.NONE;
        }
    }
}
