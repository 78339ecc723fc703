package org.isocenter.hardware.instrument;

import java.util.function.Consumer;
import org.isocenter.hardware.ScannerException;

/** Measures the RF power into a patient and opens the interlock of the amplifier when it is too much. */
public interface SarMonitor extends Instrument {
    /**
     * Powers that must not be passed.
     *
     * @param tenSecondWatts averaged over 10 s, above 0
     * @param sixMinuteWatts averaged over 6 min, above 0
     * @param peakWatts at any time, above 0
     */
    record Limits(double tenSecondWatts, double sixMinuteWatts, double peakWatts) {
        public Limits {
            if (!(tenSecondWatts > 0 && sixMinuteWatts > 0 && peakWatts > 0)
                    || Double.isInfinite(tenSecondWatts + sixMinuteWatts + peakWatts)) {
                throw new IllegalArgumentException("SAR limits must be above 0 W, not " + tenSecondWatts + ", "
                        + sixMinuteWatts + " and " + peakWatts);
            }
        }
    }

    /** Something that the monitor tells by itself. */
    record Event(Kind kind, String text) {
        /** What happened. */
        public enum Kind {
            STARTED,
            STOPPED,
            /** A limit was passed: an interlock is latched. */
            LIMIT,
            /** The monitor found a fault: an interlock is latched. */
            FAULT,
            /** The monitor is out of reach: an interlock is latched. */
            LOST
        }
    }

    /** Who is told of events, on the monitor's own thread. One at a time; the last call wins. */
    void listen(Consumer<Event> listener);

    /** Begins for another patient: stops, forgets the power so far, sets the limits, and starts to monitor. */
    void startPatient(Limits limits) throws ScannerException;

    /** Goes on, for the same patient or another: stops, sets the limits, and starts to monitor. The power so far counts. */
    void start(Limits limits) throws ScannerException;

    /** Stops monitoring; the monitor lets no RF through until it is started again. */
    void stop() throws ScannerException;

    boolean isMonitoring();
}
