package org.isocenter.recon.iterative;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ParallelImaging;
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
import org.isocenter.recon.array.ChannelGrid;

/** A disc with a smaller one and bars in it, seen by four coils, line by line, twofold oversampled along the lines. */
final class CoilScan {
    static final int SIZE = 64;
    private static final int CHANNELS = 4;

    private final float[] image = new float[SIZE * SIZE];
    private final ChannelGrid kspace;

    CoilScan() {
        this(0.005);
    }

    /** @param noise of a sample, at most, where the object is as bright as 1 to 2 */
    CoilScan(double noise) {
        int wide = 2 * SIZE;
        ChannelGrid maps = new ChannelGrid(CHANNELS, wide, SIZE, 1);
        float[] wideImage = new float[wide * SIZE];
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < wide; x++) {
                double u = (x - SIZE) / (double) SIZE;
                double v = (y - SIZE / 2) / (double) SIZE;
                boolean inner = Math.hypot(u - 0.15, v) < 0.1 || u < -0.1 && Math.floorMod(y, 6) < 3;
                float value = Math.hypot(u, v) < 0.4 ? inner ? 2 : 1 : 0;
                wideImage[y * wide + x] = value;
                if (x >= SIZE / 2 && x < SIZE / 2 + SIZE) {
                    image[y * SIZE + x - SIZE / 2] = value;
                }
                sense(maps, y * wide + x, u, v);
            }
        }
        boolean[] all = new boolean[wide * SIZE];
        Arrays.fill(all, true);
        float[][] real = new float[CHANNELS][wide * SIZE];
        float[][] imaginary = new float[CHANNELS][wide * SIZE];
        new EncodingOperator(CartesianSampling.of(wide, SIZE, 1, all), maps)
                .forward(wideImage, new float[wide * SIZE], real, imaginary);
        kspace = new ChannelGrid(CHANNELS, wide, SIZE, 1);
        SplittableRandom random = new SplittableRandom(9);
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int i = 0; i < wide * SIZE; i++) {
                kspace.real(channel)[i] = real[channel][i] + (float) random.nextDouble(-noise, noise);
                kspace.imaginary(channel)[i] = imaginary[channel][i] + (float) random.nextDouble(-noise, noise);
            }
        }
    }

    /** Coils at the four sides, the squares of whose sensitivities sum to 1. */
    private static void sense(ChannelGrid maps, int pixel, double u, double v) {
        double square = 0;
        double[] size = new double[CHANNELS];
        for (int channel = 0; channel < CHANNELS; channel++) {
            double angle = channel * Math.PI / 2;
            size[channel] = 1 / (0.2 + Math.pow(u - 0.6 * Math.cos(angle), 2) + Math.pow(v - 0.6 * Math.sin(angle), 2));
            square += size[channel] * size[channel];
        }
        for (int channel = 0; channel < CHANNELS; channel++) {
            double phase = channel + 0.8 * u * Math.cos(channel) + 0.8 * v * Math.sin(channel);
            maps.real(channel)[pixel] = (float) (size[channel] / Math.sqrt(square) * Math.cos(phase));
            maps.imaginary(channel)[pixel] = (float) (size[channel] / Math.sqrt(square) * Math.sin(phase));
        }
    }

    /** The eleven lines in the middle, and a third of the others by chance. */
    static IntPredicate byChance(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] taken = new boolean[SIZE];
        for (int y = 0; y < SIZE; y++) {
            taken[y] = random.nextInt(3) == 0 || Math.abs(y - SIZE / 2) < 6;
        }
        return y -> taken[y];
    }

    RawData raw(IntPredicate lines) {
        return raw(lines, y -> 0, ParallelImaging.NONE);
    }

    /** @param flags of each line */
    RawData raw(IntPredicate lines, IntToLongFunction flags, ParallelImaging parallel) {
        Vec3 fov = new Vec3(0.2, 0.2, 0.005);
        Encoding encoding = new Encoding(
                2 * SIZE,
                SIZE,
                1,
                new Vec3(0.4, 0.2, 0.005),
                SIZE,
                SIZE,
                1,
                fov,
                EncodingLimits.ofCount(SIZE),
                EncodingLimits.NONE,
                1,
                1,
                1,
                1,
                0,
                Encoding.Trajectory.CARTESIAN,
                1,
                parallel);
        Study study = new Study("", "", "", "", "", "", null, Patient.UNKNOWN, PatientPosition.HFS, "", true);
        ScannerInfo scanner = new ScannerInfo("", "", "", "", "", "", 0.05, 2.1e6, CHANNELS, "");
        SequenceParameters sequence = new SequenceParameters(
                "", List.of(), List.of(), "2D", Double.NaN, List.of(), Double.NaN, Double.NaN, 1, 1, 4e-3, 1e-5);
        ScanHeader header = new ScanHeader("test", "", null, study, scanner, sequence, List.of(encoding), Map.of());
        List<Readout> readouts = new ArrayList<>();
        for (int y = 0; y < SIZE; y++) {
            if (lines.test(y)) {
                readouts.add(readout(y, flags.applyAsLong(y)));
            }
        }
        return RawData.of(header, readouts);
    }

    private Readout readout(int y, long flags) {
        int samples = 2 * SIZE;
        float[] real = new float[samples * CHANNELS];
        float[] imaginary = new float[samples * CHANNELS];
        for (int channel = 0; channel < CHANNELS; channel++) {
            System.arraycopy(kspace.real(channel), y * samples, real, channel * samples, samples);
            System.arraycopy(kspace.imaginary(channel), y * samples, imaginary, channel * samples, samples);
        }
        EncodingCounters counters = new EncodingCounters(y, 0, 0, 0, 0, 0, 0, 0, 0);
        ReadoutHeader header = new ReadoutHeader(
                y, flags, counters, samples, CHANNELS, samples / 2, 0, 0, 1e-5, 0, 0, EncodingGeometry.AXIAL);
        return new Readout(header, real, imaginary);
    }

    /** The root of the squared difference to the image over that of the image, which the data give this brightness. */
    double error(float[] pixels) {
        double brightness = Math.sqrt(2.0 * SIZE * SIZE);
        double difference = 0;
        double whole = 0;
        for (int i = 0; i < image.length; i++) {
            difference += Math.pow(pixels[i] / brightness - image[i], 2);
            whole += Math.pow(image[i], 2);
        }
        return Math.sqrt(difference / whole);
    }
}
