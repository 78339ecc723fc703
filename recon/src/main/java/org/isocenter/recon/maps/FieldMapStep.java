package org.isocenter.recon.maps;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.chain.VolumeStep;

/** Adds the {@link FieldMap} of two images with different echo times. Without them a note says why there is none. */
public final class FieldMapStep implements VolumeStep {
    @Override
    public List<VolumeData> apply(List<VolumeData> volumes, ChainContext context) {
        if (volumes.size() != 2) {
            context.notes().add("a map needs two images, there are " + volumes.size() + ": no map was made");
            return volumes;
        }
        List<Double> echoTimes = context.header().sequence().echoTimesSeconds();
        double spacing = echoTimes.size() == 2 ? echoTimes.get(1) - echoTimes.get(0) : Double.NaN;
        if (!(spacing > 0)) {
            context.notes().add("the header does not tell two echo times in order: no field map was made");
            return volumes;
        }
        context.notes()
                .add(String.format(
                        Locale.ROOT,
                        "The field map holds offsets up to ±%.0f Hz; larger ones appear as smaller: shorten ESP for more.",
                        0.5 / spacing));
        List<VolumeData> all = new ArrayList<>(volumes);
        all.add(FieldMap.of(volumes.get(0), volumes.get(1), spacing));
        return all;
    }
}
