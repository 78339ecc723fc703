package org.isocenter.recon.maps;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.chain.VolumeStep;

/** Adds the {@link DiffusionMap}, and its deviation, of a whole scan's weightings. */
public final class DiffusionMapStep implements VolumeStep {
    @Override
    public List<VolumeData> apply(List<VolumeData> volumes, ChainContext context) {
        List<ImageVolume> images = volumes.stream().map(VolumeData::image).toList();
        if (images.size() != context.header().sequence().diffusion().size() || !DiffusionMap.isPossible(images)) {
            return volumes;
        }
        List<VolumeData> all = new ArrayList<>(volumes);
        DiffusionMap.of(images).forEach(map -> all.add(volumes.get(0).withMap(map)));
        return all;
    }
}
