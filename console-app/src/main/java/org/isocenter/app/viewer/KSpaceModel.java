package org.isocenter.app.viewer;

import java.util.Arrays;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;

/**
 * The magnitude of k-space as it fills: phase encoding down, readout across, the brightest over slices, partitions,
 * averages; channels by root sum of squares. FX thread.
 */
public final class KSpaceModel {
    /** Samples taken in per frame at most, so that a frame stays short: a longer backlog is shown a frame later. */
    private static final int SAMPLES_PER_FRAME = 400_000;

    /** Black is this many powers of ten below white. */
    private static final double DECADES = 3;

    private final ReadOnlyIntegerWrapper taken = new ReadOnlyIntegerWrapper();
    private RawData raw;
    private int columns;
    private int rows;
    private double widthPerMeter = 1;
    private double heightPerMeter = 1;
    private float[] magnitude = {};
    private byte[] grey = {};
    private float largest;

    /** Starts afresh with this scan. */
    public void follow(RawData newRaw) {
        raw = newRaw;
        largest = 0;
        Encoding encoding = newRaw.header().encodings().get(0);
        columns = encoding.encodedX();
        rows = Math.max(1, encoding.step1().maximum() + 1);
        widthPerMeter = extent(columns, encoding.encodedFovMeters().x());
        heightPerMeter = extent(rows, encoding.encodedFovMeters().y());
        magnitude = new float[columns * rows];
        grey = new byte[columns * rows];
        taken.set(0);
        advance();
    }

    private static double extent(int count, double fovMeters) {
        return fovMeters > 0 ? count / fovMeters : count;
    }

    public void clear() {
        raw = null;
        columns = 0;
        rows = 0;
        taken.set(0);
    }

    /** Takes in what has come since; called once per frame. */
    public void advance() {
        if (raw == null || taken.get() == raw.size()) {
            return;
        }
        int size = raw.size();
        int next = taken.get();
        int budget = SAMPLES_PER_FRAME;
        while (next < size && budget > 0) {
            Readout readout = raw.readout(next++);
            budget -= readout.samples().count();
            if (!readout.header().has(AcquisitionFlags.NOT_IMAGING)
                    && readout.header().encodingSpace() == 0) {
                add(readout);
            }
        }
        updateGrey();
        taken.set(next);
    }

    private void add(Readout readout) {
        ReadoutHeader header = readout.header();
        int row = header.counters().step1();
        if (row < 0 || row >= rows) {
            return;
        }
        boolean reverse = header.has(AcquisitionFlags.REVERSE);
        int samples = header.samples();
        int shift = columns / 2 - header.centerSample();
        for (int s = header.discardPre(); s < samples - header.discardPost(); s++) {
            int column = reverse ? columns / 2 - (s - header.centerSample()) : s + shift;
            if (column < 0 || column >= columns) {
                continue;
            }
            float power = 0;
            for (int at = s; at < readout.real().length; at += samples) {
                power += readout.real()[at] * readout.real()[at] + readout.imaginary()[at] * readout.imaginary()[at];
            }
            int cell = row * columns + column;
            if (power > magnitude[cell]) {
                magnitude[cell] = power;
                largest = Math.max(largest, power);
            }
        }
    }

    /** {@link #magnitude} holds squares, so half a logarithm. */
    private void updateGrey() {
        Arrays.fill(grey, (byte) 0);
        if (!(largest > 0)) {
            return;
        }
        double white = Math.log10(largest) / 2;
        for (int i = 0; i < magnitude.length; i++) {
            if (magnitude[i] > 0) {
                double shown = 1 + (Math.log10(magnitude[i]) / 2 - white) / DECADES;
                grey[i] = (byte) Math.max(0, Math.min(255, shown * 255));
            }
        }
    }

    /** Readouts taken in so far: changes whenever the picture does. */
    public ReadOnlyIntegerProperty takenProperty() {
        return taken.getReadOnlyProperty();
    }

    /** How many the scan brings; 0 when nothing is shown. */
    public int expected() {
        return raw == null ? 0 : raw.expected();
    }

    public boolean isEmpty() {
        return raw == null;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    /** Width over height of what is shown, in units of spatial frequency. */
    double aspect() {
        return widthPerMeter / heightPerMeter;
    }

    /** 0 black to 255 white. */
    int grey(int column, int row) {
        return grey[row * columns + column] & 0xFF;
    }
}
