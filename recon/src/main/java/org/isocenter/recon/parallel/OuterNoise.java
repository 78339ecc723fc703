package org.isocenter.recon.parallel;

import java.util.Arrays;
import org.isocenter.recon.array.ChannelGrid;

/** The noise of k-space, from where hardly any signal is. */
final class OuterNoise {
    /** Share of an axis on either side that counts as its rim. */
    private static final double RIM = 0.1;
    /** The smallest values are the least likely to have signal in them. */
    private static final double QUANTILE = 0.1;
    /** Values that are looked at; more tell no more. */
    private static final int MOST_VALUES = 20_000;

    private OuterNoise() {}

    /**
     * Mean square magnitude of the noise of a sample, by the smaller ones that were measured at the rim of all axes: too large
     * where signal reaches that far everywhere, but then it is small beside it. 0 when nothing was measured there.
     */
    static double variance(ChannelGrid kspace) {
        int rimX = rim(kspace.sizeX());
        int rimY = rim(kspace.sizeY());
        int rimZ = rim(kspace.sizeZ());
        int most = 8 * rimX * rimY * rimZ * kspace.channels();
        int stride = Math.max(1, most / MOST_VALUES);
        float[] squares = new float[most / stride + 1];
        int count = 0;
        int number = 0;
        for (int i = 0; i < kspace.points(); i++) {
            int x = i % kspace.sizeX();
            int y = i / kspace.sizeX() % kspace.sizeY();
            int z = i / kspace.sizeX() / kspace.sizeY();
            if (isRim(x, kspace.sizeX(), rimX) && isRim(y, kspace.sizeY(), rimY) && isRim(z, kspace.sizeZ(), rimZ)) {
                for (int channel = 0; channel < kspace.channels(); channel++) {
                    float real = kspace.real(channel)[i];
                    float imaginary = kspace.imaginary(channel)[i];
                    if ((real != 0 || imaginary != 0) && number++ % stride == 0) {
                        squares[count++] = real * real + imaginary * imaginary;
                    }
                }
            }
        }
        Arrays.sort(squares, 0, count);
        // The square of complex noise is distributed exponentially.
        return count == 0 ? 0 : squares[(int) (QUANTILE * count)] / -Math.log(1 - QUANTILE);
    }

    private static int rim(int size) {
        return (int) Math.ceil(RIM * size);
    }

    private static boolean isRim(int index, int size, int rim) {
        return index < rim || index >= size - rim;
    }
}
