package org.isocenter.recon.noncartesian;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;

/**
 * The exact k-space of three Gaussian blobs, along any trajectory. They are broad enough to be known to the image's matrix
 * and small enough to lie within its field of view; each has a peak of its own.
 */
final class BlobScan {
    /** exp(-π r²/w²) has the transform w^d · exp(-π w² k²). */
    private record Blob(double x, double y, double z, double width, double peak) {}

    private final int matrix;
    private final int dimensions;
    private final double fov;
    private final List<Blob> blobs;

    /** @param dimensions 2 or 3 */
    BlobScan(int matrix, int dimensions, double fovMeters) {
        this.matrix = matrix;
        this.dimensions = dimensions;
        this.fov = fovMeters;
        double pixel = fovMeters / matrix;
        blobs = List.of(
                new Blob(5 * pixel, -3 * pixel, 2 * pixel, 4 * pixel, 1),
                new Blob(-matrix / 4.0 * pixel, matrix / 5.0 * pixel, -3 * pixel, 3 * pixel, 0.7),
                new Blob(-2 * pixel, -matrix / 4.0 * pixel, 0, 5 * pixel, 0.4));
    }

    /** The pixel's value in an image measured line by line: one sample in each cell of k-space, summed. */
    double expected(int column, int row, int slice) {
        double pixel = fov / matrix;
        double x = (column - matrix / 2) * pixel;
        double y = (row - matrix / 2) * pixel;
        double z = dimensions == 3 ? (slice - matrix / 2) * pixel : 0;
        double sum = 0;
        for (Blob b : blobs) {
            double square = (x - b.x) * (x - b.x) + (y - b.y) * (y - b.y);
            square += dimensions == 3 ? (z - b.z) * (z - b.z) : 0;
            sum += b.peak * Math.exp(-Math.PI * square / (b.width * b.width));
        }
        return sum * Math.pow(fov, dimensions);
    }

    /** A readout at these positions, in 1/m, dimension fastest; seen by {@code channels} coils of the same sensitivity. */
    Readout readout(int index, float[] trajectory, EncodingGeometry geometry, int slice, int channels) {
        int n = trajectory.length / dimensions;
        float[] real = new float[n * channels];
        float[] imaginary = new float[n * channels];
        for (int s = 0; s < n; s++) {
            double kx = trajectory[s * dimensions];
            double ky = trajectory[s * dimensions + 1];
            double kz = dimensions == 3 ? trajectory[s * dimensions + 2] : 0;
            for (Blob b : blobs) {
                double w2 = b.width * b.width;
                double height = b.peak
                        * Math.pow(b.width, dimensions)
                        * Math.exp(-Math.PI * w2 * (kx * kx + ky * ky + kz * kz));
                double phase = -2 * Math.PI * (kx * b.x + ky * b.y + kz * b.z);
                for (int c = 0; c < channels; c++) {
                    real[c * n + s] += (float) (height * Math.cos(phase));
                    imaginary[c * n + s] += (float) (height * Math.sin(phase));
                }
            }
        }
        ReadoutHeader header = new ReadoutHeader(
                index,
                0,
                new EncodingCounters(index, 0, 0, slice, 0, 0, 0, 0, 0),
                n,
                channels,
                0,
                0,
                0,
                1e-5,
                0,
                0,
                geometry);
        return new Readout(header, real, imaginary, dimensions, trajectory);
    }

    RawData raw(List<float[]> trajectories, Encoding.Trajectory kind, Map<String, String> userParameters) {
        List<Readout> readouts = new ArrayList<>();
        for (float[] trajectory : trajectories) {
            readouts.add(readout(readouts.size(), trajectory, EncodingGeometry.AXIAL, 0, 1));
        }
        return RawData.of(header(kind, readouts.size(), 1, userParameters), readouts);
    }

    ScanHeader header(Encoding.Trajectory kind, int readouts, int slices, Map<String, String> userParameters) {
        int z = dimensions == 3 ? matrix : 1;
        Vec3 extent = new Vec3(fov, fov, dimensions == 3 ? fov : 5e-3);
        Encoding encoding = new Encoding(
                2 * matrix,
                matrix,
                z,
                new Vec3(2 * fov, extent.y(), extent.z()),
                matrix,
                matrix,
                z,
                extent,
                EncodingLimits.ofCount(readouts),
                EncodingLimits.NONE,
                slices,
                1,
                1,
                1,
                slices > 1 ? 8e-3 : 0,
                kind,
                1);
        Study study = new Study("", "", "", "", "", "", null, Patient.UNKNOWN, PatientPosition.HFS, "", true);
        ScannerInfo scanner = new ScannerInfo("", "", "", "", "", "", 0.05, 2.1e6, 1, "");
        SequenceParameters sequence = new SequenceParameters(
                "", List.of(), List.of(), "2D", Double.NaN, List.of(), Double.NaN, Double.NaN, 1, 1, 4e-3, 1e-5);
        return new ScanHeader("test", "", null, study, scanner, sequence, List.of(encoding), userParameters);
    }

    /** Whole spokes, twofold oversampled, at the golden angle. */
    List<float[]> spokes(int count) {
        List<float[]> spokes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double angle = i * Math.PI * (Math.sqrt(5) - 1) / 2;
            spokes.add(line(2 * matrix, -matrix, Math.cos(angle), Math.sin(angle), 0));
        }
        return spokes;
    }

    /** Spokes from the centre outwards, evenly over the circle or the sphere. */
    List<float[]> halfSpokes(int count) {
        List<float[]> spokes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double z = dimensions == 3 ? 1 - (2 * i + 1.0) / count : 0;
            double angle = dimensions == 3 ? i * Math.PI * (3 - Math.sqrt(5)) : 2 * Math.PI * i / count;
            double across = Math.sqrt(1 - z * z);
            spokes.add(line(matrix + 1, 0, across * Math.cos(angle), across * Math.sin(angle), z));
        }
        return spokes;
    }

    private float[] line(int samples, int first, double x, double y, double z) {
        double[] direction = {x, y, z};
        float[] trajectory = new float[samples * dimensions];
        for (int s = 0; s < samples; s++) {
            double k = (first + s) / (2 * fov);
            for (int d = 0; d < dimensions; d++) {
                trajectory[s * dimensions + d] = (float) (k * direction[d]);
            }
        }
        return trajectory;
    }

    /** Archimedean interleaves, a little denser than the field of view needs. */
    List<float[]> spirals(int interleaves, int samples) {
        return spirals(interleaves, samples, 0, 0);
    }

    /** The same, whose gradients come later by so many samples along x and y. */
    List<float[]> spirals(int interleaves, int samples, double lateX, double lateY) {
        double turns = 1.3 * matrix / 2.0 / interleaves;
        List<float[]> spirals = new ArrayList<>();
        for (int i = 0; i < interleaves; i++) {
            float[] trajectory = new float[2 * samples];
            for (int s = 0; s < samples; s++) {
                double[] t = {(s + 0.5 - lateX) / samples, (s + 0.5 - lateY) / samples};
                for (int d = 0; d < 2; d++) {
                    double k = t[d] * matrix / 2.0 / fov;
                    double angle = 2 * Math.PI * (turns * t[d] + (double) i / interleaves);
                    trajectory[2 * s + d] = (float) (k * (d == 0 ? Math.cos(angle) : Math.sin(angle)));
                }
            }
            spirals.add(trajectory);
        }
        return spirals;
    }
}
