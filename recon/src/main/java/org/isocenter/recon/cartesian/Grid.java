package org.isocenter.recon.cartesian;

import org.isocenter.model.Encoding;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.stack.Stack;

/** The three axes of a stack on their way from k-space to pixels. */
record Grid(GridAxis x, GridAxis y, GridAxis z) {
    /** More pixels than this in a volume are a header gone wrong: 2 GiB of them. */
    private static final double MOST_PIXELS = 1L << 29;

    /** Null, with a note, for what does not fit into memory. */
    static Grid of(Stack stack, MrdNotes notes) {
        Encoding e = stack.encoding();
        GridAxis x = GridAxis.of(
                "x",
                e.encodedX(),
                e.encodedFovMeters().x(),
                e.reconX(),
                e.reconFovMeters().x(),
                notes);
        GridAxis y = GridAxis.of(
                "y",
                e.encodedY(),
                e.encodedFovMeters().y(),
                e.reconY(),
                e.reconFovMeters().y(),
                notes);
        GridAxis z = GridAxis.of(
                "z",
                e.encodedZ(),
                e.encodedFovMeters().z(),
                e.reconZ(),
                e.reconFovMeters().z(),
                notes);
        double points = (double) x.gridSize() * y.gridSize() * z.gridSize();
        double pixels =
                (double) x.pixels() * y.pixels() * z.pixels() * stack.slabs().size();
        if (points > MOST_PIXELS || pixels > MOST_PIXELS) {
            notes.add("a matrix of " + x.gridSize() + "×" + y.gridSize() + "×" + z.gridSize()
                    + " does not fit into memory: left out");
            return null;
        }
        return new Grid(x, y, z);
    }

    int slabPixels() {
        return x.pixels() * y.pixels() * z.pixels();
    }
}
