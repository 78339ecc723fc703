package org.isocenter.recon.parallel;

import org.isocenter.recon.ParallelLoop;
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
        return sensitivities(calibration, sizeX, sizeY, sizeZ, settings, ParallelLoop.PLAIN);
    }

    /** The same, row by row. */
    public static Sensitivities sensitivities(
            ChannelGrid calibration, int sizeX, int sizeY, int sizeZ, Settings settings, ParallelLoop loop) {
        ChannelGrid maps = new ChannelGrid(calibration.channels(), sizeX, sizeY, sizeZ);
        maps(calibration, settings, maps, new float[maps.points()], loop);
        return new Sensitivities(maps);
    }

    /** Fills maps and their eigenvalues. */
    static void maps(
            ChannelGrid calibration, Settings settings, ChannelGrid maps, float[] eigenvalues, ParallelLoop loop) {
        Planes planes = new Planes(calibration, maps.sizeX(), maps.sizeY(), maps.sizeZ(), settings);
        loop.run(maps.sizeY() * maps.sizeZ(), row -> planes.row(row, maps, row * maps.sizeX(), eigenvalues));
    }

    /** The maps of a volume plane by plane, for whoever has no room for all of them. Any thread. */
    public static final class Planes {
        private final int sizeX;
        private final int sizeY;
        private final int sizeZ;
        private final int channels;
        private final double crop;
        private final PatchProjection projection;
        private final PhaseReference reference;

        /** As of {@link Espirit#sensitivities}. */
        public Planes(ChannelGrid calibration, int sizeX, int sizeY, int sizeZ, Settings settings) {
            this.sizeX = sizeX;
            this.sizeY = sizeY;
            this.sizeZ = sizeZ;
            this.channels = calibration.channels();
            this.crop = settings.crop();
            this.projection = new PatchProjection(calibration, settings, MOST_UNKNOWNS);
            this.reference = new PhaseReference(calibration);
        }

        /** Maps of x and y at one z. */
        public ChannelGrid plane(int z) {
            ChannelGrid maps = new ChannelGrid(channels, sizeX, sizeY, 1);
            float[] eigenvalues = new float[maps.points()];
            for (int y = 0; y < sizeY; y++) {
                row(z * sizeY + y, maps, y * sizeX, eigenvalues);
            }
            return maps;
        }

        /** @param at where the row goes in {@code maps} and {@code eigenvalues} */
        private void row(int row, ChannelGrid maps, int at, float[] eigenvalues) {
            RowEigenvectors vectors = new RowEigenvectors(channels, sizeX);
            projection.matrices(sizeX, sizeY, sizeZ, row, vectors);
            vectors.solve(ITERATIONS);
            reference.apply(vectors, sizeX);
            float[] values = vectors.values();
            System.arraycopy(values, 0, eigenvalues, at, sizeX);
            for (int channel = 0; channel < channels; channel++) {
                float[] real = vectors.real(channel);
                float[] imaginary = vectors.imaginary(channel);
                for (int x = 0; x < sizeX; x++) {
                    boolean known = values[x] >= crop;
                    maps.real(channel)[at + x] = known ? real[x] : 0;
                    maps.imaginary(channel)[at + x] = known ? imaginary[x] : 0;
                }
            }
        }
    }
}
