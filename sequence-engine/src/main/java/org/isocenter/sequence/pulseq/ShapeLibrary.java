package org.isocenter.sequence.pulseq;

import java.util.LinkedHashMap;
import java.util.Map;
import org.isocenter.sequence.Shape;

/** The shapes of a file being written, each once. */
final class ShapeLibrary {
    private final Map<Shape, Integer> ids = new LinkedHashMap<>();

    /** 0 for null. */
    int id(Shape shape) {
        if (shape == null) {
            return 0;
        }
        Integer id = ids.putIfAbsent(shape, ids.size() + 1);
        return id == null ? ids.size() : id;
    }

    void write(StringBuilder out) {
        if (ids.isEmpty()) {
            return;
        }
        out.append("\n[SHAPES]\n");
        ids.forEach((shape, id) -> {
            double[] compressed = ShapeCodec.compress(shape.samples());
            double[] stored = compressed == null ? shape.samples() : compressed;
            out.append("\nshape_id ")
                    .append(id)
                    .append("\nnum_samples ")
                    .append(shape.length())
                    .append('\n');
            for (double value : stored) {
                out.append(Numbers.exact(value)).append('\n');
            }
        });
    }
}
