package org.isocenter.hardware.emulate;

import java.io.IOException;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.virtual.OutputState;
import org.isocenter.hardware.virtual.VirtualScanner;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.TimedEvents;

/** Plays on a phantom. */
final class SimulatedPlayback implements Playback {
    private final VirtualScanner scanner;

    SimulatedPlayback(VirtualScanner scanner) {
        this.scanner = scanner;
    }

    @Override
    public RunOutcome play(TimedEvents events, ReadoutSink sink) throws ScannerException, IOException {
        return scanner.play(events, sink);
    }

    @Override
    public boolean needsTheWhole() {
        return true;
    }

    @Override
    public void abort() {
        scanner.abort();
    }

    @Override
    public OutputState outputs() {
        return scanner.outputs();
    }

    @Override
    public SystemLimits limits() {
        return scanner.limits();
    }

    @Override
    public String description() {
        return scanner.description();
    }

    @Override
    public void close() {
        scanner.close();
    }
}
