package org.isocenter.sequence.compile;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;

/**
 * Cuts a sequence, block by block, before each RF pulse that does not refocus, when there was an excitation or a readout since the
 * last cut. So there is none within an echo train, nor between a preparation and what it prepares. As long as there was no pulse at
 * all, each readout is a repetition: of noise. What is left after the last cut is not told.
 */
final class RepetitionIterator implements Iterator<RepetitionIterator.Repetition> {
    private final Sequence sequence;
    private int block;
    private boolean excited;
    private boolean acquired;
    private long firstPulsePs;
    private long busyUntilPs;
    private List<Pulse> pulses = new ArrayList<>();
    private Repetition next;

    /** When a pulse begins and ends, from the repetition's first one on. */
    record Pulse(RfUse use, long fromPs, long toPs) {}

    /** What RF does and when, up to the next repetition's first pulse. */
    record Timing(List<Pulse> pulses, long lengthPs) {}

    /**
     * @param acquired whether there is a readout in it
     * @param busyUntilPs end of its last pulse or window
     * @param nextPs beginning of the next repetition: of its first pulse or, before any pulse, its window
     */
    record Repetition(Timing timing, boolean acquired, long busyUntilPs, long nextPs) {}

    RepetitionIterator(Sequence sequence) {
        this.sequence = sequence;
        find();
    }

    private void find() {
        next = null;
        while (next == null && block < sequence.blockCount()) {
            long startPs = sequence.startPs(block);
            if (sequence.rfId(block) != 0) {
                pulse(sequence.rfPulse(sequence.rfId(block)), startPs);
            }
            if (sequence.adcId(block) != 0) {
                window(sequence.adc(sequence.adcId(block)), startPs);
            }
            block++;
        }
    }

    private void window(Adc adc, long startPs) {
        if (acquired && pulses.isEmpty()) {
            long fromPs = startPs + adc.delayPs();
            next = new Repetition(new Timing(pulses, fromPs - busyUntilPs), true, busyUntilPs, fromPs);
        }
        acquired = true;
        busyUntilPs = Math.max(busyUntilPs, startPs + adc.endPs());
    }

    private void pulse(RfPulse pulse, long startPs) {
        long fromPs = startPs + pulse.delayPs();
        if ((excited || acquired) && pulse.use() != RfUse.REFOCUSING) {
            next = new Repetition(new Timing(pulses, fromPs - firstPulsePs), acquired, busyUntilPs, fromPs);
            excited = false;
            acquired = false;
            pulses = new ArrayList<>();
        }
        if (pulses.isEmpty()) {
            firstPulsePs = fromPs;
        }
        excited |= pulse.use() == RfUse.EXCITATION || pulse.use() == RfUse.UNDEFINED;
        long toPs = startPs + pulse.endPs(sequence.rasters());
        pulses.add(new Pulse(pulse.use(), fromPs - firstPulsePs, toPs - firstPulsePs));
        busyUntilPs = Math.max(busyUntilPs, toPs);
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Repetition next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        Repetition found = next;
        find();
        return found;
    }
}
