package org.isocenter.recon.mrd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One MRD image: of a slice or a slab, one channel or several. Immutable as long as nobody writes into the pixels.
 *
 * @param meta its attributes
 * @param pixels as stored: little endian, column fastest, then row, slice, channel; complex ones as real, imaginary
 */
public record MrdImage(MrdImageHeader header, MrdMeta meta, ByteBuffer pixels) {
    public MrdImage {
        pixels = pixels.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (pixels.remaining() != header.pixelBytes()) {
            throw new IllegalArgumentException(pixels.remaining() + " bytes of pixels where the header's "
                    + header.pixels() + " need " + header.pixelBytes());
        }
    }

    /** An image of 32-bit floats. */
    public static MrdImage of(MrdImageHeader header, MrdMeta meta, float[] values) {
        ByteBuffer pixels =
                ByteBuffer.allocate(Math.multiplyExact(values.length, 4)).order(ByteOrder.LITTLE_ENDIAN);
        pixels.asFloatBuffer().put(values);
        return new MrdImage(header, meta, pixels);
    }

    /** An image of 32-bit complex values. */
    public static MrdImage of(MrdImageHeader header, MrdMeta meta, float[] real, float[] imaginary) {
        ByteBuffer pixels =
                ByteBuffer.allocate(Math.multiplyExact(real.length, 8)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < real.length; i++) {
            pixels.putFloat(8 * i, real[i]).putFloat(8 * i + 4, imaginary[i]);
        }
        return new MrdImage(header, meta, pixels);
    }

    /** The same with other attributes. */
    public MrdImage withMeta(MrdMeta newMeta) {
        return new MrdImage(header, newMeta, pixels);
    }

    /** The pixels' values, or their real parts, in single precision. */
    public float[] real() {
        float[] values = new float[pixels.remaining() / header.pixelType().bytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (header.pixelType()) {
                case UNSIGNED_SHORT -> pixels.getShort(2 * i) & 0xffff;
                case SHORT -> pixels.getShort(2 * i);
                case UNSIGNED_INT -> pixels.getInt(4 * i) & 0xffffffffL;
                case INT -> pixels.getInt(4 * i);
                case FLOAT -> pixels.getFloat(4 * i);
                case DOUBLE -> (float) pixels.getDouble(8 * i);
                case COMPLEX_FLOAT -> pixels.getFloat(8 * i);
                case COMPLEX_DOUBLE -> (float) pixels.getDouble(16 * i);
            };
        }
        return values;
    }

    /** The imaginary parts in single precision; zeros where pixels are real. */
    public float[] imaginary() {
        float[] values = new float[pixels.remaining() / header.pixelType().bytes()];
        for (int i = 0; header.pixelType().isComplex() && i < values.length; i++) {
            values[i] = header.pixelType() == MrdPixelType.COMPLEX_FLOAT
                    ? pixels.getFloat(8 * i + 4)
                    : (float) pixels.getDouble(16 * i + 8);
        }
        return values;
    }

    /** Absolute values of complex pixels; others as they are. */
    public float[] magnitude() {
        float[] values = real();
        if (header.pixelType().isComplex()) {
            float[] imaginary = imaginary();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.sqrt((double) values[i] * values[i] + (double) imaginary[i] * imaginary[i]);
            }
        }
        return values;
    }
}
