package org.isocenter.sequence.pulseq;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.isocenter.sequence.Shape;

/** The decompressed shapes of a file, by id. */
final class ShapeTable {
    /** Of all shapes together; 128 MB. A few bytes of file can ask for any number of samples. */
    private static final int MAX_SAMPLES = 1 << 24;

    private final Map<Integer, Shape> shapes = new HashMap<>();
    private int total;

    ShapeTable(PulseqText text, int version) throws PulseqFormatException {
        PulseqText.Section section = text.section("SHAPES");
        if (section == null) {
            return;
        }
        Fields fields = new Fields(text, section);
        double[] stored = new double[256];
        boolean more = fields.next();
        while (more) {
            int line = fields.line();
            if (fields.count() < 2 || !fields.word(0).equalsIgnoreCase("shape_id")) {
                throw fields.error("expected 'shape_id N'");
            }
            int id = fields.id(1, "shape_id", 1);
            if (!fields.next() || fields.count() < 2 || !isLength(fields.word(0))) {
                throw fields.error(line, "shape " + id + ": expected 'num_samples N' in the next line");
            }
            int samples = (int) fields.integer(1, "num_samples", 1, MAX_SAMPLES);
            int count = 0;
            while ((more = fields.next()) && !fields.word(0).regionMatches(true, 0, "shape", 0, 5)) {
                if (fields.count() != 1) {
                    throw fields.error("shape " + id + ": expected one number in a line");
                }
                if (count == stored.length) {
                    stored = Arrays.copyOf(stored, count * 2);
                }
                stored[count++] = fields.number(0, "sample");
            }
            if (shapes.containsKey(id)) {
                throw fields.error(line, "shape " + id + " is defined twice");
            }
            shapes.put(id, decode(fields, line, id, Arrays.copyOf(stored, count), samples, version));
        }
    }

    private Shape decode(Fields fields, int line, int id, double[] stored, int samples, int version)
            throws PulseqFormatException {
        total += samples;
        if (total > MAX_SAMPLES) {
            throw fields.error(line, "the shapes have more than " + MAX_SAMPLES + " samples together");
        }
        boolean raw = version >= PulseqReader.VERSION_1_4 && stored.length == samples;
        double[] result = raw ? stored : ShapeCodec.decompress(stored, samples);
        if (result == null) {
            throw fields.error(
                    line,
                    "shape " + id + " does not unpack to its " + samples + " samples; the file is damaged or cut off");
        }
        return new Shape(result);
    }

    private static boolean isLength(String word) {
        return word.equalsIgnoreCase("num_samples") || word.equalsIgnoreCase("num_uncompressed");
    }

    /** The shape with this id; null for 0. */
    Shape get(int id, Fields user, String what) throws PulseqFormatException {
        if (id == 0) {
            return null;
        }
        Shape shape = shapes.get(id);
        if (shape == null) {
            throw user.error(what + " " + id + " is not defined");
        }
        return shape;
    }
}
