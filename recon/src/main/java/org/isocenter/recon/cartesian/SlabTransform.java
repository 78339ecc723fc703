package org.isocenter.recon.cartesian;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.fft.CentredFft;

/**
 * From the lines of one slab to its magnitude pixels: average what was measured more than once, transform along x, y and z,
 * and combine the channels by the root of the sum of their squares (Roemer et al. 1990). Values are planar; x runs
 * fastest, then y, then z. One channel is in memory at a time. Planes run in parallel on the common pool.
 */
final class SlabTransform {
    private final GridAxis x;
    private final GridAxis y;
    private final GridAxis z;
    private final InPlaneShift shift;
    /** The lines of each row of k-space: row {@code z * y.gridSize() + y}. */
    private final List<List<Line>> rows = new ArrayList<>();

    private final int channels;

    /** @param lines all with the same number of channels; those outside of the grid are not wanted */
    SlabTransform(GridAxis x, GridAxis y, GridAxis z, InPlaneShift shift, List<Line> lines) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.shift = shift;
        this.channels = lines.get(0).readout().header().channels();
        for (int row = 0; row < y.gridSize() * z.gridSize(); row++) {
            rows.add(new ArrayList<>(1));
        }
        for (Line line : lines) {
            int atY = y.index(line.step1());
            int atZ = z.index(line.step2());
            if (y.holds(atY) && z.holds(atZ)) {
                rows.get(atZ * y.gridSize() + atY).add(line);
            }
        }
    }

    int channels() {
        return channels;
    }

    /** How many values {@link #channel} needs room for: more than the image has where it has fewer planes than k-space. */
    int workspace() {
        return x.pixels() * y.pixels() * Math.max(z.gridSize(), z.pixels());
    }

    /** Puts the slab's image into {@code pixels} at {@code offset}, where zeros must be. */
    void magnitude(float[] pixels, int offset) {
        float[] real = new float[workspace()];
        float[] imaginary = new float[workspace()];
        int count = x.pixels() * y.pixels() * z.pixels();
        for (int channel = 0; channel < channels; channel++) {
            channel(channel, real, imaginary);
            for (int i = 0; i < count; i++) {
                pixels[offset + i] += real[i] * real[i] + imaginary[i] * imaginary[i];
            }
        }
        for (int i = offset; i < offset + count; i++) {
            pixels[i] = (float) Math.sqrt(pixels[i]);
        }
    }

    /** Puts one channel's complex image at the start of arrays of {@link #workspace} values. */
    void channel(int channel, float[] real, float[] imaginary) {
        int planes = z.gridSize();
        IntStream.range(0, planes).parallel().forEach(plane -> transformPlane(plane, channel, real, imaginary));
        if (planes > 1 || z.pixels() > 1) {
            IntStream.range(0, y.pixels()).parallel().forEach(row -> transformAcrossPlanes(row, real, imaginary));
        }
    }

    /** Along x and y. */
    private void transformPlane(int plane, int channel, float[] real, float[] imaginary) {
        int columns = x.pixels();
        float[] hybridReal = new float[y.gridSize() * columns];
        float[] hybridImaginary = new float[y.gridSize() * columns];
        CentredFft alongX = new CentredFft(x.gridSize());
        for (int row = 0; row < y.gridSize(); row++) {
            List<Line> lines = rows.get(plane * y.gridSize() + row);
            if (!lines.isEmpty()) {
                float[] rowReal = new float[x.gridSize()];
                float[] rowImaginary = new float[x.gridSize()];
                average(lines, channel, rowReal, rowImaginary);
                shift.apply(rowReal, rowImaginary, row - y.index(0));
                alongX.load(rowReal, rowImaginary, 0, 1);
                alongX.inverse();
                alongX.store(hybridReal, hybridImaginary, row * columns, 1, x.firstPixel(), columns);
            }
        }
        CentredFft alongY = new CentredFft(y.gridSize());
        int offset = plane * columns * y.pixels();
        for (int column = 0; column < columns; column++) {
            alongY.load(hybridReal, hybridImaginary, column, columns);
            alongY.inverse();
            alongY.store(real, imaginary, offset + column, columns, y.firstPixel(), y.pixels());
        }
    }

    private void transformAcrossPlanes(int row, float[] real, float[] imaginary) {
        int planePixels = x.pixels() * y.pixels();
        CentredFft alongZ = new CentredFft(z.gridSize());
        for (int at = row * x.pixels(); at < (row + 1) * x.pixels(); at++) {
            alongZ.load(real, imaginary, at, planePixels);
            alongZ.inverse();
            alongZ.store(real, imaginary, at, planePixels, z.firstPixel(), z.pixels());
        }
    }

    /** The mean of the lines, so that a row measured less often than the others is as bright as they. */
    private void average(List<Line> lines, int channel, float[] real, float[] imaginary) {
        float weight = 1f / lines.size();
        for (Line line : lines) {
            Readout readout = line.readout();
            ReadoutHeader header = readout.header();
            // Sample numbers count in the order of time; a reversed line runs through k-space backwards.
            int direction = header.has(AcquisitionFlags.REVERSE) ? -1 : 1;
            int channelOffset = channel * header.samples();
            for (int s = header.discardPre(); s < header.samples() - header.discardPost(); s++) {
                int at = x.index(direction * (s - line.centerSample()));
                if (x.holds(at)) {
                    real[at] += weight * readout.real()[channelOffset + s];
                    imaginary[at] += weight * readout.imaginary()[channelOffset + s];
                }
            }
        }
    }
}
