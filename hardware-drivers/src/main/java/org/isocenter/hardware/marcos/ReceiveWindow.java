package org.isocenter.hardware.marcos;

/**
 * An ADC window as it is asked for and as the receiver makes it. Times are in marga's clocks from the window's start.
 *
 * @param index running number in the table, from 0
 * @param samples asked for; sample n at {@code (n+½)·dwellClocks}
 * @param decimation of the receiver, whose sample m after the {@code delay} first is taken at {@code (m+½)·decimation}
 * @param delay samples that the receiver's filter is late
 * @param frequencyHertz demodulation offset from the carrier, counted from the window's start
 * @param phaseRadians demodulation phase at the window's start
 * @param phaseShapeRadians extra demodulation phase per sample asked for, or null
 */
record ReceiveWindow(
        int index,
        int samples,
        double dwellClocks,
        int decimation,
        int delay,
        double frequencyHertz,
        double phaseRadians,
        float[] phaseShapeRadians) {

    /** Samples that the receiver makes of it on each channel: enough for the last one asked for to lie among them. */
    int received() {
        return delay + used();
    }

    /** Those of them that come after the first {@link #delay}. */
    int used() {
        double whole = samples * dwellClocks / decimation;
        double reachesLast = (samples - 0.5) * dwellClocks / decimation + 0.5;
        return (int) Math.ceil(Math.max(whole, reachesLast) - 1e-9 * whole);
    }

    /** Whether the receiver's samples are just those asked for. */
    boolean exact() {
        return dwellClocks == decimation && used() == samples;
    }
}
