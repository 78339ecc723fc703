package org.isocenter.recon.parallel;

import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;

/**
 * The projection of all patches of k-space onto the subspace that the calibration data span, as a convolution of the channels
 * with one another: {@code h[a][b][Δ]} for distances Δ up to the patch's width along each axis, averaged over the patches that
 * a point is part of (Uecker et al. 2014, eq. 12 to 21). Immutable.
 */
final class PatchProjection {
    private final int channels;
    private final int widthX;
    private final int widthY;
    private final int widthZ;
    /** By pair of channels a ≤ b, then distance: {@code (Δz * spanY + Δy) * spanX + Δx}, each counted from its lowest. */
    private final float[][] kernelReal;

    private final float[][] kernelImaginary;

    PatchProjection(ChannelGrid calibration, Espirit.Settings settings, int mostUnknowns) {
        channels = calibration.channels();
        int width = settings.kernelWidth();
        while (width > 2 && unknowns(calibration, width) > mostUnknowns) {
            width--;
        }
        widthX = along(calibration.sizeX(), width);
        widthY = along(calibration.sizeY(), width);
        widthZ = along(calibration.sizeZ(), width);
        kernelReal = new float[channels * channels][];
        kernelImaginary = new float[channels * channels][];
        HermitianMatrix covariance = covariance(calibration);
        sumByDistance(projection(covariance, settings.threshold()));
    }

    /** There must be several patches along an axis to tell signal from noise. */
    private static int along(int size, int width) {
        return Math.min(width, (size + 1) / 2);
    }

    private static long unknowns(ChannelGrid calibration, int width) {
        return (long) along(calibration.sizeX(), width)
                * along(calibration.sizeY(), width)
                * along(calibration.sizeZ(), width)
                * calibration.channels();
    }

    /** {@code Σ p·p'} over all patches p. */
    private HermitianMatrix covariance(ChannelGrid calibration) {
        int points = widthX * widthY * widthZ;
        HermitianMatrix covariance = new HermitianMatrix(channels * points);
        int positionsX = calibration.sizeX() - widthX + 1;
        int positionsY = calibration.sizeY() - widthY + 1;
        int positionsZ = calibration.sizeZ() - widthZ + 1;
        int positions = positionsX * positionsY * positionsZ;
        double[][] real = new double[positions][channels * points];
        double[][] imaginary = new double[positions][channels * points];
        for (int position = 0; position < positions; position++) {
            int x = position % positionsX;
            int y = position / positionsX % positionsY;
            int z = position / positionsX / positionsY;
            int at = 0;
            for (int channel = 0; channel < channels; channel++) {
                for (int point = 0; point < points; point++) {
                    int from = ((z + point / widthX / widthY) * calibration.sizeY() + y + point / widthX % widthY)
                                    * calibration.sizeX()
                            + x
                            + point % widthX;
                    real[position][at] = calibration.real(channel)[from];
                    imaginary[position][at] = calibration.imaginary(channel)[from];
                    at++;
                }
            }
        }
        IntStream.range(0, covariance.size()).parallel().forEach(row -> {
            double[] toReal = covariance.realRow(row);
            double[] toImaginary = covariance.imaginaryRow(row);
            for (int position = 0; position < positions; position++) {
                addOuterRow(real[position], imaginary[position], row, toReal, toImaginary);
            }
        });
        covariance.mirror();
        return covariance;
    }

    /** Adds row {@code row} of {@code p·p'}, from the diagonal on. */
    private static void addOuterRow(
            double[] pReal, double[] pImaginary, int row, double[] toReal, double[] toImaginary) {
        double rowReal = pReal[row];
        double rowImaginary = pImaginary[row];
        for (int j = row; j < toReal.length; j++) {
            toReal[j] += rowReal * pReal[j] + rowImaginary * pImaginary[j];
        }
        for (int j = row; j < toReal.length; j++) {
            toImaginary[j] += rowImaginary * pReal[j] - rowReal * pImaginary[j];
        }
    }

