package org.isocenter.hardware.marcos;

import java.io.IOException;
import java.util.Iterator;
import org.isocenter.hardware.UncompilableTableException;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;

/** Turns an event table into one program for marga, in one pass and constant memory. {@link MargaRuns} makes many of it. */
public final class MargaCompiler {
    /** Of the FPGA on an SDRLab 122-16. */
    public static final double CLOCK_HERTZ = 122.88e6;

    private MargaCompiler() {}

    /**
     * Compiles the whole table.
     *
     * @throws UncompilableTableException when marga or the board cannot play it
     */
    public static MargaSummary compile(TimedEvents table, MargaSettings settings, WordSink sink)
            throws IOException, UncompilableTableException {
        RunCompiler run = RunCompiler.first(table.clockHertz(), settings, sink);
        for (Iterator<EventChunk> chunks = table.chunks(); chunks.hasNext(); ) {
            EventChunk chunk = chunks.next();
            for (int i = 0; i < chunk.events(); i++) {
                run.event(chunk, i);
            }
        }
        long end = run.end(table.durationTicks());
        sink.word(MargaProgram.FINISH);
        return run.summary(end);
    }
}
