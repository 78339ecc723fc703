package org.isocenter.recon.cartesian;

import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChannelSum;

/** Combines the channels by the root of the sum of their squares (Roemer et al. 1990). The phase is lost. */
public final class RootSumOfSquares implements ChannelSum {
    @Override
    public void add(ChannelGrid values, int channel, ChannelGrid sum) {
        float[] real = values.real(channel);
        float[] imaginary = values.imaginary(channel);
        float[] squares = sum.real(0);
        int row = sum.sizeX();
        for (int from = 0; from < squares.length; from += row) {
            addSquares(real, imaginary, squares, from, from + row);
        }
    }

    /** A row at a time: what is called often is compiled the sooner. */
    private static void addSquares(float[] real, float[] imaginary, float[] squares, int from, int to) {
        for (int i = from; i < to; i++) {
            squares[i] += real[i] * real[i] + imaginary[i] * imaginary[i];
        }
    }

    @Override
    public void finish(ChannelGrid sum) {
        int row = sum.sizeX();
        for (int from = 0; from < sum.points(); from += row) {
            roots(sum.real(0), from, from + row);
        }
    }

    private static void roots(float[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            values[i] = (float) Math.sqrt(values[i]);
        }
    }
}
