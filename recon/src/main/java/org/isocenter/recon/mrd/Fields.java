package org.isocenter.recon.mrd;

import java.nio.ByteBuffer;
import org.isocenter.model.Vec3;

/** Numbers and vectors in MRD's packed headers, little endian. */
final class Fields {
    private static final int MAXIMUM_UNSIGNED_SHORT = 0xffff;

    private Fields() {}

    static int unsigned(ByteBuffer in, int at) {
        return in.getShort(at) & MAXIMUM_UNSIGNED_SHORT;
    }

    /** @param what is counted, in the plural */
    static void putUnsigned(ByteBuffer out, int at, int value, String what) {
        if (value < 0 || value > MAXIMUM_UNSIGNED_SHORT) {
            throw new IllegalArgumentException(
                    value + " " + what + ": an MRD header holds 0 to " + MAXIMUM_UNSIGNED_SHORT);
        }
        out.putShort(at, (short) value);
    }

    static Vec3 vector(ByteBuffer in, int at) {
        return new Vec3(decimal(in.getFloat(at)), decimal(in.getFloat(at + 4)), decimal(in.getFloat(at + 8)));
    }

    static void putVector(ByteBuffer out, int at, Vec3 v) {
        out.putFloat(at, (float) v.x());
        out.putFloat(at + 4, (float) v.y());
        out.putFloat(at + 8, (float) v.z());
    }

    /** The number a person would have meant: 19.2, not the 19.200000762939453 that a float of 19.2 is. */
    static double decimal(float value) {
        return value == (int) value ? value : Double.parseDouble(Float.toString(value));
    }
}
