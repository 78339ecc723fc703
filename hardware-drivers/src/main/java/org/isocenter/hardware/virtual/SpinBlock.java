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
    final float[] x;
    final float[] y;
    final float[] z;
    final float[] offsetHertz;
    /** B1+ at each spin over that at the isocentre; null when it is the same everywhere. */
    final float[] b1Factor;

    final float[] mx;
    final float[] my;
    final float[] mz;
    final PendingPrecession pending = new PendingPrecession();
    private final GriddedReceiver.Spread[] spreads = new GriddedReceiver.Spread[4];
    private int nextSpread;
    private AffineMaps[] maps;
    private float[][][] sensitivity;

    SpinBlock(int materialIndex, float[] x, float[] y, float[] z, float[] offsetHertz, float[] b1Factor) {
        this.spins = x.length;
        this.materialIndex = materialIndex;
        this.x = x;
        this.y = y;
        this.z = z;
        this.offsetHertz = offsetHertz;
        this.b1Factor = b1Factor;
        mx = new float[spins];
        my = new float[spins];
        mz = new float[spins];
        java.util.Arrays.fill(mz, 1);
    }

    /** Where its spins go on this receiver's grid; the last few receivers are remembered. */
    GriddedReceiver.Spread spread(GriddedReceiver receiver) {
        for (GriddedReceiver.Spread known : spreads) {
            if (known != null && known.receiver == receiver) {
                return known;
            }
        }
        GriddedReceiver.Spread made = receiver.spreadOf(this);
        spreads[nextSpread] = made;
        nextSpread = (nextSpread + 1) % spreads.length;
        return made;
    }

    /** What {@link #rememberMaps} was given for this pulse, or null. */
    AffineMaps rememberedMaps(int pulseNumber) {
        return maps == null ? null : maps[pulseNumber];
    }

    void rememberMaps(int pulseNumber, int pulses, AffineMaps map) {
        if (maps == null) {
            maps = new AffineMaps[pulses];
        }
        maps[pulseNumber] = map;
    }

    /** Real and imaginary sensitivity of a channel at each spin. */
    float[][] sensitivity(ReceiveCoil coil, int channel) {
        if (sensitivity == null) {
            sensitivity = new float[coil.channels()][][];
        }
        if (sensitivity[channel] == null) {
            sensitivity[channel] = coil.sensitivity(channel, x, y, z);
        }
        return sensitivity[channel];
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
