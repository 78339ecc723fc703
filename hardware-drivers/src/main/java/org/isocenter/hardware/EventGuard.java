package org.isocenter.hardware;

import java.util.Iterator;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.compile.Rest;
import org.isocenter.sequence.compile.TimedEvents;

/**
 * Events on their way to a device, checked once more against what it can bear: the second fence, behind the check of the
 * sequence, so that nothing that went wrong in between reaches a scanner. What every checked sequence compiles to passes.
 *
 * <p>Looks at amplitude of RF and gradients, slew, transmit gate (open long enough before RF, not longer than RF may last, closed
 * while an ADC window is open), RF duty over a second, ADC windows, order and spacing of events, and rest at the end. Memory does
 * not grow with the length of the events, and nothing is allocated for an event. One pass per thread.
 *
 * <p>An iterator of {@link #chunks} throws {@link UncheckedScannerException}, with a REFUSED inside that names time, channel, value
 * and limit, in place of the first chunk that has something wrong. What came before has been handed out by then, so the driver must
 * make the device safe.
 */
public final class EventGuard implements TimedEvents {
    private final TimedEvents events;
    private final double gradientRasterSeconds;
    private final SystemLimits limits;
    private final String device;

    /**
     * @param gradientRasterSeconds for which the events hold a gradient on a ramp
     * @param limits of the device
     * @param device as messages name it
     */
    public EventGuard(TimedEvents events, double gradientRasterSeconds, SystemLimits limits, String device) {
        this.events = events;
        this.gradientRasterSeconds = gradientRasterSeconds;
        this.limits = limits;
        this.device = device;
    }

    public EventGuard(EventTable table, SystemLimits limits, String device) {
        this(table, table.gradientRasterSeconds(), limits, device);
    }

    /** Looks through the whole at once, for a driver that wants to know before it sends anything. */
    public void check() throws ScannerException {
        try {
            for (Iterator<EventChunk> pass = chunks(); pass.hasNext(); ) {
                pass.next();
            }
        } catch (UncheckedScannerException e) {
            throw e.getCause();
        }
    }

    @Override
    public Iterator<EventChunk> chunks() {
        return new GuardedPass(events, gradientRasterSeconds, limits, new GuardRefusal(device, events.clockHertz()));
    }

    @Override
    public Iterator<Rest> rests() {
        return events.rests();
    }

    @Override
    public double clockHertz() {
        return events.clockHertz();
    }

    @Override
    public long durationTicks() {
        return events.durationTicks();
    }

    @Override
    public int adcWindows() {
        return events.adcWindows();
    }

    @Override
    public long adcSamples() {
        return events.adcSamples();
    }

    @Override
    public int maxSamplesPerWindow() {
        return events.maxSamplesPerWindow();
    }
}
