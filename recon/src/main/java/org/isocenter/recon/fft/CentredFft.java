package org.isocenter.recon.fft;

import org.jtransforms.fft.FloatFFT_1D;
import org.visnow.jlargearrays.ConcurrencyUtils;

/**
 * The centred Fourier transform of one line of {@code length} complex values, even or odd:
 * {@code image[n] = Σ_k data[k] · exp(+2πi (k-c)(n-c) / length)} with {@code c = length / 2}, rounded down, is the inverse one; the
 * forward one has exp(-2πi …). There is no scale factor: the image of a fully sampled point of height 1 has height
 * {@code length}, as the ISMRMRD tools and FFTW have it, and zero-filling interpolates without changing the height. Both, one
 * after the other, multiply by {@code length}.
 *
 * <p>Load, transform, store. The two shifts of the centre are done while loading and storing, where the planar values are
 * interleaved for JTransforms anyway, and therefore cost nothing. One thread: the plan and the line are its own scratch; make
 * one per task, not per line (a new plan costs several transforms).
 */
public final class CentredFft {
    static {
        // Threads belong to slices and channels, not to the inside of a transform.
        ConcurrencyUtils.setNumberOfThreads(1);
    }

    private final int length;
    private final int center;
    private final FloatFFT_1D plan;
    private final float[] line;

    public CentredFft(int length) {
        this.length = length;
        this.center = length / 2;
        this.plan = new FloatFFT_1D(length);
        this.line = new float[2 * length];
    }

    public int length() {
        return length;
    }

    /** Takes the values at {@code offset}, {@code offset + stride}, …; as many as the transform is long. */
    public void load(float[] real, float[] imaginary, int offset, int stride) {
        int beforeCenter = length - center;
        copyIn(real, imaginary, offset + center * stride, stride, 0, beforeCenter);
        copyIn(real, imaginary, offset, stride, beforeCenter, center);
    }

    /** Transforms what was loaded, from k-space to the image. */
    public void inverse() {
        plan.complexInverse(line, false);
    }

    /** Transforms what was loaded, from the image to k-space. */
    public void forward() {
        plan.complexForward(line);
    }

    /**
     * Puts pixels {@code first} … {@code first + count - 1} of the line at {@code offset}, {@code offset + stride}, …; a
     * pixel outside the line is zero.
     */
    public void store(float[] real, float[] imaginary, int offset, int stride, int first, int count) {
        int at = offset;
        for (int n = first; n < first + count; n++) {
            if (n >= 0 && n < length) {
                int from = 2 * (n >= center ? n - center : n - center + length);
                real[at] = line[from];
                imaginary[at] = line[from + 1];
            } else {
                real[at] = 0;
                imaginary[at] = 0;
            }
            at += stride;
        }
    }

    private void copyIn(float[] real, float[] imaginary, int offset, int stride, int to, int count) {
        int at = offset;
        for (int i = 2 * to; i < 2 * (to + count); i += 2) {
            line[i] = real[at];
            line[i + 1] = imaginary[at];
            at += stride;
        }
    }
}
