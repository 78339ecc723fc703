package org.isocenter.hardware.marcos.server;

import java.io.Closeable;
import java.io.IOException;

/** What the receivers hear. One thread, but {@link #close} is for any. */
interface SignalSource extends Closeable {
    /**
     * A run begins.
     *
     * @param before the board as it is just before, which stays as it is
     */
    Run start(MargaBoard before, Program program);

    /** A run that is to come, after those that were announced before. */
    void announce(MargaBoard before, byte[] payload) throws IOException;

    /** All runs have been announced. */
    void announced();

    /**
     * Whether the samples of the next run that was announced are still being computed. Waits for them, but not for longer.
     *
     * @return signs of life of the computation so far, at least 1; 0 when it need not be waited for
     */
    long computing(int millis) throws IOException;

    /** Nothing that was announced will come. */
    void forget();

    /** What people read. */
    String description();

    @Override
    void close();

    /** One run. */
    interface Run {
        /**
         * A receiver makes samples, and its FIFO has room for the first of them.
         *
         * @param first clock of the first sample
         * @param kept of {@code count}
         * @param transmitted by the transmitter of this number meanwhile: real part in the low half, imaginary in the high
         */
        void made(int receiver, long first, int count, int decimation, int kept, int transmitted);

        /**
         * The run is over: waits until its samples are there, and puts those that were kept into the FIFOs.
         *
         * @throws IOException when the client left meanwhile, or the samples could not be had
         */
        void deliver(SampleQueue[] fifos, ClientLink link) throws IOException;
    }
}
