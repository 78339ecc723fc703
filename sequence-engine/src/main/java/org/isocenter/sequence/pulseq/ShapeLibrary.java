package org.isocenter.sequence.pulseq;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.sequence.Shape;

/** The shapes of a file being written, each once, numbered from 1 as they come. */
final class ShapeLibrary {
    private final Map<Shape, Integer> ids = new HashMap<>();
    private final List<Shape> shapes = new ArrayList<>();

    /** 0 for null. */
    int id(Shape shape) {
        if (shape == null) {
            return 0;
        }
        Integer id = ids.putIfAbsent(shape, shapes.size() + 1);
        if (id == null) {
            shapes.add(shape);
            return shapes.size();
        }
        return id;
    }

    List<Shape> shapes() {
        return shapes;
    }
}
