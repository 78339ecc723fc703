package org.isocenter.recon.parallel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.CentredFft;

/**
 * Makes the rows between those of a lattice from their neighbours in all channels, with weights that the calibration data teach
 * (Griswold et al. 2002, MRM 47:1202: GRAPPA; along two axes as in Blaimer et al. 2006). The neighbours are the nearest
 * measured rows of the lattice; at the rim of k-space, and where a row got lost, weights are solved for those that are there.
 * The weights along x act as factors after a transform along x (as in Brau et al. 2008). What was measured stays as it is. Any
 * thread; rows in parallel on the common pool.
 */
public final class Grappa {
    /** More rows of neighbours than this per axis only add noise. */
    private static final int SECOND_AXIS = 3;

    /**
     * @param widthX neighbours along a readout, odd, 1 … 9
     * @param rows neighbouring rows in 2D, 2 … 8; in 3D three times as many
     * @param regularisation weight of the noise that rows inherit against the misfit to the calibration data, 0 … 100; 1 takes
     *     both for what they are
     */
    public record Settings(int widthX, int rows, double regularisation) {
        public static final Settings DEFAULT = new Settings(7, 4, 0.03);
    }

    private final ChannelGrid calibration;
    private final Settings settings;

    /** @param calibration k-space of the same fields of view without gaps, some 24 lines or more; not copied */
    public Grappa(ChannelGrid calibration, Settings settings) {
        this.calibration = calibration;
        this.settings = settings;
    }

    /** "24×1": of the calibration data, along y and z. */
    String lines() {
        return calibration.sizeY() + "×" + calibration.sizeZ();
    }

    /** Whether there are calibration data enough for at least two neighbouring rows. */
    public boolean suits(Lattice lattice) {
        return calibration.points() > 0 && rows(lattice) > 0;
    }

    /** As many neighbouring rows as were asked for, or fewer where the calibration data do not cover those; 0 for none. */
    private int rows(Lattice lattice) {
        int rows = settings.rows();
        while (rows > 1 && !fits(lattice, rows)) {
            rows--;
        }
        return rows > 1 ? rows : 0;
    }

    private boolean fits(Lattice lattice, int rows) {
        for (int position = 1; position < lattice.factor(); position++) {
            int y = lattice.firstY() + position % lattice.stepY();
            int z = lattice.firstZ() + position / lattice.stepY();
            if (!GrappaSources.fit(calibration, settings, nearest(lattice, y, z, rows))) {
                return false;
            }
        }
        return true;
    }

    private List<GrappaSources.Offset> nearest(Lattice lattice, int y, int z, int rows) {
        boolean twoAxes = calibration.sizeZ() > 1;
        return GrappaSources.nearest(lattice, y, z, twoAxes ? SECOND_AXIS * rows : rows, twoAxes);
    }

    /**
     * Fills the rows that were not measured and are no further than half a step from one of the lattice; other rows stay zero,
     * as those that partial Fourier leaves out.
     *
     * @param kspace zero in the rows that were not measured; changed in place
     * @throws IllegalArgumentException if the calibration data are too few for the step, or of other channels
     */
    public void fill(ChannelGrid kspace, SamplingPattern pattern, Lattice lattice) {
        fill(kspace, pattern, lattice, ParallelLoop.PLAIN);
    }

    /** The same, row by row. */
    void fill(ChannelGrid kspace, SamplingPattern pattern, Lattice lattice, ParallelLoop loop) {
        if (calibration.channels() != kspace.channels()) {
            throw new IllegalArgumentException("calibration data of " + calibration.channels() + " channels for "
                    + kspace.channels() + " channels");
        }
        int rows = rows(lattice);
        if (rows == 0) {
            throw new IllegalArgumentException("calibration data of " + RowArithmetic.describe(calibration)
                    + " are too few for a lattice of " + lattice.stepY() + "×" + lattice.stepZ());
        }
        List<Target> targets = targets(pattern, lattice, rows);
        if (targets.isEmpty()) {
            return;
        }
        double ridge = ridge(kspace, targets.size());
        Map<List<GrappaSources.Offset>, GrappaSources> sources = new HashMap<>();
        Map<Weighting, float[][][]> weights = new HashMap<>();
        for (Target target : targets) {
            sources.computeIfAbsent(target.weighting.offsets, key -> new GrappaSources(calibration, settings, key));
            weights.put(target.weighting, null);
        }
        weights.entrySet().stream().parallel().forEach(entry -> {
            Weighting weighting = entry.getKey();
            entry.setValue(sources.get(weighting.offsets).factors(weighting.present, ridge, kspace.sizeX()));
        });
        ChannelGrid hybrid = alongX(kspace, pattern);
        loop.run(targets.size(), i -> {
            Target target = targets.get(i);
            for (int channel = 0; channel < kspace.channels(); channel++) {
                make(kspace, hybrid, target, weights.get(target.weighting), channel);
            }
        });
    }

    /**
     * The misfit in the middle of k-space, where nearly all signal is, stands for that of all rows to be made; weights of a square
     * sum of 1 bring the noise of as many samples as will be made.
     */
    private double ridge(ChannelGrid kspace, int rowsToMake) {
        return settings.regularisation() * OuterNoise.variance(kspace) * rowsToMake * (double) kspace.sizeX();
    }

