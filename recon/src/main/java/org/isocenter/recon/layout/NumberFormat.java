package org.isocenter.recon.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a file stores numbers.
 *
 * @param partBytes of a real number, or of either part of a complex one
 * @param pairs whether real and imaginary parts follow one another; else there are real parts only
 */
record NumberFormat(Part part, int partBytes, boolean pairs, ByteOrder order) {
    /** BART's. */
    static final NumberFormat COMPLEX_FLOAT = complexFloat(ByteOrder.LITTLE_ENDIAN);

    /** One real number at a place of a buffer. */
    interface Part {
        float at(ByteBuffer bytes, int at);
    }

    private static NumberFormat complexFloat(ByteOrder order) {
        return new NumberFormat(ByteBuffer::getFloat, Float.BYTES, true, order);
    }

    /** Of NumPy's letters, as "c8" or "i2"; null for what is no number. */
    static NumberFormat ofNumpy(String kind, boolean bigEndian) {
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return switch (kind) {
            case "c8" -> complexFloat(order);
            case "c16" -> new NumberFormat((in, at) -> (float) in.getDouble(at), Double.BYTES, true, order);
            case "f4" -> new NumberFormat(ByteBuffer::getFloat, Float.BYTES, false, order);
            case "f8" -> new NumberFormat((in, at) -> (float) in.getDouble(at), Double.BYTES, false, order);
            case "i1" -> new NumberFormat(ByteBuffer::get, 1, false, order);
            case "u1", "b1" -> new NumberFormat((in, at) -> in.get(at) & 0xff, 1, false, order);
            case "i2" -> new NumberFormat(ByteBuffer::getShort, Short.BYTES, false, order);
            case "u2" -> new NumberFormat((in, at) -> in.getShort(at) & 0xffff, Short.BYTES, false, order);
            case "i4" -> new NumberFormat(ByteBuffer::getInt, Integer.BYTES, false, order);
            case "u4" -> new NumberFormat((in, at) -> in.getInt(at) & 0xffffffffL, Integer.BYTES, false, order);
            case "i8" -> new NumberFormat(ByteBuffer::getLong, Long.BYTES, false, order);
            default -> null;
        };
    }

    /** Bytes of a number. */
    int bytes() {
        return pairs ? 2 * partBytes : partBytes;
    }

    /** Whether numbers lie in the file as {@link java.nio.FloatBuffer} has them, real and imaginary parts in turn. */
    boolean isComplexFloat() {
        return pairs && partBytes == Float.BYTES;
    }
}
