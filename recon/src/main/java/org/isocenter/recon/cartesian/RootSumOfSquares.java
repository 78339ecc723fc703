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
        for (int i = 0; i < squares.length; i++) {
            squares[i] += real[i] * real[i] + imaginary[i] * imaginary[i];
        }
    }

    @Override
    public void finish(ChannelGrid sum) {
        float[] values = sum.real(0);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sqrt(values[i]);
        }
    }
}
