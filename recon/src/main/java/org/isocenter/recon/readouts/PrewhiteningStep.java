package org.isocenter.recon.readouts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.RawStep;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.parallel.NoiseCovariance;

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
        if (!noiseScan.isEmpty() && !Files.isRegularFile(Path.of(noiseScan))) {
            throw new IllegalArgumentException("parameter 'noise-scan': no such file (" + noiseScan + ")");
        }
    }

    @Override
    public RawData apply(RawData raw, ChainContext context) {
        int size = raw.size();
        List<Readout> noise = noiseScan.isEmpty() ? marked(raw, size) : all();
        if (noise.isEmpty()) {
            return raw;
        }
        double noiseDwell = noise.get(0).header().dwellSeconds();
        int channels = noise.get(0).header().channels();
        noise.removeIf(readout -> readout.header().channels() != channels
                || Math.abs(readout.header().dwellSeconds() - noiseDwell) > 1e-6 * noiseDwell);
        Whitening whitening;
        try {
            whitening = new Whitening(NoiseCovariance.of(samples(noise, channels)));
        } catch (IllegalArgumentException e) {
            context.notes().add("the noise was not whitened: " + e.getMessage());
            return raw;
        }
        if (IntStream.range(0, size).anyMatch(i -> raw.readout(i).header().channels() != channels)) {
            context.notes().add("the noise was not whitened: it was measured with " + channels + " channels");
            return raw;
        }
        context.notes().add(told(noise, channels));
        Readout[] whitened = IntStream.range(0, size)
                .parallel()
                .mapToObj(i -> whitened(raw.readout(i), whitening, noiseDwell))
                .toArray(Readout[]::new);
        RawData result = new RawData(raw.header(), raw.expected());
        for (Readout readout : whitened) {
            result.append(readout);
        }
        return result;
    }

    private static String told(List<Readout> noise, int channels) {
        long samples = noise.stream().mapToLong(r -> r.header().samples()).sum();
        return String.format(
                Locale.ROOT,
                "noise of %d channels was whitened by %d samples: the values are now in units of its deviation",
                channels,
                samples);
    }

    private static List<Readout> marked(RawData raw, int size) {
        List<Readout> noise = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (raw.readout(i).header().has(AcquisitionFlags.NOISE_MEASUREMENT)
                    && raw.readout(i).header().samples() > 0) {
                noise.add(raw.readout(i));
            }
        }
        return noise;
    }

    private List<Readout> all() {
        try {
            RawData scan = MrdFile.read(Path.of(noiseScan)).raw();
            List<Readout> noise = new ArrayList<>();
            for (int i = 0; i < scan.size(); i++) {
                if (scan.readout(i).header().samples() > 0) {
                    noise.add(scan.readout(i));
                }
            }
            return noise;
        } catch (IOException e) {
            throw new UncheckedIOException("the noise scan cannot be read: " + e.getMessage(), e);
        }
    }

    private static ChannelGrid samples(List<Readout> noise, int channels) {
        int count = noise.stream().mapToInt(PrewhiteningStep::used).sum();
        ChannelGrid all = new ChannelGrid(channels, count, 1, 1);
        int at = 0;
        for (Readout readout : noise) {
            ReadoutHeader header = readout.header();
            int used = used(readout);
            for (int channel = 0; channel < channels; channel++) {
                int from = channel * header.samples() + header.discardPre();
                System.arraycopy(readout.real(), from, all.real(channel), at, used);
                System.arraycopy(readout.imaginary(), from, all.imaginary(channel), at, used);
            }
            at += used;
        }
        return all;
    }

    private static int used(Readout readout) {
        ReadoutHeader header = readout.header();
        return Math.max(0, header.samples() - header.discardPre() - header.discardPost());
    }

    private Readout whitened(Readout readout, Whitening whitening, double noiseDwell) {
        ReadoutHeader header = readout.header();
        float[] real = new float[readout.real().length];
        float[] imaginary = new float[readout.imaginary().length];
        double slower = header.dwellSeconds() > 0 && noiseDwell > 0 ? header.dwellSeconds() / noiseDwell : 1;
        // The covariance is that of complex noise, twice that of either part.
        double scale = Math.sqrt(2 * relativeBandwidth * slower);
        whitening.apply(readout.real(), readout.imaginary(), header.samples(), scale, real, imaginary);
        return new Readout(header, real, imaginary, readout.trajectoryDimensions(), readout.trajectoryPerMeter());
    }
}
