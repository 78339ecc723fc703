package org.isocenter.recon.maps;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.chain.VolumeStep;

/** Adds the {@link FieldMap} of images with different echo times. Without them a note says why there is none. */
public final class FieldMapStep implements VolumeStep {
    private final boolean unwrap;

    /** @param unwrap whether offsets that the first two echo times cannot tell apart are found by going from voxel to voxel */
    public FieldMapStep(boolean unwrap) {
        this.unwrap = unwrap;
    }

    @Override
    public List<VolumeData> apply(List<VolumeData> volumes, ChainContext context) {
        if (volumes.size() < 2) {
            context.notes().add("a map needs two images, there are " + volumes.size() + ": no map was made");
            return volumes;
        }
        if (volumes.stream().anyMatch(v -> !v.geometry().equals(volumes.get(0).geometry()))) {
            context.notes().add("the images are of different places: no field map was made");
            return volumes;
        }
        List<Double> echoTimes = context.header().sequence().echoTimesSeconds();
        double[] seconds = volumes.stream()
                .mapToDouble(v -> v.contrast() < echoTimes.size() ? echoTimes.get(v.contrast()) : Double.NaN)
                .toArray();
        for (int i = 1; i < seconds.length; i++) {
            if (!(seconds[i] > seconds[i - 1])) {
                context.notes().add("the header does not tell two echo times in order: no field map was made");
                return volumes;
            }
        }
        context.notes()
                .add(String.format(
                        Locale.ROOT,
                        unwrap
                                ? "The field map's mean is taken to be within ±%.0f Hz; a jump between neighbours of"
                                        + " more than that appears as smaller: shorten ESP for more."
                                : "The field map holds offsets up to ±%.0f Hz; larger ones appear as smaller: shorten"
                                        + " ESP for more.",
                        0.5 / (seconds[1] - seconds[0])));
        List<VolumeData> all = new ArrayList<>(volumes);
        all.addAll(FieldMap.of(volumes, seconds, unwrap));
        return all;
    }
}
