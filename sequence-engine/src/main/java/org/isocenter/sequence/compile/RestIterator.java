package org.isocenter.sequence.compile;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;

/**
 * Finds the rests of a sequence, block by block: before each RF pulse that does not refocus, when there was an excitation or a
 * readout since the last rest. So there is none within an echo train, nor between a preparation and what it prepares.
 */
final class RestIterator implements Iterator<Rest> {
    private final Sequence sequence;
    private final TickClock clock;
    private int block;
    private boolean excited;
    private boolean acquired;
    private long busyUntilPs;
    private Rest next;

    RestIterator(Sequence sequence, TickClock clock) {
        this.sequence = sequence;
        this.clock = clock;
        find();
    }

    private void find() {
        next = null;
        while (next == null && block < sequence.blockCount()) {
            long startPs = sequence.startPs(block);
            if (sequence.rfId(block) != 0) {
                RfPulse pulse = sequence.rfPulse(sequence.rfId(block));
                if ((excited || acquired) && pulse.use() != RfUse.REFOCUSING) {
                    next = new Rest(clock.tick(busyUntilPs), clock.tick(startPs + pulse.delayPs()), acquired);
                    excited = false;
                    acquired = false;
                }
                excited |= pulse.use() == RfUse.EXCITATION || pulse.use() == RfUse.UNDEFINED;
                busyUntilPs = Math.max(busyUntilPs, startPs + pulse.endPs(sequence.rasters()));
            }
            if (sequence.adcId(block) != 0) {
                Adc adc = sequence.adc(sequence.adcId(block));
                acquired = true;
                busyUntilPs = Math.max(busyUntilPs, startPs + adc.endPs());
            }
            block++;
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Rest next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        Rest found = next;
        find();
        return found;
    }
}
