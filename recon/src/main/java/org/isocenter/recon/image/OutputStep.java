package org.isocenter.recon.image;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Quantity;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.chain.VolumeStep;

/**
 * Which parts of the complex images are given out, each as a volume of its own: magnitude, phase, real, imaginary. The complex
 * values stay with the magnitude. Maps stay as they are.
 */
public final class OutputStep implements VolumeStep {
    private final List<Quantity> parts;

    /** @param parts some of {@link Quantity#MAGNITUDE}, PHASE, REAL, IMAGINARY */
    public OutputStep(List<Quantity> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing is given out: say yes to at least one of magnitude, phase, real, imaginary");
        }
        this.parts = List.copyOf(parts);
    }

    @Override
    public List<VolumeData> apply(List<VolumeData> volumes, ChainContext context) {
        List<VolumeData> all = new ArrayList<>();
        for (VolumeData volume : volumes) {
            if (volume.quantity() != Quantity.MAGNITUDE) {
                all.add(volume);
                continue;
            }
            boolean phaseless = !ComplexParts.hasPhase(volume.values());
            if (phaseless && !parts.equals(List.of(Quantity.MAGNITUDE))) {
                context.notes()
                        .add("the images have no phase of their own, only magnitudes are given out: combine the"
                                + " channels by a step that keeps the phase");
                all.add(volume);
                continue;
            }
            for (Quantity part : parts) {
                all.add(part == Quantity.MAGNITUDE ? volume : part(volume, part));
            }
        }
        return all;
    }

    private static VolumeData part(VolumeData volume, Quantity part) {
        return volume.withMap(ComplexParts.name(volume.name(), part), part, ComplexParts.pixels(volume.values(), part));
    }
}
