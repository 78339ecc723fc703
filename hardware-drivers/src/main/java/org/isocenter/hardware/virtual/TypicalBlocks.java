package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A few blocks, and some of their spins, that stand for all: how far blocks reach, for planning. Immutable. */
final class TypicalBlocks {
    private static final int COORDINATES = 4 + GradientField.QUADRATIC;
    private static final int BLOCKS = 8;
    private static final int SPINS = 128;

    /** {@code [block][coordinate][spin]}, from the block's middle. */
    private final List<double[][]> samples = new ArrayList<>();

    private final double[] extent = new double[COORDINATES];

    TypicalBlocks(Spins spins) {
        List<SpinBlock> blocks = spins.groups().stream()
                .flatMap(group -> group.blocks().stream())
                .toList();
        for (SpinBlock block : blocks) {
            for (int a = 0; a < COORDINATES; a++) {
                double[] range = block.range(a);
                extent[a] += 0.5 * (range[1] - range[0]) / blocks.size();
            }
        }
        for (int chosen = 0; chosen < Math.min(BLOCKS, blocks.size()); chosen++) {
            // From the middle of each of so many equal parts.
            samples.add(sample(blocks.get((int) ((chosen + 0.5) * blocks.size() / Math.min(BLOCKS, blocks.size())))));
        }
    }

    private static double[][] sample(SpinBlock block) {
        int count = Math.min(SPINS, block.spins);
        double[][] sample = new double[COORDINATES][];
        double[] whole = new double[block.spins];
        for (int a = 0; a < COORDINATES; a++) {
            Arrays.fill(whole, 0);
            block.addCoordinate(a, 1, block.centre(COORDINATES)[a], whole);
            sample[a] = new double[count];
            for (int i = 0; i < count; i++) {
                sample[a][i] = whole[(int) ((long) i * block.spins / count)];
            }
        }
        return sample;
    }

    /** Half the extent of a block in each of the first so many coordinates, on average. */
    double[] extent(int coordinates) {
        return Arrays.copyOf(extent, coordinates);
    }

    int count() {
        return samples.size();
    }

    /** Half the range of one of the blocks along a direction. */
    double halfRange(int block, double[] direction) {
        double[][] sample = samples.get(block);
        double[] place = new double[sample[0].length];
        for (int a = 0; a < direction.length; a++) {
            for (int i = 0; direction[a] != 0 && i < place.length; i++) {
                place[i] += direction[a] * sample[a][i];
            }
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double p : place) {
            low = Math.min(low, p);
            high = Math.max(high, p);
        }
        return 0.5 * (high - low);
    }
}
