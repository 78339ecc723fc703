package org.isocenter.hardware;

import java.util.Iterator;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;

/** One pass of an {@link EventGuard}. */
final class GuardedPass implements Iterator<EventChunk> {
    private static final EventChannel[] CHANNELS = EventChannel.values();

    /** Bits that a 32-bit float holds exactly. */
    private static final float MOST_TRIGGER = 1 << 24;

    private final Iterator<EventChunk> chunks;
    private final long durationTicks;
    private final GuardRefusal refusal;
    private final GradientGuard[] gradients = new GradientGuard[3];
    private final TransmitGuard transmit;
    private final ReceiveGuard receive;
    private long lastTick;

    GuardedPass(TimedEvents events, double gradientRasterSeconds, SystemLimits limits, GuardRefusal refusal) {
        this.chunks = events.chunks();
        this.durationTicks = events.durationTicks();
        this.refusal = refusal;
        for (int axis = 0; axis < 3; axis++) {
            EventChannel channel = CHANNELS[EventChannel.GX.ordinal() + axis];
            gradients[axis] =
                    new GradientGuard(channel.name(), limits, gradientRasterSeconds, events.clockHertz(), refusal);
        }
        transmit = new TransmitGuard(limits, events.clockHertz(), refusal);
        receive = new ReceiveGuard(events, limits, refusal);
    }

    @Override
    public boolean hasNext() {
        return chunks.hasNext();
    }

    @Override
    public EventChunk next() {
        EventChunk chunk = chunks.next();
        if (chunk.startTick() != lastTick || chunk.endTick() < chunk.startTick()) {
            throw refusal.wrong(
                    chunk.startTick(),
                    "time",
                    "a stretch from tick " + chunk.startTick() + " to " + chunk.endTick() + " follows one that ends at "
                            + lastTick);
        }
        long[] tick = chunk.tick();
        byte[] channel = chunk.channel();
        float[] value = chunk.value();
        for (int i = 0; i < chunk.events(); i++) {
            if (tick[i] < lastTick || tick[i] > chunk.endTick()) {
                throw refusal.wrong(
                        tick[i],
                        "time",
                        "tick " + tick[i] + " comes after tick " + lastTick + ", in a stretch that ends at "
                                + chunk.endTick());
            }
            lastTick = tick[i];
            event(tick[i], channel[i], value[i], chunk);
        }
        lastTick = chunk.endTick();
        transmit.passed(lastTick);
        if (!chunks.hasNext()) {
            ended();
        }
        return chunk;
    }

    private void event(long tick, int channel, float value, EventChunk chunk) {
        if (channel < 0 || channel >= CHANNELS.length) {
            throw refusal.wrong(tick, "channel " + channel, "there is no such channel");
        }
        switch (CHANNELS[channel]) {
            case TX_AMPLITUDE -> transmit.amplitude(tick, value);
            case TX_PHASE -> transmit.phase(tick, value);
            case TX_GATE -> {
                transmit.gate(tick, value);
                if (value != 0) {
                    receive.transmitting(tick);
                }
            }
            case GX, GY, GZ -> gradients[channel - EventChannel.GX.ordinal()].step(tick, value);
            case ADC -> {
                transmit.listening(tick);
                receive.window(tick, value, chunk);
            }
            case TRIGGER_OUT, TRIGGER_WAIT -> {
                if (!(value >= 0 && value <= MOST_TRIGGER) || value != Math.rint(value)) {
                    throw refusal.wrong(tick, CHANNELS[channel].name(), value + " is no set of trigger bits");
                }
            }
        }
    }

    private void ended() {
        if (lastTick != durationTicks) {
            throw refusal.wrong(lastTick, "time", "the events end here, and were to last " + durationTicks + " ticks");
        }
        transmit.ended(lastTick);
        for (GradientGuard each : gradients) {
            each.ended(lastTick);
        }
        receive.ended(lastTick);
    }
}
