package org.isocenter.recon.noncartesian;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.GridFft;
import org.isocenter.recon.iterative.ConjugateGradient;
import org.isocenter.recon.iterative.EncodingOperator;
import org.isocenter.recon.iterative.Limits;
import org.isocenter.recon.iterative.Progress;
import org.jtransforms.fft.FloatFFT_2D;
import org.jtransforms.fft.FloatFFT_3D;

/**
 * Races reconstruction against FFTW (planned with MEASURE), BART and JTransforms on the same data in one run, turn by turn,
 * compares the results, and prints a table of processor time: of all Java threads for ours, of the whole process for BART. Argument:
 * number of rounds (default 5); ours are repeated for a while in each.
 */
public final class ReconRace {
    private static final double OUR_TURN_SECONDS = 0.5;
    private static final int MATRIX = 256;
    private static final int SPOKES = 402;
    private static final int ITERATIONS = 20;
    /** At most four times as long as FFTW. */
    private static final double FFTW_SHARE = 0.25;

    private final RacePeers peers;
    private final int rounds;

    private ReconRace(RacePeers peers, int rounds) {
        this.peers = peers;
        this.rounds = rounds;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("recon-race");
        try {
            new ReconRace(new RacePeers(folder), args.length > 0 ? Integer.parseInt(args[0]) : 5).race();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private interface Turn {
        double seconds() throws IOException, InterruptedException;
    }

    private void race() throws IOException, InterruptedException {
        System.out.println(
                "| what | ours | peer | time of the peer | peer over ours | difference |\n|---|---|---|---|---|---|");
        transforms(MATRIX, MATRIX, 1);
        transforms(128, 128, 128);
        cartesian();
        peers.bart("traj", "-r", "-x", "" + 2 * MATRIX, "-y", "" + SPOKES, "fine");
        peers.bart("scale", "0.5", "fine", "traj");
        radial(1);
        radial(8);
        sense();
    }

    private void transforms(int x, int y, int z) throws IOException, InterruptedException {
        float[] real = new float[x * y * z];
        float[] imaginary = new float[x * y * z];
        float[] interleaved = new float[2 * x * y * z];
        String what = "inverse transform, " + x + "×" + y + (z > 1 ? "×" + z : "");
        int repeats = z > 1 ? 20 : 1000;
        Turn ours = () -> repeated(() -> {
            Arrays.fill(real, 1e-3f);
            Arrays.fill(imaginary, 0);
            long start = processorNanos();
            GridFft.inverse(real, imaginary, x, y, z);
            return (processorNanos() - start) * 1e-9;
        });
        FloatFFT_2D plane = new FloatFFT_2D(y, x);
        FloatFFT_3D volume = z > 1 ? new FloatFFT_3D(z, y, x) : null;
        Turn theirs = () -> repeated(() -> {
            Arrays.fill(interleaved, 1e-3f);
            long start = processorNanos();
            if (volume == null) {
                plane.complexInverse(interleaved, false);
            } else {
                volume.complexInverse(interleaved, false);
            }
            return (processorNanos() - start) * 1e-9;
        });
        turns(
                what,
                ours,
                "FFTW, in its process",
                () -> peers.fftw(x, y, z, repeats),
                z > 1 ? FFTW_SHARE : 0,
                Double.NaN);
        turns(what, ours, "JTransforms", theirs, 1, Double.NaN);
    }

    private void cartesian() throws IOException, InterruptedException {
        peers.bart("phantom", "-k", "-s", "8", "-x", "" + MATRIX, "kspace");
        ChannelGrid kspace = channels(peers.read("kspace"), MATRIX * MATRIX, MATRIX);
        ChannelGrid image = new ChannelGrid(8, MATRIX, MATRIX, 1);
        Turn ours = () -> repeated(() -> {
            for (int channel = 0; channel < 8; channel++) {
                System.arraycopy(kspace.real(channel), 0, image.real(channel), 0, image.points());
                System.arraycopy(kspace.imaginary(channel), 0, image.imaginary(channel), 0, image.points());
            }
            long start = processorNanos();
            GridFft.inverse(image);
            return (processorNanos() - start) * 1e-9;
        });
        peers.bart("fft", "-i", "3", "kspace", "image");
        ours.seconds();
        double difference = difference(image, peers.read("image"));
        turns(
                "Cartesian 256×256, 8 channels",
                ours,
                "bart fft -i 3, process",
                () -> peers.bart("fft", "-i", "3", "kspace", "image"),
                1,
                difference);
    }

    private void radial(int channels) throws IOException, InterruptedException {
        phantom(channels);
        Samples samples = samples(peers.read("traj"));
        ChannelGrid data = channels(peers.read("data"), samples.count(), samples.count());
        ChannelGrid image = new ChannelGrid(channels, MATRIX, MATRIX, 1);
        KernelGrid grid = new KernelGrid(MATRIX, MATRIX);
        Nufft known = new Nufft(samples, grid);
        Nufft.Scratch scratch = known.scratch();
        peers.bart("nufft", "-a", "-P", "-d", "256:256:1", "traj", "data", "image");
        adjoint(scratch, data, image);
        double difference = difference(image, peers.read("image"));
        String what = "radial 512×402, adjoint, " + channels + (channels == 1 ? " channel" : " channels");
        Turn whole = () -> repeated(() -> {
            long start = processorNanos();
            adjoint(new Nufft(samples, grid).scratch(), data, image);
            return (processorNanos() - start) * 1e-9;
        });
        Turn again = () -> repeated(() -> {
            long start = processorNanos();
            adjoint(scratch, data, image);
            return (processorNanos() - start) * 1e-9;
        });
        Turn bart = () -> peers.bart("nufft", "-a", "-P", "-d", "256:256:1", "traj", "data", "image");
        turns(what + ", preparation included", whole, "bart nufft -a, process", bart, 2, difference);
        turns(what + ", of the same trajectory again", again, "bart nufft -a, process", bart, 2, difference);
    }

    private void sense() throws IOException, InterruptedException {
        phantom(8);
        peers.bart("phantom", "-S", "8", "-x", "" + MATRIX, "sens");
        Samples samples = samples(peers.read("traj"));
        ChannelGrid data = channels(peers.read("data"), samples.count(), samples.count());
        ChannelGrid sensitivities = channels(peers.read("sens"), MATRIX * MATRIX, MATRIX);
        KernelGrid grid = new KernelGrid(MATRIX, MATRIX);
        float[] ones = new float[samples.count()];
        Arrays.fill(ones, 1);
        float[][] real = new float[8][];
        float[][] imaginary = new float[8][];
        for (int channel = 0; channel < 8; channel++) {
            real[channel] = data.real(channel);
            imaginary[channel] = data.imaginary(channel);
        }
        ChannelGrid image = new ChannelGrid(1, MATRIX, MATRIX, 1);
        Turn ours = () -> repeated(() -> {
            long start = processorNanos();
            NufftSampling sampling = new NufftSampling(samples, grid, new Nufft(samples, grid), ones);
            EncodingOperator encoding = new EncodingOperator(sampling, sensitivities);
            float[] adjointReal = new float[MATRIX * MATRIX];
            float[] adjointImaginary = new float[MATRIX * MATRIX];
            encoding.adjoint(real, imaginary, adjointReal, adjointImaginary);
            Arrays.fill(image.real(0), 0);
            Arrays.fill(image.imaginary(0), 0);
            new ConjugateGradient(encoding)
                    .solve(
                            0,
                            adjointReal,
                            adjointImaginary,
                            image.real(0),
                            image.imaginary(0),
                            new Limits(ITERATIONS, 0),
                            Progress.NONE);
            return (processorNanos() - start) * 1e-9;
        });
        String[] pics = {"pics", "-S", "-i", "" + ITERATIONS, "-l2", "-r", "0", "-t", "traj", "data", "sens", "image"};
        peers.bart(pics);
        ours.seconds();
        double difference = difference(image, peers.read("image"));
        turns(
                "radial 512×402, 8 channels, CG-SENSE, 20 iterations",
                ours,
                "bart pics, process",
                () -> peers.bart(pics),
                2,
                difference);
    }

    private void phantom(int channels) throws IOException, InterruptedException {
        if (channels == 1) {
            peers.bart("phantom", "-k", "-t", "traj", "data");
        } else {
            peers.bart("phantom", "-k", "-s", "" + channels, "-t", "traj", "data");
        }
    }

    private static void adjoint(Nufft.Scratch scratch, ChannelGrid data, ChannelGrid image) {
        for (int channel = 0; channel < data.channels(); channel++) {
            scratch.adjoint(data.real(channel), data.imaginary(channel), image.real(channel), image.imaginary(channel));
        }
    }

    private static Samples samples(float[] trajectory) {
        int count = trajectory.length / 6;
        float[][] k = new float[2][count];
        boolean[] wanted = new boolean[count];
        for (int i = 0; i < count; i++) {
            k[0][i] = trajectory[6 * i];
            k[1][i] = trajectory[6 * i + 2];
            wanted[i] = true;
        }
        return new Samples(k, wanted, new int[] {0, count});
    }

    private static ChannelGrid channels(float[] interleaved, int points, int row) {
        ChannelGrid grid = new ChannelGrid(interleaved.length / 2 / points, row, points / row, 1);
        for (int i = 0; i < interleaved.length / 2; i++) {
            grid.real(i / points)[i % points] = interleaved[2 * i];
            grid.imaginary(i / points)[i % points] = interleaved[2 * i + 1];
        }
        return grid;
    }

    /** Relative to theirs, after the real factor that fits best. */
    private static double difference(ChannelGrid ours, float[] theirs) {
        double product = 0;
        double square = 0;
        double whole = 0;
        int points = ours.points();
        for (int i = 0; i < theirs.length / 2; i++) {
            double real = ours.real(i / points)[i % points];
            double imaginary = ours.imaginary(i / points)[i % points];
            product += real * theirs[2 * i] + imaginary * theirs[2 * i + 1];
            square += real * real + imaginary * imaginary;
            whole += (double) theirs[2 * i] * theirs[2 * i] + (double) theirs[2 * i + 1] * theirs[2 * i + 1];
        }
        return Math.sqrt(Math.max(0, whole - product * product / square) / whole);
    }

    /**
     * @param target the least that the peer's time over ours should be; 0 for none
     * @param difference between the results; NaN where they are not compared here
     */
    private void turns(String what, Turn ours, String peer, Turn theirs, double target, double difference)
            throws IOException, InterruptedException {
        List<Double> our = new ArrayList<>();
        List<Double> their = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            their.add(theirs.seconds());
            our.add(ours.seconds());
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f ms | %s | %.2f ms | %s%.2f%s | %s |%n",
                what,
                median(our) * 1e3,
                peer,
                median(their) * 1e3,
                target > 0 ? "target ≥ " + target + ", is " : "",
                median(their) / median(our),
                target > 0 ? median(their) >= target * median(our) ? ": met" : ": not met" : "",
                Double.isNaN(difference) ? "" : String.format(Locale.ROOT, "%.1e", difference));
    }

    private static double repeated(Turn once) throws IOException, InterruptedException {
        List<Double> times = new ArrayList<>();
        long end = System.nanoTime() + (long) (OUR_TURN_SECONDS * 1e9);
        while (System.nanoTime() < end || times.size() < 3) {
            times.add(once.seconds());
        }
        return median(times);
    }

    /** Of all Java threads. */
    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(nanos -> nanos > 0)
                .sum();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
