package org.isocenter.recon.stack;

import java.util.List;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Readout;

/**
 * The readouts of one slice (2D) or slab (3D), all with the same number of channels.
 *
 * @param calibration lines that were measured for parallel imaging only, and are no part of the image
 */
public record Slab(int sliceCounter, EncodingGeometry geometry, List<Readout> readouts, List<Readout> calibration) {
    /** Without lines for calibration only. */
    public Slab(int sliceCounter, EncodingGeometry geometry, List<Readout> readouts) {
        this(sliceCounter, geometry, readouts, List.of());
    }
}
