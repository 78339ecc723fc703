package org.isocenter.recon.parallel;

import java.util.Optional;

/**
 * Rows measured at equal distances: {@code z = firstZ + j·stepZ} and {@code y = firstY + j·shiftY + i·stepY} with whole i and j.
 * A shift from one plane to the next is that of CAIPIRINHA (Breuer et al. 2006).
 *
 * @param firstY 0 … stepY - 1
 * @param firstZ 0 … stepZ - 1
 * @param shiftY 0 … stepY - 1
 */
public record Lattice(int stepY, int stepZ, int firstY, int firstZ, int shiftY) {
    private static final int MOST_PER_AXIS = 8;
    /** Of the points that a lattice has in the ellipse of what was measured; some readouts get lost. */
    private static final double LEAST_PRESENT = 0.97;
    /** Of the rows that were measured; those of the middle do not count. */
    private static final double MOST_ELSEWHERE = 0.02;
    /** Scans that leave out the corners end somewhere about the ellipse. */
    private static final double INSIDE = 0.93;

    /** How many rows there are for one that was measured. */
    public int factor() {
        return stepY * stepZ;
    }

    public boolean has(int y, int z) {
        return position(y, z) == 0;
    }

    /** Where a row lies between those of the lattice, 0 … factor - 1: 0 for one of its own; the same sees the same about it. */
    int position(int y, int z) {
        int fromFirstZ = z - firstZ;
        int fromFirstY = y - firstY - shiftY * Math.floorDiv(fromFirstZ, stepZ);
        return Math.floorMod(fromFirstZ, stepZ) * stepY + Math.floorMod(fromFirstY, stepY);
    }

    /**
     * The densest lattice that was measured, apart from a fully measured middle; the corners, a side (partial Fourier) and a few
     * rows may be missing. Of factor 1 for a full measurement; empty where rows were left out at random, or hardly any is there.
     */
    public static Optional<Lattice> of(SamplingPattern pattern) {
        Extent extent = Extent.of(pattern);
        if (extent == null) {
            return Optional.empty();
        }
        int mostY = Math.min(MOST_PER_AXIS, (extent.lastY - extent.firstY) / 2 + 1);
        int mostZ = Math.min(MOST_PER_AXIS, (extent.lastZ - extent.firstZ) / 2 + 1);
        for (int factor = 1; factor <= mostY * mostZ; factor++) {
            for (int stepZ = 1; stepZ <= Math.min(factor, mostZ); stepZ++) {
                int stepY = factor / stepZ;
                if (stepY * stepZ == factor && stepY <= mostY) {
                    Lattice lattice = measured(pattern, extent, stepY, stepZ);
                    if (lattice != null) {
                        return Optional.of(lattice);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Lattice measured(SamplingPattern pattern, Extent extent, int stepY, int stepZ) {
        int shifts = pattern.sizeZ() > stepZ ? stepY : 1;
        for (int shift = 0; shift < shifts; shift++) {
            for (int first = 0; first < stepY * stepZ; first++) {
                Lattice lattice = new Lattice(stepY, stepZ, first % stepY, first / stepY, shift);
                if (lattice.wasMeasured(pattern, extent)) {
                    return lattice;
                }
            }
        }
        return null;
    }

    private boolean wasMeasured(SamplingPattern pattern, Extent extent) {
        int wanted = 0;
        int present = 0;
        int elsewhere = 0;
        int rows = 0;
        for (int z = extent.firstZ; z <= extent.lastZ; z++) {
            for (int y = extent.firstY; y <= extent.lastY; y++) {
                boolean measured = pattern.isMeasured(y, z);
                if (measured && !extent.isMiddle(pattern, y, z)) {
                    rows++;
                    elsewhere += has(y, z) ? 0 : 1;
                }
                if (has(y, z) && extent.isInside(y, z)) {
                    wanted++;
                    present += measured ? 1 : 0;
                }
            }
        }
        return wanted > 0 && present >= LEAST_PRESENT * wanted && elsewhere <= MOST_ELSEWHERE * rows;
    }

    /** The rectangle of all rows measured. */
    private record Extent(int firstY, int lastY, int firstZ, int lastZ, int centerY, int centerZ) {
        /** Null when there is no row. */
        static Extent of(SamplingPattern pattern) {
            int firstY = pattern.sizeY();
            int lastY = -1;
            int firstZ = pattern.sizeZ();
            int lastZ = -1;
            for (int z = 0; z < pattern.sizeZ(); z++) {
                for (int y = 0; y < pattern.sizeY(); y++) {
                    if (pattern.isMeasured(y, z)) {
                        firstY = Math.min(firstY, y);
                        lastY = Math.max(lastY, y);
                        firstZ = Math.min(firstZ, z);
                        lastZ = Math.max(lastZ, z);
                    }
                }
            }
            return lastY < 0
                    ? null
                    : new Extent(firstY, lastY, firstZ, lastZ, pattern.sizeY() / 2, pattern.sizeZ() / 2);
        }

        boolean isInside(int y, int z) {
            double radiusY = Math.max(1, Math.max(centerY - firstY, lastY - centerY));
            double radiusZ = Math.max(1, Math.max(centerZ - firstZ, lastZ - centerZ));
            double fromCenterY = (y - centerY) / radiusY;
            double fromCenterZ = (z - centerZ) / radiusZ;
            boolean oneAxis = lastZ == firstZ || lastY == firstY;
            return oneAxis || fromCenterY * fromCenterY + fromCenterZ * fromCenterZ <= INSIDE * INSIDE;
        }

        /** Part of a block without gaps, as calibration lines are. */
        boolean isMiddle(SamplingPattern pattern, int y, int z) {
            boolean alongY = firstY == lastY || pattern.isMeasured(y - 1, z) || pattern.isMeasured(y + 1, z);
            boolean alongZ = firstZ == lastZ || pattern.isMeasured(y, z - 1) || pattern.isMeasured(y, z + 1);
            return alongY && alongZ;
        }
    }
}
