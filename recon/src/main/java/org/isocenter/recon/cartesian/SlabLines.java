package org.isocenter.recon.cartesian;

import java.util.List;
import java.util.function.ToIntFunction;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.recon.chain.SlabData;

/** The lines of one slab, those of the image and those for calibration only. Any thread. */
final class SlabLines {
    private final Encoding encoding;
    private final EncodingGeometry geometry;
    private final LineRows image;
    /** Null where there are none. */
    private final LineRows calibration;

    SlabLines(
            Encoding encoding,
            EncodingGeometry geometry,
            Grid grid,
            InPlaneShift shift,
            List<Line> lines,
            List<Line> calibration) {
        this.encoding = encoding;
        this.geometry = geometry;
        this.image = new LineRows(grid.x(), grid.y(), grid.z(), shift, lines);
        this.calibration = calibration.isEmpty()
                ? null
                : new LineRows(
                        grid.x(),
                        axisFor(calibration, Line::step1, grid.y()),
                        axisFor(calibration, Line::step2, grid.z()),
                        shift,
                        calibration);
    }

    /** Just large enough for all steps, with k = 0 in its middle, and not larger than the image's. */
    private static GridAxis axisFor(List<Line> lines, ToIntFunction<Line> step, GridAxis image) {
        int before = lines.stream().mapToInt(step).map(s -> -s).max().orElse(0);
        int after = lines.stream().mapToInt(step).max().orElse(0);
        int size = Math.max(Math.max(1, 2 * before), 2 * after + 1);
        return new GridAxis(Math.min(size, image.gridSize()), image.pixels());
    }

    SlabData data(int firstChannel, int channels) {
        return new SlabData(
                image.values(firstChannel, channels),
                SlabData.Domain.KSPACE,
                image.sampling(),
                calibration == null
                        ? null
                        : new SlabData.Calibration(calibration.values(firstChannel, channels), calibration.sampling()),
                encoding,
                geometry,
                firstChannel);
    }
}
