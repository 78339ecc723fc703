package org.isocenter.sequence.compile;

import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Sequence;

/** The receiver: one window for each block that has an ADC event. */
final class AdcSource implements EventSource {
    private final Sequence sequence;
    private final TickClock clock;
    private Adc adc;
    private long tick;
    private int index;

    AdcSource(Sequence sequence, TickClock clock) {
        this.sequence = sequence;
        this.clock = clock;
    }

    @Override
    public void begin(int block) {
        int id = sequence.adcId(block);
        adc = id == 0 ? null : sequence.adc(id);
        if (adc != null) {
            tick = clock.tick(sequence.startPs(block) + adc.delayPs());
        }
    }

    @Override
    public long nextTick() {
        return adc == null ? NONE : tick;
    }

    @Override
    public void emit(ChunkBuffer into) {
        into.addWindow(tick, adc, index++);
        adc = null;
    }
}
