package org.isocenter.recon.iterative;

import java.util.Arrays;
import org.isocenter.recon.array.ChannelGrid;

/**
 * The noise of k-space, from its outer parts: noise is the same everywhere, whereas the energy of an object's edges falls with the
 * third power of the distance from the centre. So two bands tell both, and data without noise are known as such, however sharp the
 * object is. Of each band the smaller values count, which have the least signal. Not shared between threads.
 */
public final class NoiseFloor {
    /** Distances, as shares of the largest one. */
    private static final double INNER_FROM = 0.5;

    private static final double INNER_TO = 0.65;
    private static final double OUTER_FROM = 0.8;
    /** Energy of the object in the outer band over that in the inner one. */
    private static final double FALL = Math.pow((INNER_FROM + INNER_TO) / (OUTER_FROM + 1), 3);

    private static final double QUANTILE = 0.25;
    /** Values that are looked at; more tell no more. */
    private static final int MOST_VALUES = 20_000;
    /** Fewer tell nothing. */
    private static final int LEAST_VALUES = 64;

    private final Band inner = new Band();
    private final Band outer = new Band();

    private static final class Band {
        private float[] squares = new float[1024];
        private int count;
        private long offered;
        private int stride = 1;

        void add(double square) {
            if (offered++ % stride != 0) {
                return;
            }
            if (count == squares.length && count >= MOST_VALUES) {
                // Half of them, evenly, and from now on as many.
                for (int i = 0; i < count / 2; i++) {
                    squares[i] = squares[2 * i];
                }
                count /= 2;
                stride *= 2;
            } else if (count == squares.length) {
                squares = Arrays.copyOf(squares, 2 * count);
            }
            squares[count++] = (float) square;
        }

        /** The mean, if the squares are those of complex noise, which are distributed exponentially. */
        double mean() {
            Arrays.sort(squares, 0, count);
            return squares[(int) (QUANTILE * count)] / -Math.log(1 - QUANTILE);
        }
    }

    /** @param distance from k = 0, as a share of the largest one */
    public void add(double distance, double square) {
        if (square == 0) {
            return;
        }
        if (distance >= OUTER_FROM) {
            outer.add(square);
        } else if (distance >= INNER_FROM && distance < INNER_TO) {
            inner.add(square);
        }
    }

    /** Mean square magnitude of the noise of a sample; 0 where there are too few samples to tell. */
    public double variance() {
        if (inner.count < LEAST_VALUES || outer.count < LEAST_VALUES) {
            return 0;
        }
        return Math.max(0, (outer.mean() - FALL * inner.mean()) / (1 - FALL));
    }

    /** Of what is not zero of all channels: towards the corners of k-space, or, where these were left out, outwards. */
    static double variance(ChannelGrid kspace) {
        NoiseFloor towardsCorners = new NoiseFloor();
        NoiseFloor outwards = new NoiseFloor();
        double furthest = furthest(kspace);
        for (int i = 0; i < kspace.points(); i++) {
            double corner = distance(kspace, i, true);
            double radius = furthest == 0 ? 0 : distance(kspace, i, false) / furthest;
            if (corner < INNER_FROM && radius < INNER_FROM) {
                continue;
            }
            for (int channel = 0; channel < kspace.channels(); channel++) {
                double re = kspace.real(channel)[i];
                double im = kspace.imaginary(channel)[i];
                towardsCorners.add(corner, re * re + im * im);
                outwards.add(radius, re * re + im * im);
            }
        }
        boolean corners = towardsCorners.outer.count >= LEAST_VALUES;
        return (corners ? towardsCorners : outwards).variance();
    }

    private static double furthest(ChannelGrid kspace) {
        double furthest = 0;
        for (int i = 0; i < kspace.points(); i++) {
            if (kspace.real(0)[i] != 0 || kspace.imaginary(0)[i] != 0) {
                furthest = Math.max(furthest, distance(kspace, i, false));
            }
        }
        return furthest;
    }

    /** Towards a corner, for points that lie in the same band along all axes, and 0 for others; or from the centre. */
    private static double distance(ChannelGrid kspace, int point, boolean corner) {
        double least = 1;
        double most = 0;
        double squares = 0;
        int rest = point;
        for (int axis = 0; axis < 3; axis++) {
            int size = axis == 0 ? kspace.sizeX() : axis == 1 ? kspace.sizeY() : kspace.sizeZ();
            if (size > 1) {
                double along = Math.abs(rest % size - size / 2) / (size / 2.0);
                least = Math.min(least, along);
                most = Math.max(most, along);
                squares += along * along;
            }
            rest /= size;
        }
        if (!corner) {
            return Math.sqrt(squares);
        }
        return least >= OUTER_FROM || most < INNER_TO ? least : 0;
    }
}
