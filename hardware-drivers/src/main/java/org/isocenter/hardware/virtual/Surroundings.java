package org.isocenter.hardware.virtual;

import org.isocenter.hardware.virtual.phantom.Motion;

/** What a spin meets at a place: the field and the transmitter's strength there, and where gradients see it. For spins that come to other places. */
record Surroundings(FieldMap field, TransmitField transmit, GradientWarp warp) {

    /** What spins' frequencies differ from the field's where they are now: theirs wherever they go. */
    float[] ownHertz(SpinBlock block) {
        float[] own = new float[block.spins];
        for (int i = 0; i < own.length; i++) {
            own[i] = (float) (block.offsetHertz[i] - field.hertzAt(block.x[i], block.y[i], block.z[i]));
        }
        return own;
    }

    /** Makes a block ready to be placed: gradients that are not linear see its spins elsewhere. Once. */
    void settle(SpinBlock block) {
        if (!warp.isNone()) {
            block.seenThrough(warp);
        }
    }

    /** Room for as many spins as in this block, ready to be placed. */
    SpinBlock emptyLike(SpinBlock block) {
        int n = block.spins;
        float[] b1 = block.b1Factor == null ? null : new float[n];
        SpinBlock empty =
                new SpinBlock(block.materialIndex, new float[n], new float[n], new float[n], new float[n], b1);
        settle(empty);
        return empty;
    }

    /** Sets places, and all that depends on them, to what they are at a time. */
    void place(SpinBlock block, Motion.Trace trace, double seconds, float[] ownHertz) {
        float[] x = block.place()[0];
        float[] y = block.place()[1];
        float[] z = block.place()[2];
        trace.placesAt(seconds, x, y, z);
        for (int i = 0; i < block.spins; i++) {
            block.offsetHertz[i] = (float) field.hertzAt(x[i], y[i], z[i]) + ownHertz[i];
        }
        float[] b1 = block.b1Factor;
        if (b1 != null) {
            for (int i = 0; i < b1.length; i++) {
                b1[i] = (float) transmit.factorAt(x[i], y[i], z[i]);
            }
        }
        if (!warp.isNone()) {
            for (int i = 0; i < block.spins; i++) {
                block.x[i] = (float) warp.seenX(x[i], y[i], z[i]);
                block.y[i] = (float) warp.seenY(x[i], y[i], z[i]);
                block.z[i] = (float) warp.seenZ(x[i], y[i], z[i]);
            }
        }
        block.moves++;
    }
}
