package org.isocenter.model;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A scan's readouts, and the waveforms that were recorded along with them. Room for all is made before the scan starts; one thread appends, any thread reads what has been
 * appended so far.
 */
public final class RawData {
    private final ScanHeader header;
    private final AtomicReferenceArray<Readout> readouts;
    private final List<Waveform> waveforms = new CopyOnWriteArrayList<>();
    private volatile int size;

    /** @param expectedReadouts how many the scan will bring at most */
    public RawData(ScanHeader header, int expectedReadouts) {
        this.header = header;
        this.readouts = new AtomicReferenceArray<>(expectedReadouts);
    }

    /** A finished scan. */
    public static RawData of(ScanHeader header, List<Readout> readouts) {
        RawData raw = new RawData(header, readouts.size());
        readouts.forEach(raw::append);
        return raw;
    }

    public ScanHeader header() {
        return header;
    }

    /** The same readouts and waveforms, as far as they are here, under another header. */
    public RawData withHeader(ScanHeader newHeader) {
        RawData copy = new RawData(newHeader, expected());
        int count = size;
        for (int i = 0; i < count; i++) {
            copy.append(readouts.get(i));
        }
        copy.appendWaveforms(waveforms);
        return copy;
    }

    /** How many readouts the scan brings when it is whole. */
    public int expected() {
        return readouts.length();
    }

    /** How many are here now. */
    public int size() {
        return size;
    }

    public boolean isComplete() {
        return size == readouts.length();
    }

    /** Any thread; {@code 0 <= index < size()}. */
    public Readout readout(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("readout " + index + " of " + size);
        }
        return readouts.get(index);
    }

    /** The writer's thread only. */
    public void append(Readout readout) {
        int at = size;
        if (at == readouts.length()) {
            throw new IllegalStateException("more readouts than the " + at + " that the scan was to bring");
        }
        readouts.set(at, readout);
        size = at + 1;
    }

    /** Those that are here now, in the order in which they came. Any thread. */
    public List<Waveform> waveforms() {
        return Collections.unmodifiableList(waveforms);
    }

    /** The writer's thread only. */
    public void appendWaveforms(List<Waveform> more) {
        waveforms.addAll(more);
    }
}
