package org.isocenter.hardware.virtual;

import java.util.List;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;

/**
 * The pools of spins at each point of a phantom, and the frequencies that are their own: chemical shift and the spread
 * inside a voxel. Every pool of a mixture has a spin at every point, with the pool's density for its weight.
 */
final class SpinPools {
    private final int[][] pools;
    private final double[] shiftHertz;
    private final double[] halfWidthHertz;

    SpinPools(Phantom phantom, double larmorHertz) {
        pools = phantom.mixtures().stream()
                .map(mixture -> mixture.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        List<Material> materials = phantom.materials();
        shiftHertz = materials.stream()
                .mapToDouble(m -> m.chemicalShiftPpm() * 1e-6 * larmorHertz)
                .toArray();
        halfWidthHertz = materials.stream()
                .mapToDouble(m -> 1 / (2 * Math.PI * m.t2PrimeSeconds()))
                .toArray();
    }

    /** Indices of the materials in a mixture. */
    int[] of(int mixture) {
        return pools[mixture];
    }

    /**
     * By how much a spin's frequency differs from that of water in the same field.
     *
     * @param share where it stands in the spread, from 0 to 1
     */
    double ownHertz(int pool, double share) {
        double width = halfWidthHertz[pool];
        return shiftHertz[pool] + (width == 0 ? 0 : width * VoxelSpread.halfWidths(share));
    }

    /** The largest difference either way that a spin of any pool may have. */
    double largestOwnHertz() {
        double largest = 0;
        for (int pool = 0; pool < shiftHertz.length; pool++) {
            double spread = halfWidthHertz[pool] * VoxelSpread.FARTHEST;
            largest = Math.max(largest, Math.abs(shiftHertz[pool]) + spread);
        }
        return largest;
    }
}
