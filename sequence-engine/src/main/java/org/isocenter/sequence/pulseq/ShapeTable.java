package org.isocenter.sequence.pulseq;

import org.isocenter.sequence.Shape;

/** The decompressed shapes of a file, by id. */
final class ShapeTable {
    /**
     * A few bytes of file can ask for any number of samples. Real files ask for up to 650 per byte: seconds of a constant
     * saturation pulse, at one sample per microsecond.
     */
    private static final int SAMPLES_PER_BYTE = 4096;

    /** Four seconds of such a pulse may stand in a handful of lines. */
    private static final int SAMPLES_OF_ANY_FILE = 1 << 22;

    /** Of all shapes together, however long the file; 256 MB. */
    private static final int MAX_SAMPLES = 1 << 25;

    private record Entry(Shape shape, double[] stored) {}

    private final IdTable<Entry> shapes = new IdTable<>();
    private final boolean equalLengthIsRaw;
    private final long maxSamples;
    private long total;

    /** @param equalLengthIsRaw from 1.4 on, a shape stored in as many numbers as it has samples is not compressed */
    ShapeTable(boolean equalLengthIsRaw, int fileBytes) {
        this.equalLengthIsRaw = equalLengthIsRaw;
        maxSamples = Math.min(MAX_SAMPLES, SAMPLES_OF_ANY_FILE + (long) SAMPLES_PER_BYTE * fileBytes);
    }

    /** The most samples that one shape may have. */
    long maxSamples() {
        return maxSamples;
    }

    /** @param stored as in the file; kept */
    void add(Place at, int id, double[] stored, int samples) throws PulseqFormatException {
        if (shapes.get(id) != null) {
            throw at.error("shape " + id + " is defined twice");
        }
        total += samples;
        if (total > maxSamples) {
            throw at.error("the shapes have more than " + maxSamples
                    + " samples together, too many for the file's size: it is damaged, or no sequence");
        }
        boolean equalLength = stored.length == samples;
        double[] result = equalLength && equalLengthIsRaw ? stored : ShapeCodec.decompress(stored, samples);
        if (result == null) {
            // Some programs stored short shapes as they are before the format said so.
            if (!equalLength) {
                throw at.error("shape " + id + " does not unpack to its " + samples
                        + " samples; the file is damaged or cut off");
            }
            result = stored;
        }
        shapes.put(id, new Entry(new Shape(result), equalLength ? stored : null));
    }

    /** The shape with this id; null for 0. */
    Shape get(int id, Place user, String what) throws PulseqFormatException {
        return id == 0 ? null : entry(id, user, what).shape;
    }

    /** The numbers of a table that is kept as a shape: never compressed if there are as many as it has entries. */
    double[] table(int id, Place user, String what) throws PulseqFormatException {
        Entry entry = entry(id, user, what);
        return entry.stored == null ? entry.shape.samples() : entry.stored;
    }

    private Entry entry(int id, Place user, String what) throws PulseqFormatException {
        Entry entry = shapes.get(id);
        if (entry == null) {
            throw user.error(what + " " + id + " is not defined");
        }
        return entry;
    }
}
