package org.isocenter.recon.image;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.Watch;

/**
 * The signal-to-noise ratio of averaged images by the difference between two images of half of the averages each, the odd and the
 * even ones, so that slow drifts are in both alike.
 */
public final class AverageHalves {
    /** Larger scans would be waited for too long. */
    private static final long MOST_SAMPLES = 1L << 22;

    private AverageHalves() {}

    /**
     * The ratio of each volume: by its halves' difference where the scan was averaged, is whole and is not large, else as
     * {@link SignalToNoise} tells without.
     *
     * @param reconstruction that made the result
     * @param watch as for the reconstruction
     */
    public static List<SignalToNoise> of(
            Reconstruction.Result result, RawData raw, Reconstruction reconstruction, Watch watch) {
        List<SignalToNoise> plain = SignalToNoise.of(result, raw.header());
        int averages = averages(raw);
        if (averages < 2 || !raw.isComplete() || result.volumes().isEmpty()) {
            return plain;
        }
        List<ImageVolume> odd =
                reconstruction.reconstruct(half(raw, averages, 0), watch).volumes();
        List<ImageVolume> even =
                reconstruction.reconstruct(half(raw, averages, 1), watch).volumes();
        if (odd.size() != plain.size() || even.size() != plain.size()) {
            return plain;
        }
        List<SignalToNoise> found = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            SignalToNoise half = result.volumes().get(i).quantity() == Quantity.MAGNITUDE
                    ? SignalToNoise.byDifference(odd.get(i), even.get(i))
                    : SignalToNoise.UNKNOWN;
            // What half of the averages give is worse by the root of how many there are in all.
            found.add(
                    Double.isNaN(half.value())
                            ? plain.get(i)
                            : new SignalToNoise(
                                    half.value() * Math.sqrt((double) averages / (averages / 2)), half.method()));
        }
        return found;
    }

    /** 1 where there are none, or too many samples. */
    private static int averages(RawData raw) {
        int most = 0;
        long samples = 0;
        for (int i = 0; i < raw.size(); i++) {
            most = Math.max(most, raw.readout(i).header().counters().average());
            samples += raw.readout(i).real().length;
        }
        return samples > MOST_SAMPLES ? 1 : most + 1;
    }

    /** Of every other average, as many as there are of the others; what is no image belongs to both. */
    private static RawData half(RawData raw, int averages, int remainder) {
        List<Readout> readouts = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            Readout readout = raw.readout(i);
            int average = readout.header().counters().average();
            boolean wanted = average % 2 == remainder && average < averages / 2 * 2;
            if (wanted || readout.header().has(AcquisitionFlags.NOT_IMAGING)) {
                readouts.add(readout);
            }
        }
        return RawData.of(raw.header(), readouts);
    }
}
