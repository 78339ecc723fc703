package org.isocenter.recon.readouts;

import java.util.Locale;
import java.util.Optional;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.RawStep;

/**
 * Noise prewhitening: afterwards the noise of all channels is independent, with a standard deviation of 1 in real and
 * imaginary part of each sample. Its covariance comes from readouts that are marked as noise measurements, or from another
 * scan without signal; noise grows with the bandwidth, so it is scaled by the dwell times. Without noise readouts, or when they cannot
 * tell, the data stay as they are.
 *
 * @param noiseScan MRD file of a scan without signal, or empty
 * @param relativeBandwidth mean power of the measured noise over that in the middle of the band, where the image is: less
 *     than 1 when the receiver's filter dampens the edges
 */
public record PrewhiteningStep(String noiseScan, double relativeBandwidth) implements RawStep {
    /** @throws IllegalArgumentException if there is no such file */
    public PrewhiteningStep {
        NoiseScan.require(noiseScan);
    }

    @Override
    public RawData apply(RawData raw, ChainContext context) {
        int size = raw.size();
        Optional<NoiseScan> found = NoiseScan.of(raw, noiseScan);
        if (found.isEmpty()) {
            return raw;
        }
        NoiseScan noise = found.get();
        int channels = noise.channels();
        Whitening whitening;
        try {
            whitening = new Whitening(noise.covariance());
        } catch (IllegalArgumentException e) {
            context.notes().add("the noise was not whitened: " + e.getMessage());
            return raw;
        }
        if (!noise.fits(raw, size)) {
            context.notes().add("the noise was not whitened: it was measured with " + channels + " channels");
            return raw;
        }
        context.notes().add(told(noise));
        RawData result = new RawData(raw.header(), raw.expected());
        for (int i = 0; i < size; i++) {
            result.append(whitened(raw.readout(i), whitening, noise));
        }
        return ChannelwiseSamples.workedOut(result, context.loop(1));
    }

    private static String told(NoiseScan noise) {
        return String.format(
                Locale.ROOT,
                "noise of %d channels was whitened by %d samples: the values are now in units of its deviation",
                noise.channels(),
                noise.samples());
    }

    private Readout whitened(Readout readout, Whitening whitening, NoiseScan noise) {
        ReadoutHeader header = readout.header();
        // The covariance is that of complex noise, twice that of either part.
        double scale = Math.sqrt(2 / noise.power(header, relativeBandwidth));
        return new Readout(
                header,
                new WhitenedSamples(readout, whitening, scale),
                readout.trajectoryDimensions(),
                readout.trajectoryPerMeter());
    }
}
