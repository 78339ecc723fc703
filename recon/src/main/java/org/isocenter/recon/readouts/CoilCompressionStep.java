package org.isocenter.recon.readouts;

import java.util.Locale;
import java.util.stream.IntStream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.RawStep;
import org.isocenter.recon.parallel.HermitianEigen;
import org.isocenter.recon.parallel.HermitianMatrix;

/**
 * Coil compression: as many virtual channels as wanted, which hold as much of the signal's energy as any so many mixtures of the
 * channels can (Huang et al. 2008): the projections onto the first eigenvectors of the channels' products, summed over all samples.
 * Whitened noise stays white, since the eigenvectors are orthogonal. Noise readouts are mixed as the others are and tell nothing;
 * readouts of fewer channels make it leave all as it is.
 *
 * @param channels wanted, at least 1
 */
public record CoilCompressionStep(int channels) implements RawStep {
    @Override
    public RawData apply(RawData raw, ChainContext context) {
        int size = raw.size();
        int before = size == 0 ? 0 : raw.readout(0).header().channels();
        boolean alike =
                IntStream.range(0, size).allMatch(i -> raw.readout(i).header().channels() == before);
        if (before <= channels || !alike) {
            return raw;
        }
        HermitianMatrix products = products(raw, size, before);
        double all =
                IntStream.range(0, before).mapToDouble(i -> products.real(i, i)).sum();
        if (!(all > 0)) {
            return raw;
        }
        HermitianEigen eigen = new HermitianEigen(products);
        double[][] real = new double[channels][before];
        double[][] imaginary = new double[channels][before];
        double kept = 0;
        for (int rank = 0; rank < channels; rank++) {
            eigen.vector(rank, real[rank], imaginary[rank]);
            kept += eigen.value(rank);
        }
        context.notes()
                .add(String.format(
                        Locale.ROOT,
                        "%d channels were compressed to %d, which hold %.2f %% of the energy",
                        before,
                        channels,
                        100 * kept / all));
        Readout[] compressed = IntStream.range(0, size)
                .parallel()
                .mapToObj(i -> compressed(raw.readout(i), real, imaginary))
                .toArray(Readout[]::new);
        RawData result = new RawData(raw.header(), raw.expected());
        for (Readout readout : compressed) {
            result.append(readout);
        }
        return result;
    }

    /** The sum over all samples of a channel times the conjugate of another, for each pair; order does not depend on threads. */
    private static HermitianMatrix products(RawData raw, int size, int channels) {
        HermitianMatrix sums = new HermitianMatrix(channels);
        IntStream.range(0, channels).parallel().forEach(a -> {
            for (int b = a; b < channels; b++) {
                double sumReal = 0;
                double sumImaginary = 0;
                for (int i = 0; i < size; i++) {
                    Readout readout = raw.readout(i);
                    if (readout.header().has(AcquisitionFlags.NOISE_MEASUREMENT)) {
                        continue;
                    }
                    ReadoutHeader header = readout.header();
                    float[] re = readout.real();
                    float[] im = readout.imaginary();
                    int ofA = a * header.samples();
                    int ofB = b * header.samples();
                    for (int s = header.discardPre(); s < header.samples() - header.discardPost(); s++) {
                        sumReal += (double) re[ofA + s] * re[ofB + s] + (double) im[ofA + s] * im[ofB + s];
                        sumImaginary += (double) im[ofA + s] * re[ofB + s] - (double) re[ofA + s] * im[ofB + s];
                    }
                }
                sums.set(a, b, sumReal, sumImaginary);
            }
        });
        return sums;
    }

    private Readout compressed(Readout readout, double[][] real, double[][] imaginary) {
        int samples = readout.header().samples();
        float[] fromReal = readout.real();
        float[] fromImaginary = readout.imaginary();
        float[] toReal = new float[channels * samples];
        float[] toImaginary = new float[channels * samples];
        for (int to = 0; to < channels; to++) {
            for (int from = 0; from < real[to].length; from++) {
                float re = (float) real[to][from];
                float im = (float) -imaginary[to][from];
                int toOffset = to * samples;
                int fromOffset = from * samples;
                for (int s = 0; s < samples; s++) {
                    float a = fromReal[fromOffset + s];
                    float b = fromImaginary[fromOffset + s];
                    toReal[toOffset + s] += re * a - im * b;
                    toImaginary[toOffset + s] += re * b + im * a;
                }
            }
        }
        return new Readout(
                readout.header().withChannels(channels),
                toReal,
                toImaginary,
                readout.trajectoryDimensions(),
                readout.trajectoryPerMeter());
    }
}
