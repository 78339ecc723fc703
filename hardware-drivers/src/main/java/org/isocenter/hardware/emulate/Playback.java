package org.isocenter.hardware.emulate;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.virtual.OutputState;
import org.isocenter.hardware.virtual.VirtualScannerProvider;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.TimedEvents;

/** What an emulated device plays its events on. One thread, but {@link #abort} and {@link #outputs} are for any. */
public interface Playback extends Closeable {
    /**
     * Opens what the address asks for: a virtual scanner with the options that are not the emulator's, or with {@code load=null}
     * one that simulates nothing and answers with zeros, which shows what the link can do.
     *
     * @param own options of the emulator itself
     */
    static Playback open(ListenAddress address, Set<String> own) throws ScannerException {
        String load = address.option("load");
        if (load != null && !load.equals("null")) {
            throw address.refused("load '" + load + "' is not known; known is null");
        }
        return load == null
                ? new SimulatedPlayback(new VirtualScannerProvider().open(address.virtualScanner(own)))
                : new NullPlayback(address, own);
    }

    /** Plays them from the beginning and delivers each ADC window. Returns when outputs are safe again. */
    RunOutcome play(TimedEvents events, ReadoutSink sink) throws ScannerException, IOException;

    /** Whether {@link #play} needs all events to be there before it begins. */
    boolean needsTheWhole();

    /** Ends {@link #play} at once. */
    void abort();

    /** What the outputs are set to now. */
    OutputState outputs();

    SystemLimits limits();

    /** "osi2one, phantom brain". */
    String description();

    @Override
    void close();
}
