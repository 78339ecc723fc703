package org.isocenter.recon.iterative;

import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The sum of the magnitudes of an image's wavelet coefficients (Lustig et al. 2007), all of them, as in BART's {@code pics -l1}. With
 * cycle spinning, each call rotates the image by other random distances first (Coifman and Donoho 1995; Figueiredo and
 * Nowak 2003), which spreads the blocks that a thresholded transform leaves; the same seed gives the same image.
 */
public final class WaveletSparsity implements Regulariser {
    private final OrthogonalWavelet real;
    private final OrthogonalWavelet imaginary;
    private final int[] sizes;
    private final SplittableRandom random;

    private WaveletSparsity(WaveletFilter filter, int sizeX, int sizeY, int sizeZ, SplittableRandom random) {
        real = new OrthogonalWavelet(filter, sizeX, sizeY, sizeZ);
        imaginary = new OrthogonalWavelet(filter, sizeX, sizeY, sizeZ);
        sizes = new int[] {sizeX, sizeY, sizeZ};
        this.random = random;
    }

    /** The same transform at each call: a convex problem with one solution. */
    public static WaveletSparsity still(WaveletFilter filter, int sizeX, int sizeY, int sizeZ) {
        return new WaveletSparsity(filter, sizeX, sizeY, sizeZ, null);
    }

    /** Another rotation at each call. */
    public static WaveletSparsity spinning(WaveletFilter filter, int sizeX, int sizeY, int sizeZ, long seed) {
        return new WaveletSparsity(filter, sizeX, sizeY, sizeZ, new SplittableRandom(seed));
    }

    @Override
    public void proximal(double weight, float[] pixelsReal, float[] pixelsImaginary) {
        int x = shift(0);
        int y = shift(1);
        int z = shift(2);
        both(part -> part(part).forward(part == 0 ? pixelsReal : pixelsImaginary, x, y, z));
        OrthogonalWavelet.shrink(real, imaginary, (float) weight);
        both(part -> part(part).inverse(part == 0 ? pixelsReal : pixelsImaginary, x, y, z));
    }

    /** Further than the coarsest coefficients reach, all is the same again. */
    private int shift(int axis) {
        return random == null ? 0 : random.nextInt(Math.min(sizes[axis], 1 << OrthogonalWavelet.levels(sizes[axis])));
    }

    private OrthogonalWavelet part(int part) {
        return part == 0 ? real : imaginary;
    }

    private static void both(IntConsumer work) {
        IntStream.range(0, 2).parallel().forEach(work);
    }
}
