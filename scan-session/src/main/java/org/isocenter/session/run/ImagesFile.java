package org.isocenter.session.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.mrd.MrdImage;
import org.isocenter.recon.mrd.VolumeImages;

/**
 * {@code images.h5}: what was reconstructed as MRD images in 32-bit floats, for programs that compute with it. The n-th volume
 * is {@code dataset/image_n}; where it has a phase, its complex values are {@code dataset/complex_n}.
 */
final class ImagesFile {
    /** Attribute of every image: the chain of steps that made it, with all parameters, as JSON. */
    static final String CHAIN = "isocenter.chain";

    private ImagesFile() {}

    /** @throws IllegalArgumentException when the scan's header has what MRD cannot hold */
    static void write(ScanHeader header, Reconstruction.Result result, Path file) throws IOException {
        String chain = ReconstructionJson.of(result.chains()).toString();
        Map<String, List<MrdImage>> series = new LinkedHashMap<>();
        for (int i = 0; i < result.volumes().size(); i++) {
            ImageVolume volume = result.volumes().get(i);
            series.put("image_" + i, withChain(VolumeImages.of(volume, header, i), chain));
            ChannelGrid values = i < result.complex().size() ? result.complex().get(i) : null;
            if (values != null && volume.quantity() == Quantity.MAGNITUDE && hasPhase(volume, values)) {
                series.put("complex_" + i, withChain(VolumeImages.complex(volume, values, header, i), chain));
            }
        }
        MrdFile.writeImages(header, series, file);
    }

    private static List<MrdImage> withChain(List<MrdImage> images, String chain) {
        return images.stream()
                .map(image -> image.withMeta(image.meta().with(CHAIN, chain)))
                .toList();
    }

    /** On the same voxels, and not just the magnitude itself. */
    private static boolean hasPhase(ImageVolume volume, ChannelGrid values) {
        if (values.points() != volume.pixels().length) {
            return false;
        }
        for (int channel = 0; channel < values.channels(); channel++) {
            for (float value : values.imaginary(channel)) {
                if (value != 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
