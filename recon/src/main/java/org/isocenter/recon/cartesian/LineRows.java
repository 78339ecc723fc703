package org.isocenter.recon.cartesian;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.Sampling;

/** Lines in their places on a grid of k-space. Any thread. */
final class LineRows {
    private final GridAxis x;
    private final GridAxis y;
    private final GridAxis z;
    private final InPlaneShift shift;
    /** The lines of each row of k-space: row {@code z * y.gridSize() + y}. */
    private final List<List<Line>> rows = new ArrayList<>();
    /** Null until it is asked for. */
    private volatile Sampling sampling;

    /** @param lines all with the same number of channels; those outside of the grid are not wanted */
    LineRows(GridAxis x, GridAxis y, GridAxis z, InPlaneShift shift, List<Line> lines) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.shift = shift;
        for (int row = 0; row < y.gridSize() * z.gridSize(); row++) {
            rows.add(List.of());
        }
        for (Line line : lines) {
            int atY = y.index(line.step1());
            int atZ = z.index(line.step2());
            if (y.holds(atY) && z.holds(atZ)) {
                int row = atZ * y.gridSize() + atY;
                if (rows.get(row).isEmpty()) {
                    rows.set(row, new ArrayList<>(1));
                }
                rows.get(row).add(line);
            }
        }
    }

    ChannelGrid values(int firstChannel, int channels) {
        ChannelGrid values = new ChannelGrid(channels, x.gridSize(), y.gridSize(), z.gridSize());
        for (int channel = 0; channel < channels; channel++) {
            fill(values.real(channel), values.imaginary(channel), firstChannel + channel);
        }
        return values;
    }

    private void fill(float[] real, float[] imaginary, int channel) {
        int width = x.gridSize();
        int sizeY = y.gridSize();
        IntStream.range(0, z.gridSize()).parallel().forEach(plane -> {
            LineBuffer buffer = new LineBuffer();
            for (int row = plane * sizeY; row < (plane + 1) * sizeY; row++) {
                if (!rows.get(row).isEmpty()) {
                    average(rows.get(row), channel, real, imaginary, row * width, buffer);
                    shift.apply(real, imaginary, row * width, width, row - plane * sizeY - y.index(0));
                }
            }
        });
    }

    /** The mean of the lines, so that a row measured less often than the others is as bright as they. */
    private void average(
            List<Line> lines, int channel, float[] real, float[] imaginary, int offset, LineBuffer buffer) {
        if (lines.size() == 1 && fits(lines.get(0))) {
            Line line = lines.get(0);
            line.readout().channel(channel, real, imaginary, offset + x.index(-line.centerSample()));
            return;
        }
        float weight = 1f / lines.size();
        for (Line line : lines) {
            ReadoutHeader header = line.readout().header();
            buffer.load(line.readout(), channel);
            // Sample numbers count in the order of time; a reversed line runs through k-space backwards.
            int direction = header.has(AcquisitionFlags.REVERSE) ? -1 : 1;
            int start = x.index(-direction * line.centerSample());
            // Samples that the grid has: of a line that runs forwards those from -start on, before width - start.
            int first = direction > 0 ? -start : start - x.gridSize() + 1;
            int end = direction > 0 ? x.gridSize() - start : start + 1;
            first = Math.max(header.discardPre(), first);
            end = Math.min(header.samples() - header.discardPost(), end);
            add(weight, buffer.real, first, end, direction, real, offset + start);
            add(weight, buffer.imaginary, first, end, direction, imaginary, offset + start);
        }
    }

    /** Whether the grid has all its samples, in their order. */
    private boolean fits(Line line) {
        ReadoutHeader header = line.readout().header();
        int start = x.index(-line.centerSample());
        return !header.has(AcquisitionFlags.REVERSE)
                && header.discardPre() == 0
                && header.discardPost() == 0
                && start >= 0
                && start + header.samples() <= x.gridSize();
    }

    private static void add(float weight, float[] from, int first, int end, int direction, float[] to, int start) {
        for (int s = first; s < end; s++) {
            to[start + direction * s] += weight * from[s];
        }
    }

    /** One channel of one readout. */
    private static final class LineBuffer {
        private float[] real = {};
        private float[] imaginary = {};

        void load(Readout readout, int channel) {
            int samples = readout.header().samples();
            if (real.length < samples) {
                real = new float[samples];
                imaginary = new float[samples];
            }
            readout.channel(channel, real, imaginary, 0);
        }
    }

    Sampling sampling() {
        Sampling known = sampling;
        if (known == null) {
            known = found();
            sampling = known;
        }
        return known;
    }

    private Sampling found() {
        int width = x.gridSize();
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
                int first = x.index(direction * (header.discardPre() - line.centerSample()));
                int last = x.index(direction * (header.samples() - header.discardPost() - 1 - line.centerSample()));
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
