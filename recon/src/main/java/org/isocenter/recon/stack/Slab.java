package org.isocenter.recon.stack;

import java.util.List;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Readout;

/** The readouts of one slice (2D) or slab (3D), all with the same number of channels. */
public record Slab(int sliceCounter, EncodingGeometry geometry, List<Readout> readouts) {}