    /** {@code V·V'} of the eigenvectors that are signal. */
    private static HermitianMatrix projection(HermitianMatrix covariance, double threshold) {
        int size = covariance.size();
        HermitianEigen eigen = new HermitianEigen(covariance);
        int signal = 0;
        while (signal < size && eigen.value(signal) > threshold * eigen.value(0)) {
            signal++;
        }
        double[][] real = new double[signal][size];
        double[][] imaginary = new double[signal][size];
        IntStream.range(0, signal).parallel().forEach(rank -> eigen.vector(rank, real[rank], imaginary[rank]));
        HermitianMatrix projection = new HermitianMatrix(size);
        IntStream.range(0, size).parallel().forEach(row -> {
            for (int rank = 0; rank < real.length; rank++) {
                addOuterRow(real[rank], imaginary[rank], row, projection.realRow(row), projection.imaginaryRow(row));
            }
        });
        projection.mirror();
        return projection;
    }

    private void sumByDistance(HermitianMatrix projection) {
        int points = widthX * widthY * widthZ;
        int spanX = 2 * widthX - 1;
        int spanY = 2 * widthY - 1;
        int spanZ = 2 * widthZ - 1;
        for (int a = 0; a < channels; a++) {
            for (int b = a; b < channels; b++) {
                float[] real = new float[spanX * spanY * spanZ];
                float[] imaginary = new float[spanX * spanY * spanZ];
                for (int p = 0; p < points; p++) {
                    for (int q = 0; q < points; q++) {
                        int x = p % widthX - q % widthX + widthX - 1;
                        int y = p / widthX % widthY - q / widthX % widthY + widthY - 1;
                        int z = p / widthX / widthY - q / widthX / widthY + widthZ - 1;
                        int at = (z * spanY + y) * spanX + x;
                        real[at] += (float) (projection.real(a * points + p, b * points + q) / points);
                        imaginary[at] += (float) (projection.imaginary(a * points + p, b * points + q) / points);
                    }
                }
                kernelReal[a * channels + b] = real;
                kernelImaginary[a * channels + b] = imaginary;
            }
        }
    }

    /**
     * The matrices of a row of pixels: {@code Σ h[Δ]·exp(2πi Δ·r)}, with r in fields of view from the centre.
     *
     * @param row of the grid: {@code z * sizeY + y}
     */
    void matrices(int sizeX, int sizeY, int sizeZ, int row, RowEigenvectors to) {
        int spanX = 2 * widthX - 1;
        int spanY = 2 * widthY - 1;
        int spanZ = 2 * widthZ - 1;
        double turnsY = (double) (row % sizeY - sizeY / 2) / sizeY;
        double turnsZ = (double) (row / sizeY - sizeZ / 2) / sizeZ;
        float[] acrossReal = new float[spanY * spanZ];
        float[] acrossImaginary = new float[spanY * spanZ];
        for (int at = 0; at < acrossReal.length; at++) {
            double phase = 2 * Math.PI * ((at % spanY - widthY + 1) * turnsY + (at / spanY - widthZ + 1) * turnsZ);
            acrossReal[at] = (float) Math.cos(phase);
            acrossImaginary[at] = (float) Math.sin(phase);
        }
        float[][] alongReal = new float[spanX][sizeX];
        float[][] alongImaginary = new float[spanX][sizeX];
        for (int lag = 0; lag < spanX; lag++) {
            for (int x = 0; x < sizeX; x++) {
                double phase = 2 * Math.PI * (lag - widthX + 1) * (x - sizeX / 2) / sizeX;
                alongReal[lag][x] = (float) Math.cos(phase);
                alongImaginary[lag][x] = (float) Math.sin(phase);
            }
        }
        for (int a = 0; a < channels; a++) {
            for (int b = a; b < channels; b++) {
                float[] real = kernelReal[a * channels + b];
                float[] imaginary = kernelImaginary[a * channels + b];
                for (int lag = 0; lag < spanX; lag++) {
                    float sumReal = 0;
                    float sumImaginary = 0;
                    for (int at = 0; at < acrossReal.length; at++) {
                        int from = at * spanX + lag;
                        sumReal += real[from] * acrossReal[at] - imaginary[from] * acrossImaginary[at];
                        sumImaginary += real[from] * acrossImaginary[at] + imaginary[from] * acrossReal[at];
                    }
                    RowArithmetic.addScaled(
                            sumReal,
                            sumImaginary,
                            alongReal[lag],
                            alongImaginary[lag],
                            to.matrixReal(a, b),
                            to.matrixImaginary(a, b),
                            0,
                            sizeX);
                }
            }
        }
    }
}
