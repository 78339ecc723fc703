package org.isocenter.recon.maps;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.RawData;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.chain.VolumeStep;

/** Adds the {@link TransmitMap} of two images with different intervals. Without them a note says why there is none. */
public final class TransmitMapStep implements VolumeStep {
    @Override
    public List<VolumeData> apply(List<VolumeData> volumes, ChainContext context) {
        if (volumes.size() != 2) {
            context.notes().add("a map needs two images, there are " + volumes.size() + ": no map was made");
            return volumes;
        }
        double ratio = intervalRatio(context.measured());
        double nominal = context.header().sequence().flipAngleRadians();
        if (!(ratio > 1) || !(nominal > 0)) {
            context.notes().add("the data do not tell two intervals and a flip angle: no transmit map was made");
            return volumes;
        }
        VolumeData first = volumes.get(0);
        List<VolumeData> all = new ArrayList<>(volumes);
        all.addAll(TransmitMap.of(first, volumes.get(1), ratio, nominal));
        return all;
    }

    /** From the second image's readout to the next first one's, over that from the first's to the second's; NaN if unknown. */
    private static double intervalRatio(RawData raw) {
        if (raw.size() < 3) {
            return Double.NaN;
        }
        double[] starts = new double[3];
        for (int i = 0; i < 3; i++) {
            ReadoutHeader header = raw.readout(i).header();
            if (header.counters().contrast() != i % 2) {
                return Double.NaN;
            }
            starts[i] = header.startSeconds();
        }
        return (starts[2] - starts[1]) / (starts[1] - starts[0]);
    }
}
