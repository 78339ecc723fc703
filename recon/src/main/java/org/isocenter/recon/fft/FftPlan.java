package org.isocenter.recon.fft;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * How a line of {@code length} points is transformed: its prime factors, the place at which each point enters, and the sines and
 * cosines. The transform is the mixed-radix one of Cooley and Tukey, decimated in time, in place (Math Comput 19:297,
 * 1965). Any thread; one for all lines of an axis. It keeps the workspaces of those who have finished for those who come next.
 */
public final class FftPlan {
    /** Lengths with a larger prime factor are left to JTransforms, which has Bluestein's algorithm. */
    static final int LARGEST_FACTOR = 13;

    private final int length;
    private final int[] factors;
    private final int[] place;
    private final float[] cosine;
    private final float[] sine;
    private final Queue<FftLanes> idle = new ConcurrentLinkedQueue<>();

    private FftPlan(int length, int[] factors) {
        this.length = length;
        this.factors = factors;
        this.place = new int[length];
        this.cosine = new float[length];
        this.sine = new float[length];
        for (int i = 0; i < length; i++) {
            place[i] = placeOf(i);
            double angle = 2 * Math.PI * i / length;
            cosine[i] = (float) Math.cos(angle);
            sine[i] = (float) Math.sin(angle);
        }
    }

    /** @param length of at least one point */
    public static FftPlan of(int length) {
        if (length < 1) {
            throw new IllegalArgumentException("a transform of " + length + " points");
        }
        return new FftPlan(length, factors(length));
    }

    /** Whether a transform of so many points takes the fast way: no prime factor is above 13. */
    public static boolean isFast(int length) {
        return factors(length) != null;
    }

    public int length() {
        return length;
    }

    /** For one thread, until it is {@linkplain #giveBack given back}. */
    FftLanes borrow() {
        FftLanes lanes = idle.poll();
        return lanes == null ? new FftLanes(this) : lanes;
    }

    void giveBack(FftLanes lanes) {
        idle.add(lanes);
    }

    /** From the first pass to the last; null when there is a factor that is too large. */
    int[] factors() {
        return factors;
    }

    /** Where point {@code i} must be put, for the result to come out in order. */
    int place(int i) {
        return factors == null ? i : place[i];
    }

    /** Of {@code i} turns over the length. */
    float cosine(int i) {
        return cosine[i];
    }

    float sine(int i) {
        return sine[i];
    }

    private int placeOf(int point) {
        int at = 0;
        int rest = point;
        int size = length;
        for (int pass = factors == null ? 0 : factors.length; pass > 0; pass--) {
            int factor = factors[pass - 1];
            size /= factor;
            at += rest % factor * size;
            rest /= factor;
        }
        return at;
    }

    /** Small ones last, where the passes are long. */
    private static int[] factors(int length) {
        int[] found = new int[Integer.SIZE];
        int count = 0;
        int rest = length;
        for (int factor = LARGEST_FACTOR; factor > 1; factor--) {
            while (rest % factor == 0 && isPrime(factor)) {
                found[count++] = factor;
                rest /= factor;
            }
        }
        return rest == 1 ? Arrays.copyOf(found, count) : null;
    }

    private static boolean isPrime(int number) {
        for (int divisor = 2; divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return true;
    }
}
