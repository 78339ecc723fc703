package org.isocenter.recon.cartesian;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.Sampling;
import org.isocenter.recon.chain.SlabData;

/** The lines of one slab in their places on the grid of k-space. Any thread. */
final class SlabLines {
    private final Encoding encoding;
    private final EncodingGeometry geometry;
    private final Grid grid;
    private final InPlaneShift shift;
    /** The lines of each row of k-space: row {@code z * y.gridSize() + y}. */
    private final List<List<Line>> rows = new ArrayList<>();

    /** @param lines all with the same number of channels; those outside of the grid are not wanted */
    SlabLines(Encoding encoding, EncodingGeometry geometry, Grid grid, InPlaneShift shift, List<Line> lines) {
        this.encoding = encoding;
        this.geometry = geometry;
        this.grid = grid;
        this.shift = shift;
        int sizeY = grid.y().gridSize();
        for (int row = 0; row < sizeY * grid.z().gridSize(); row++) {
            rows.add(List.of());
        }
        for (Line line : lines) {
            int atY = grid.y().index(line.step1());
            int atZ = grid.z().index(line.step2());
            if (grid.y().holds(atY) && grid.z().holds(atZ)) {
                int row = atZ * sizeY + atY;
                if (rows.get(row).isEmpty()) {
                    rows.set(row, new ArrayList<>(1));
                }
                rows.get(row).add(line);
            }
        }
    }

    SlabData data(int firstChannel, int channels) {
        ChannelGrid values = new ChannelGrid(
                channels, grid.x().gridSize(), grid.y().gridSize(), grid.z().gridSize());
        for (int channel = 0; channel < channels; channel++) {
            fill(values.real(channel), values.imaginary(channel), firstChannel + channel);
        }
        return new SlabData(values, SlabData.Domain.KSPACE, sampling(), null, encoding, geometry, firstChannel);
    }

    private void fill(float[] real, float[] imaginary, int channel) {
        int width = grid.x().gridSize();
        int sizeY = grid.y().gridSize();
        IntStream.range(0, grid.z().gridSize()).parallel().forEach(plane -> {
            for (int row = plane * sizeY; row < (plane + 1) * sizeY; row++) {
                if (!rows.get(row).isEmpty()) {
                    average(rows.get(row), channel, real, imaginary, row * width);
                    shift.apply(
                            real,
                            imaginary,
                            row * width,
                            width,
                            row - plane * sizeY - grid.y().index(0));
                }
            }
        });
    }

    /** The mean of the lines, so that a row measured less often than the others is as bright as they. */
    private void average(List<Line> lines, int channel, float[] real, float[] imaginary, int offset) {
        GridAxis x = grid.x();
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
                    real[offset + at] += weight * readout.real()[channelOffset + s];
                    imaginary[offset + at] += weight * readout.imaginary()[channelOffset + s];
                }
            }
        }
    }

    private Sampling sampling() {
        int width = grid.x().gridSize();
        boolean[] measured = new boolean[rows.size()];
        int from = 0;
        int to = width;
        for (int row = 0; row < measured.length; row++) {
            int rowFrom = width;
            int rowTo = 0;
            for (Line line : rows.get(row)) {
                measured[row] = true;
                ReadoutHeader header = line.readout().header();
                int direction = header.has(AcquisitionFlags.REVERSE) ? -1 : 1;
                int first = grid.x().index(direction * (header.discardPre() - line.centerSample()));
                int last =
                        grid.x().index(direction * (header.samples() - header.discardPost() - 1 - line.centerSample()));
                rowFrom = Math.min(rowFrom, Math.max(0, Math.min(first, last)));
                rowTo = Math.max(rowTo, Math.min(width, Math.max(first, last) + 1));
            }
            if (measured[row]) {
                from = Math.max(from, rowFrom);
                to = Math.min(to, rowTo);
            }
        }
        return new Sampling(measured, from, Math.max(from, to));
    }
}
