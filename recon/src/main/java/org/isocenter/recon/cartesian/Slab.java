package org.isocenter.recon.cartesian;

import java.util.List;
import org.isocenter.model.EncodingGeometry;

/** The lines of one slice (2D) or slab (3D). */
record Slab(int sliceCounter, EncodingGeometry geometry, List<Line> lines) {}
