package org.isocenter.sequence.compile;

import org.isocenter.sequence.Sequence;

/** The receiver: one window for each block that has an ADC event. */
final class AdcSource implements EventSource {
    private final Sequence sequence;
    private long delayPs = NONE;

    AdcSource(Sequence sequence) {
        this.sequence = sequence;
    }

    @Override
    public void begin(int block) {
        int id = sequence.adcId(block);
        delayPs = id == 0 ? NONE : sequence.adc(id).delayPs();
    }

    @Override
    public long nextPs() {
        return delayPs;
    }

    @Override
    public void emit(EventSink into) {
        into.addWindow(delayPs);
        delayPs = NONE;
    }
}