    /**
     * How the weights that {@link #fill} would use mix the noise of the channels; of rows with all of their neighbours.
     *
     * @param kspace zero in the rows that were not measured; not changed
     */
    GrappaNoise noise(ChannelGrid kspace, SamplingPattern pattern, Lattice lattice) {
        int rows = rows(lattice);
        double ridge = ridge(kspace, targets(pattern, lattice, rows).size());
        List<GrappaNoise.Weights> weights = new ArrayList<>();
        for (int position = 1; position < lattice.factor(); position++) {
            int y = lattice.firstY() + position % lattice.stepY();
            int z = lattice.firstZ() + position / lattice.stepY();
            List<GrappaSources.Offset> offsets = nearest(lattice, y, z, rows);
            List<Integer> all = IntStream.range(0, offsets.size()).boxed().toList();
            weights.add(new GrappaNoise.Weights(
                    offsets, new GrappaSources(calibration, settings, offsets).factors(all, ridge, kspace.sizeX())));
        }
        return new GrappaNoise(weights);
    }

    /** Rows that are wanted, with their neighbours. */
    private List<Target> targets(SamplingPattern pattern, Lattice lattice, int rows) {
        Map<Integer, List<GrappaSources.Offset>> nearest = new HashMap<>();
        List<Target> targets = new ArrayList<>();
        for (int z = 0; z < pattern.sizeZ(); z++) {
            for (int y = 0; y < pattern.sizeY(); y++) {
                if (!pattern.isMeasured(y, z) && isNear(pattern, lattice, y, z)) {
                    int rowY = y;
                    int rowZ = z;
                    List<GrappaSources.Offset> offsets =
                            nearest.computeIfAbsent(lattice.position(y, z), key -> nearest(lattice, rowY, rowZ, rows));
                    List<Integer> present = new ArrayList<>();
                    for (int i = 0; i < offsets.size(); i++) {
                        if (pattern.isMeasured(
                                y + offsets.get(i).y(), z + offsets.get(i).z())) {
                            present.add(i);
                        }
                    }
                    targets.add(new Target(y, z, new Weighting(offsets, present)));
                }
            }
        }
        return targets;
    }

    private static boolean isNear(SamplingPattern pattern, Lattice lattice, int y, int z) {
        for (int dz = -(lattice.stepZ() / 2); dz <= lattice.stepZ() / 2; dz++) {
            for (int dy = -(lattice.stepY() / 2); dy <= lattice.stepY() / 2; dy++) {
                if (lattice.has(y + dy, z + dz) && pattern.isMeasured(y + dy, z + dz)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Measured rows transformed along x. */
    private static ChannelGrid alongX(ChannelGrid kspace, SamplingPattern pattern) {
        ChannelGrid hybrid = new ChannelGrid(kspace.channels(), kspace.sizeX(), kspace.sizeY(), kspace.sizeZ());
        IntStream.range(0, kspace.channels()).parallel().forEach(channel -> {
            CentredFft fft = new CentredFft(kspace.sizeX());
            for (int row = 0; row < kspace.sizeY() * kspace.sizeZ(); row++) {
                if (pattern.isMeasured(row % kspace.sizeY(), row / kspace.sizeY())) {
                    int at = row * kspace.sizeX();
                    fft.load(kspace.real(channel), kspace.imaginary(channel), at, 1);
                    fft.inverse();
                    fft.store(hybrid.real(channel), hybrid.imaginary(channel), at, 1, 0, kspace.sizeX());
                }
            }
        });
        return hybrid;
    }

    /** @param factors see {@link GrappaSources#factors} */
    private static void make(ChannelGrid kspace, ChannelGrid hybrid, Target target, float[][][] factors, int channel) {
        int length = kspace.sizeX();
        float[] real = new float[length];
        float[] imaginary = new float[length];
        float[] sourceReal = new float[length];
        float[] sourceImaginary = new float[length];
        int number = 0;
        for (int source : target.weighting.present) {
            GrappaSources.Offset offset = target.weighting.offsets.get(source);
            int from = ((target.z + offset.z()) * kspace.sizeY() + target.y + offset.y()) * length;
            for (int sourceChannel = 0; sourceChannel < kspace.channels(); sourceChannel++) {
                System.arraycopy(hybrid.real(sourceChannel), from, sourceReal, 0, length);
                System.arraycopy(hybrid.imaginary(sourceChannel), from, sourceImaginary, 0, length);
                RowArithmetic.addProduct(
                        factors[channel][2 * number],
                        factors[channel][2 * number + 1],
                        sourceReal,
                        sourceImaginary,
                        real,
                        imaginary);
                number++;
            }
        }
        CentredFft fft = new CentredFft(length);
        fft.load(real, imaginary, 0, 1);
        fft.forward();
        int to = (target.z * kspace.sizeY() + target.y) * length;
        fft.store(kspace.real(channel), kspace.imaginary(channel), to, 1, 0, length);
        float scale = 1f / length;
        for (int i = to; i < to + length; i++) {
            kspace.real(channel)[i] *= scale;
            kspace.imaginary(channel)[i] *= scale;
        }
    }

    /** @param present numbers of the offsets that are measured rows */
    private record Weighting(List<GrappaSources.Offset> offsets, List<Integer> present) {}

    private record Target(int y, int z, Weighting weighting) {}
}
