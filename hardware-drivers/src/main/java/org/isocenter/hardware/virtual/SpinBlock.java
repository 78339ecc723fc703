package org.isocenter.hardware.virtual;

import org.isocenter.hardware.virtual.receive.ReceiveCoil;

/**
 * Some thousand neighbouring spins of one material: places, offsets, magnetisation in units of the equilibrium. Planar, so
 * that every loop over them runs in vector registers. One thread at a time.
 */
final class SpinBlock {
    static final int LARGEST = 1024;

    final int spins;
    final int materialIndex;
    /** Places as the gradients see them. */
    final float[] x;

    final float[] y;
    final float[] z;
    final float[] offsetHertz;
    /** B1+ at each spin over that at the isocentre; null when it is the same everywhere. */
    final float[] b1Factor;
    /** How much each spin is of its material's full density; null when all are. */
    final float[] density;
    /** Of listed spins; null for others. */
    final int[] numbers;

    final float[] mx;
    final float[] my;
    final float[] mz;
    final PendingPrecession pending = new PendingPrecession();
    FlipNodes flipNodes = FlipNodes.ONE;
    /** Counts the changes of places and offsets, so that nobody goes on with what was worked out for the old ones. */
    int moves;

    private double[] centre = {};
    private int movesAtCentre;
    private AffineMaps[] maps;
    private double[] mapsShiftHertz;
    private float[][][] sensitivity;
    /** {x, y, z} where the spins are, which is where linear gradients see them. */
    private float[][] place;

    SpinBlock(int materialIndex, float[] x, float[] y, float[] z, float[] offsetHertz, float[] b1Factor) {
        this(materialIndex, x, y, z, offsetHertz, b1Factor, null, null);
    }

    SpinBlock(
            int materialIndex,
            float[] x,
            float[] y,
            float[] z,
            float[] offsetHertz,
            float[] b1Factor,
            float[] density,
            int[] numbers) {
        this.spins = x.length;
        this.density = density;
        this.numbers = numbers;
        this.materialIndex = materialIndex;
        this.x = x;
        this.y = y;
        this.z = z;
        place = new float[][] {x, y, z};
        this.offsetHertz = offsetHertz;
        this.b1Factor = b1Factor;
        mx = new float[spins];
        my = new float[spins];
        mz = new float[spins];
        java.util.Arrays.fill(mz, 1);
    }

    /** Puts its spins where gradients see them that are not quite linear; coils see them where they are. Once. */
    void seenThrough(GradientWarp warp) {
        place = new float[][] {x.clone(), y.clone(), z.clone()};
        for (int i = 0; i < spins; i++) {
            x[i] = (float) warp.seenX(place[0][i], place[1][i], place[2][i]);
            y[i] = (float) warp.seenY(place[0][i], place[1][i], place[2][i]);
            z[i] = (float) warp.seenZ(place[0][i], place[1][i], place[2][i]);
        }
        moves++;
    }

    /**
     * The middle of its spins in each coordinate of a phase: x, y, z, offset, x², y², z², xy, xz, yz. Not to be changed.
     *
     * @param coordinates how many of them at least
     */
    double[] centre(int coordinates) {
        if (centre.length < coordinates || movesAtCentre != moves) {
            centre = new double[Math.max(4, coordinates)];
            movesAtCentre = moves;
            for (int a = 0; a < centre.length; a++) {
                double[] range = range(a);
                centre[a] = 0.5 * (range[0] + range[1]);
            }
        }
        return centre;
    }

    /** Smallest and largest value of a coordinate. */
    double[] range(int coordinate) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < spins; i++) {
            double value = coordinate(coordinate, i);
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return new double[] {low, high};
    }

    /** Adds the coordinate, from a middle, times a factor. */
    void addCoordinate(int coordinate, double factor, double middle, double[] result) {
        if (coordinate < 4) {
            addLinear(
                    coordinate == 0 ? x : coordinate == 1 ? y : coordinate == 2 ? z : offsetHertz,
                    factor,
                    middle,
                    result);
            return;
        }
        for (int i = 0; i < spins; i++) {
            result[i] += factor * (coordinate(coordinate, i) - middle);
        }
    }

    private void addLinear(float[] values, double factor, double middle, double[] result) {
        for (int i = 0; i < spins; i++) {
            result[i] += factor * (values[i] - middle);
        }
    }

    private double coordinate(int coordinate, int i) {
        return switch (coordinate) {
            case 0 -> x[i];
            case 1 -> y[i];
            case 2 -> z[i];
            case 3 -> offsetHertz[i];
            case 4 -> (double) x[i] * x[i];
            case 5 -> (double) y[i] * y[i];
            case 6 -> (double) z[i] * z[i];
            case 7 -> (double) x[i] * y[i];
            case 8 -> (double) x[i] * z[i];
            default -> (double) y[i] * z[i];
        };
    }

    /** What {@link #rememberMaps} was given last for this pulse, if it was for this shift; else null. */
    AffineMaps rememberedMaps(int pulseNumber, double shiftHertz) {
        return maps != null && mapsShiftHertz[pulseNumber] == shiftHertz ? maps[pulseNumber] : null;
    }

    /** How much room the remembered maps of this pulse take, for whatever shift they are. */
    long bytesOfMaps(int pulseNumber) {
        return maps == null || maps[pulseNumber] == null ? 0 : AffineMaps.bytes(maps[pulseNumber].spins);
    }

    void rememberMaps(int pulseNumber, int pulses, double shiftHertz, AffineMaps map) {
        if (maps == null) {
            maps = new AffineMaps[pulses];
            mapsShiftHertz = new double[pulses];
        }
        maps[pulseNumber] = map;
        mapsShiftHertz[pulseNumber] = shiftHertz;
    }

    private float[][] uniform() {
        float[] ones = new float[spins];
        java.util.Arrays.fill(ones, 1);
        return new float[][] {ones, new float[spins]};
    }

    /** Real and imaginary sensitivity of a channel at each spin, times the spin's density. */
    float[][] sensitivity(ReceiveCoil coil, int channel) {
        if (sensitivity == null) {
            sensitivity = new float[coil.channels()][][];
        }
        if (sensitivity[channel] == null) {
            sensitivity[channel] = sensitivityHere(coil, channel);
        }
        return sensitivity[channel];
    }

    double b1Factor(int spin) {
        return b1Factor == null ? 1 : b1Factor[spin];
    }

    /** {x, y, z} where the spins are, not where gradients see them. */
    float[][] place() {
        return place;
    }

    /** The same, worked out for where the spins are now. */
    float[][] sensitivityHere(ReceiveCoil coil, int channel) {
        float[][] here = coil.uniform() ? uniform() : coil.sensitivity(channel, place[0], place[1], place[2]);
        for (int i = 0; density != null && i < spins; i++) {
            here[0][i] *= density[i];
            here[1][i] *= density[i];
        }
        return here;
    }

    /** Offsets under a constant gradient and its concomitant fields. */
    double[] offsetsUnder(GradientField gradient) {
        double[] offsets = new double[spins];
        for (int i = 0; i < spins; i++) {
            offsets[i] = offsetHertz[i] + gradient.hertzAt(x[i], y[i], z[i]);
        }
        return offsets;
    }
}
