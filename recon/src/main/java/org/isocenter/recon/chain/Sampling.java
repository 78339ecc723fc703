package org.isocenter.recon.chain;

import java.util.Arrays;

/**
 * Which points of a k-space grid are known. Rows run along x.
 *
 * @param rows whether row {@code z * sizeY + y} is
 * @param fromX first point along x that is known in every such row
 * @param toX one past the last
 */
public record Sampling(boolean[] rows, int fromX, int toX) {
    /** Of values that do not lie on a grid of k-space. */
    public static final Sampling NONE = new Sampling(new boolean[0], 0, 0);

    /** Every point. */
    public static Sampling whole(int sizeX, int sizeY, int sizeZ) {
        boolean[] rows = new boolean[Math.multiplyExact(sizeY, sizeZ)];
        Arrays.fill(rows, true);
        return new Sampling(rows, 0, sizeX);
    }

    /** How many rows are known. */
    public int count() {
        int count = 0;
        for (boolean row : rows) {
            count += row ? 1 : 0;
        }
        return count;
    }

    /** Whether all of them are, over their whole length. */
    public boolean isWhole(int sizeX) {
        return rows.length > 0 && count() == rows.length && fromX == 0 && toX == sizeX;
    }
}
