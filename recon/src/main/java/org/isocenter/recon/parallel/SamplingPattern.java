package org.isocenter.recon.parallel;

import org.isocenter.recon.array.ChannelGrid;

/** Which rows of k-space were measured; a row is all of x at one (y, z). Immutable. */
public final class SamplingPattern {
    private final int sizeY;
    private final int sizeZ;
    private final boolean[] measured;

    /**
     * @param measured row {@code z * sizeY + y}
     * @throws IllegalArgumentException if there are not as many rows as the sizes say
     */
    public SamplingPattern(int sizeY, int sizeZ, boolean[] measured) {
        if (measured.length != sizeY * sizeZ) {
            throw new IllegalArgumentException(measured.length + " rows for " + sizeY + "×" + sizeZ);
        }
        this.sizeY = sizeY;
        this.sizeZ = sizeZ;
        this.measured = measured.clone();
    }

    /** The rows with any value other than zero. */
    public static SamplingPattern of(ChannelGrid kspace) {
        boolean[] measured = new boolean[kspace.sizeY() * kspace.sizeZ()];
        for (int row = 0; row < measured.length; row++) {
            for (int channel = 0; channel < kspace.channels() && !measured[row]; channel++) {
                measured[row] = anyNonZero(kspace.real(channel), row * kspace.sizeX(), kspace.sizeX())
                        || anyNonZero(kspace.imaginary(channel), row * kspace.sizeX(), kspace.sizeX());
            }
        }
        return new SamplingPattern(kspace.sizeY(), kspace.sizeZ(), measured);
    }

    private static boolean anyNonZero(float[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (values[i] != 0) {
                return true;
            }
        }
        return false;
    }

    public int sizeY() {
        return sizeY;
    }

    public int sizeZ() {
        return sizeZ;
    }

    /** Rows outside of k-space were not. */
    public boolean isMeasured(int y, int z) {
        return y >= 0 && y < sizeY && z >= 0 && z < sizeZ && measured[z * sizeY + y];
    }

    /** A copy: row {@code z * sizeY + y}. */
    public boolean[] rows() {
        return measured.clone();
    }

    /** How many rows were measured. */
    public int count() {
        int count = 0;
        for (boolean row : measured) {
            count += row ? 1 : 0;
        }
        return count;
    }
}
