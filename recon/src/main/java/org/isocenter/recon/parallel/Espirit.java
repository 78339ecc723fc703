package org.isocenter.recon.parallel;

import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;

/**
 * Coil sensitivities from the fully sampled middle of k-space (Uecker et al. 2014, MRM 71:990: ESPIRiT), one set of maps. Every
 * small patch of the k-space of all channels lies in a subspace; the operator that projects all patches onto it is, in the image,
 * a small matrix per pixel that leaves the vector of sensitivities as it is: its eigenvector of eigenvalue 1. Where no
 * eigenvalue is near 1 there is no object. The matrices are trigonometric polynomials of few terms in the position, so
 * that they are summed along rows directly, without transforms. Any thread; rows in parallel on the common pool.
 */
public final class Espirit {
    /** More unknowns than this and eigenvectors take longer than the scan: patches are made narrower. */
    private static final int MOST_UNKNOWNS = 640;

    private static final int ITERATIONS = 25;

    /**
     * @param kernelWidth of the patches, in samples, 2 … 12; less along axes with little calibration data, and where channels
     *     or axes are so many that solving takes long
     * @param threshold eigenvalues of the patches' covariance below this part of the largest belong to noise, 0 … 1
     * @param crop pixels whose eigenvalue is below this have no sensitivity, 0 … 1; 0 crops nothing
     */
    public record Settings(int kernelWidth, double threshold, double crop) {
        public static final Settings DEFAULT = new Settings(6, 0.001, 0.8);
    }

    private Espirit() {}

    /**
     * @param calibration k-space without gaps, about 24 samples along each axis; 1 along z in 2D
     * @param sizeX of the maps; the same for y and z
     */
    public static Sensitivities sensitivities(
            ChannelGrid calibration, int sizeX, int sizeY, int sizeZ, Settings settings) {
        ChannelGrid maps = new ChannelGrid(calibration.channels(), sizeX, sizeY, sizeZ);
        maps(calibration, settings, maps, new float[maps.points()]);
        return new Sensitivities(maps);
    }

    /** Fills maps and their eigenvalues. */
    static void maps(ChannelGrid calibration, Settings settings, ChannelGrid maps, float[] eigenvalues) {
        PatchProjection projection = new PatchProjection(calibration, settings, MOST_UNKNOWNS);
        PhaseReference reference = new PhaseReference(calibration);
        IntStream.range(0, maps.sizeY() * maps.sizeZ()).parallel().forEach(row -> {
            int length = maps.sizeX();
            RowEigenvectors vectors = new RowEigenvectors(maps.channels(), length);
            projection.matrices(maps, row, vectors);
            vectors.solve(ITERATIONS);
            reference.apply(vectors, length);
            float[] values = vectors.values();
            System.arraycopy(values, 0, eigenvalues, row * length, length);
            for (int channel = 0; channel < maps.channels(); channel++) {
                float[] real = vectors.real(channel);
                float[] imaginary = vectors.imaginary(channel);
                for (int x = 0; x < length; x++) {
                    boolean known = values[x] >= settings.crop();
                    maps.real(channel)[row * length + x] = known ? real[x] : 0;
                    maps.imaginary(channel)[row * length + x] = known ? imaginary[x] : 0;
                }
            }
        });
    }
}
