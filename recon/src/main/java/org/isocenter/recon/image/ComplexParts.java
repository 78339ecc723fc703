package org.isocenter.recon.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.array.ChannelGrid;

/** Phase, real and imaginary part of complex images. */
public final class ComplexParts {
    private static final List<Quantity> PARTS = List.of(Quantity.PHASE, Quantity.REAL, Quantity.IMAGINARY);

    private ComplexParts() {}

    /** Of each magnitude that has a phase, in the volumes' order. Real and imaginary parts share the result's arrays. */
    public static List<ImageVolume> of(Reconstruction.Result result) {
        List<ImageVolume> parts = new ArrayList<>();
        int known = Math.min(result.volumes().size(), result.complex().size());
        for (int i = 0; i < known; i++) {
            ImageVolume volume = result.volumes().get(i);
            ChannelGrid values = result.complex().get(i);
            boolean complex = volume.quantity() == Quantity.MAGNITUDE
                    && values.points() == volume.pixels().length
                    && hasPhase(values);
            for (Quantity part : complex ? PARTS : List.<Quantity>of()) {
                parts.add(volume.withMap(name(volume.name(), part), part, pixels(values, part)));
            }
        }
        return parts;
    }

    /** Whether there is one channel, and more than its magnitude. */
    static boolean hasPhase(ChannelGrid values) {
        return values.channels() == 1 && !DenoiseStep.isMagnitude(values);
    }

    /** What a part of the volume with this name is called. */
    static String name(String volume, Quantity part) {
        String name = part.name().toLowerCase(Locale.ROOT);
        return volume.isEmpty() ? name : volume + ", " + name;
    }

    /** @param part phase, real or imaginary */
    static float[] pixels(ChannelGrid values, Quantity part) {
        float[] re = values.real(0);
        float[] im = values.imaginary(0);
        return switch (part) {
            case REAL -> re;
            case IMAGINARY -> im;
            case PHASE -> {
                float[] phase = new float[re.length];
                for (int i = 0; i < phase.length; i++) {
                    phase[i] = (float) Math.atan2(im[i], re[i]);
                }
                yield phase;
            }
            default -> throw new IllegalArgumentException("no part of a complex image: " + part.words());
        };
    }
}
