package org.isocenter.recon.readouts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.isocenter.model.Quantity;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.chain.VolumeStep;

/**
 * Adds to each image a map of it in units of its noise's standard deviation (Kellman and McVeigh 2005, MRM 54:1439). The deviation
 * is found by making the images again and again with more noise of the kind that was measured (Robson et al. 2008, MRM 60:895), so it
 * holds for whatever the chain does before: unfolding, partial Fourier, filters, averages. What tells is the part of the noise in
 * phase with the image; of magnitudes, and of channels that are not combined, that of the magnitude.
 *
 * @param noiseScan MRD file of a scan without signal, or empty for the data's own noise readouts
 * @param relativeBandwidth as of {@link PrewhiteningStep}
 * @param replicas how often; the deviation's own relative error is 1/√(2·replicas)
 * @param seed of the noise
 */
record SnrMapStep(String noiseScan, double relativeBandwidth, int replicas, long seed) implements VolumeStep {
    /** @throws IllegalArgumentException if there is no such file */
    SnrMapStep {
        NoiseScan.require(noiseScan);
    }

    @Override
    public List<VolumeData> apply(List<VolumeData> volumes, ChainContext context) {
        RawData measured = context.measured();
        Optional<NoiseScan> noise = NoiseScan.of(measured, noiseScan);
        int size = measured.size();
        if (noise.isEmpty() || !noise.get().fits(measured, size)) {
            context.notes()
                    .add(
                            "no map of the signal-to-noise ratio: it needs readouts without signal, of the same channels; name"
                                    + " a scan of 'noise' as parameter 'noise-scan'");
            return volumes;
        }
        Whitening source = new Whitening(noise.get().covariance());
        List<Spread> spreads = volumes.stream().map(Spread::new).toList();
        for (int replica = 0; replica < replicas; replica++) {
            context.throwIfStopped();
            SplittableRandom random = new SplittableRandom(seed + replica);
            List<VolumeData> noisy = context.repeat(noisier(measured, size, noise.get(), source, random));
            if (noisy.size() != volumes.size()) {
                throw new IllegalStateException(
                        "the step 'snr-map' has to be the first of those on volumes, where images are as they were made");
            }
            for (int i = 0; i < spreads.size(); i++) {
                spreads.get(i).add(noisy.get(i));
            }
            context.advance(1.0 / replicas);
        }
        List<VolumeData> all = new ArrayList<>();
        for (Spread spread : spreads) {
            all.add(spread.volume);
            if (spread.volume.quantity() == Quantity.MAGNITUDE) {
                all.add(spread.map(replicas));
            }
        }
        context.notes()
                .add(String.format(
                        Locale.ROOT,
                        "signal-to-noise ratio by %d repetitions with measured noise added (Robson et al. 2008)",
                        replicas));
        return all;
    }

    private RawData noisier(RawData measured, int size, NoiseScan noise, Whitening source, SplittableRandom random) {
        SplittableRandom[] own = new SplittableRandom[size];
        for (int i = 0; i < size; i++) {
            own[i] = random.split();
        }
        Readout[] noisy = new Readout[size];
        ParallelLoop.PLAIN.run(size, i -> {
            Readout readout = measured.readout(i);
            float[] real = readout.real().clone();
            float[] imaginary = readout.imaginary().clone();
            // Noise readouts stay what they are, so that all are whitened alike.
            if (!NoiseScan.isMarked(readout)) {
                double scale = Math.sqrt(noise.power(readout.header(), relativeBandwidth));
                source.addNoise(real, imaginary, readout.header().samples(), scale, own[i]);
            }
            noisy[i] = new Readout(
                    readout.header(), real, imaginary, readout.trajectoryDimensions(), readout.trajectoryPerMeter());
        });
        RawData raw = new RawData(measured.header(), measured.expected());
        for (Readout readout : noisy) {
            raw.append(readout);
        }
        return raw;
    }

    /** How an image differs when its data are noisier. */
    private static final class Spread {
        private final VolumeData volume;
        private final float[] signal;
        private final double[] sums;
        private final double[] squares;

        Spread(VolumeData volume) {
            this.volume = volume;
            signal = volume.magnitude();
            sums = new double[signal.length];
            squares = new double[signal.length];
        }

        void add(VolumeData noisy) {
            boolean phase = volume.values().channels() == 1;
            float[] magnitude = phase ? new float[0] : noisy.magnitude();
            for (int i = 0; i < signal.length; i++) {
                double difference = (phase ? inPhase(noisy.values(), i) : magnitude[i]) - signal[i];
                sums[i] += difference;
                squares[i] += difference * difference;
            }
        }

        private double inPhase(ChannelGrid noisy, int i) {
            double re = volume.values().real(0)[i];
            double im = volume.values().imaginary(0)[i];
            double product = re * noisy.real(0)[i] + im * noisy.imaginary(0)[i];
            return signal[i] > 0 ? product / signal[i] : 0;
        }

        VolumeData map(int replicas) {
            float[] ratio = new float[signal.length];
            for (int i = 0; i < ratio.length; i++) {
                double variance = (squares[i] - sums[i] * sums[i] / replicas) / (replicas - 1);
                ratio[i] = variance > 0 ? (float) (signal[i] / Math.sqrt(variance)) : 0;
            }
            String name = volume.name().isEmpty() ? "SNR" : volume.name() + " SNR";
            return volume.withMap(name, Quantity.SIGNAL_TO_NOISE, ratio);
        }
    }
}
