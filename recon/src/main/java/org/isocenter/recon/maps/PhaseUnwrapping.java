package org.isocenter.recon.maps;

import java.util.Arrays;

/**
 * Takes jumps by whole turns out of a phase: from voxel to voxel, the surest step first, as in ROMEO (Dymerski et al. 2021). A step
 * is the surer the smaller it is and the brighter both voxels are. Each connected part of the object keeps one number of turns that
 * nothing tells: the one is taken with which its mean is nearest to 0. One thread.
 */
final class PhaseUnwrapping {
    private static final int BINS = 256;
    private static final double TURN = 2 * Math.PI;

    private final double[] phase;
    private final float[] brightness;
    private final boolean[] object;
    private final int[] size;
    private final int[] stride;
    private final boolean[] done;
    private final int[][] bins = new int[BINS][16];
    private final int[] filled = new int[BINS];
    /** None below it holds anything. */
    private int surest = BINS;

    private PhaseUnwrapping(double[] phase, float[] brightness, boolean[] object, int columns, int rows, int slices) {
        this.phase = phase;
        this.brightness = brightness;
        this.object = object;
        size = new int[] {columns, rows, slices};
        stride = new int[] {1, columns, columns * rows};
        done = new boolean[phase.length];
    }

    /**
     * In place.
     *
     * @param phase in radians
     * @param brightness of the voxels, not negative
     * @param object where the phase means something; elsewhere it stays
     */
    static void apply(double[] phase, float[] brightness, boolean[] object, int columns, int rows, int slices) {
        new PhaseUnwrapping(phase, brightness, object, columns, rows, slices).run();
    }

    private void run() {
        int[] part = new int[phase.length];
        for (int seed = 0; seed < phase.length; seed++) {
            if (object[seed] && !done[seed]) {
                int count = grow(seed, part);
                double sum = 0;
                double weight = 0;
                for (int i = 0; i < count; i++) {
                    sum += brightness[part[i]] * phase[part[i]];
                    weight += brightness[part[i]];
                }
                double turns = weight > 0 ? TURN * Math.rint(sum / weight / TURN) : 0;
                for (int i = 0; i < count; i++) {
                    phase[part[i]] -= turns;
                }
            }
        }
    }

    /** From one voxel to all that hang together with it. */
    private int grow(int seed, int[] part) {
        int count = 0;
        part[count++] = seed;
        done[seed] = true;
        offer(seed);
        while (surest < BINS) {
            if (filled[surest] == 0) {
                surest++;
                continue;
            }
            int step = bins[surest][--filled[surest]];
            int from = step / 6;
            int to = neighbour(from, step % 6);
            if (!done[to]) {
                phase[to] += TURN * Math.rint((phase[from] - phase[to]) / TURN);
                done[to] = true;
                part[count++] = to;
                offer(to);
            }
        }
        return count;
    }

    private void offer(int from) {
        for (int direction = 0; direction < 6; direction++) {
            int to = neighbour(from, direction);
            if (to >= 0 && object[to] && !done[to]) {
                double jump = (phase[from] - phase[to]) / TURN;
                double step = 2 * Math.abs(jump - Math.rint(jump));
                double bright = Math.max(brightness[from], brightness[to]);
                double alike = bright > 0 ? Math.min(brightness[from], brightness[to]) / bright : 0;
                put((int) ((BINS - 1) * (1 - (1 - step) * (0.5 + 0.5 * alike))), 6 * from + direction);
            }
        }
    }

    private void put(int bin, int step) {
        if (filled[bin] == bins[bin].length) {
            bins[bin] = Arrays.copyOf(bins[bin], 2 * filled[bin]);
        }
        bins[bin][filled[bin]++] = step;
        surest = Math.min(surest, bin);
    }

    /** -1 beyond the border. */
    private int neighbour(int at, int direction) {
        int axis = direction / 2;
        int index = at / stride[axis] % size[axis];
        if (direction % 2 == 0) {
            return index == 0 ? -1 : at - stride[axis];
        }
        return index == size[axis] - 1 ? -1 : at + stride[axis];
    }
}
