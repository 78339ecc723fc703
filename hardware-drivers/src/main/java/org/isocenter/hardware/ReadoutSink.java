package org.isocenter.hardware;

import java.io.IOException;

/** Where a scanner delivers readouts, in order, on the thread that runs {@link Scanner#run}. */
@FunctionalInterface
public interface ReadoutSink {
    /**
     * One ADC window is in. The arrays are the scanner's own and may be reused after the call.
     *
     * @param adcIndex running number of the window in the event table, from 0
     * @param channels receive channels
     * @param samples per channel
     * @param real planar: sample s of channel c at {@code c*samples+s}
     * @param imaginary as {@code real}
     * @throws IOException when the readout could not be kept; the scanner then makes itself safe and gives up
     */
    void readout(int adcIndex, int channels, int samples, float[] real, float[] imaginary) throws IOException;

    /**
     * The device gets ready for the table and plays nothing yet, as a simulation that places its spins. Now and then before the
     * first event; never by a device that starts at once.
     *
     * @param share of the preparation that is done, from 0 to 1
     */
    default void preparing(double share) {}

    /** The table has been played so far, whether there was a readout or not. Now and then. Seconds from the table's start. */
    default void played(double seconds) {}
}
