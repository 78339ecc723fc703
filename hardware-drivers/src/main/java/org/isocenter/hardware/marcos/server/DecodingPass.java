package org.isocenter.hardware.marcos.server;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.isocenter.hardware.marcos.MargaBuffer;
import org.isocenter.hardware.marcos.MargaCompiler;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;

/** One pass over what runs do to the scanner. Ends with everything at zero, whatever the last run has left on. One thread. */
final class DecodingPass implements Iterator<EventChunk> {
    private static final int ENOUGH_EVENTS = 4096;
    private static final long LONGEST_CHUNK = (long) (0.5 * MargaCompiler.CLOCK_HERTZ);
    /** How far the phase of a transmitter beside the carrier may turn in one step. */
    private static final double PHASE_STEP_RADIANS = 0.05;

    private static final EventChannel[] GRADIENTS = {EventChannel.GX, EventChannel.GY, EventChannel.GZ};
    private static final int LO_SOURCE_BITS = 2;
    private static final int LO_CONSTANT = 3;

    private final AnnouncedRuns runs;
    private final ConsoleUnits units;
    private final int receiver;
    private final WindowList windows;
    private final MargaBoard board;
    private final Oscillators oscillators;
    private final ChunkWriter writer = new ChunkWriter();
    private final long begin;
    private final long end;
    private int run;
    private long word;
    private int nextWindow;
    private int transmitReal;
    private int transmitImaginary;
    /** When what is transmitted has changed and is not written yet; or -1. */
    private long transmitChanged = -1;

    private long phaseWritten;
    private boolean transmits;
    private boolean over;

    DecodingPass(AnnouncedRuns runs, int receiver, long begin, long end) {
        this.runs = runs;
        this.units = runs.units();
        this.receiver = receiver;
        this.begin = begin;
        this.end = end;
        windows = runs.windows(receiver);
        board = new MargaBoard(runs.start(), this::changed, (number, first, count, decimation) -> {});
        oscillators = new Oscillators(MargaCompiler.CLOCK_HERTZ, units.carrierHertz(), begin);
        for (int number = 0; number < Oscillators.COUNT; number++) {
            int low = MargaBuffer.DDS0_LSB + 2 * number;
            oscillators.begin(number, board.value(low), board.value(low + 1));
        }
    }

    @Override
    public boolean hasNext() {
        return !over;
    }

    @Override
    public EventChunk next() {
        if (over) {
            throw new NoSuchElementException("all runs have been decoded");
        }
        while (run < runs.runs()
                && writer.events() < ENOUGH_EVENTS
                && board.clock() - begin - writer.startTick() < LONGEST_CHUNK) {
            decode();
        }
        if (run < runs.runs()) {
            long now = board.clock();
            // Nothing before this clock can happen any more.
            board.advanceReceivers(now);
            writeUpTo(now);
            return writer.close(now - begin);
        }
        over = true;
        board.drain();
        writeUpTo(end - 1);
        writer.set(end - 1 - begin, EventChannel.TX_AMPLITUDE, 0);
        writer.set(end - 1 - begin, EventChannel.TX_GATE, 0);
        for (EventChannel gradient : GRADIENTS) {
            writer.set(end - 1 - begin, gradient, 0);
        }
        return writer.close(end - begin);
    }

    private void decode() {
        Program program = runs.program(run);
        board.execute(program.word(word++));
        if (board.state() == Sequencer.State.HALTED) {
            run++;
            word = 0;
            board.restart();
        }
    }

    private void changed(long clock, Output output, int value) {
        if (transmitChanged >= 0 && clock > transmitChanged) {
            writeTransmit();
        }
        int axis = units.axis(output);
        if (axis >= 0) {
            writeUpTo(clock);
            writer.set(clock - begin, GRADIENTS[axis], units.hertzPerMeter(axis, value));
            return;
        }
        switch (output) {
            case TX0_I, TX1_I, TX0_Q, TX1_Q -> {
                int part = output.ordinal() - Output.TX0_I.ordinal();
                if (part / 2 == units.transmitter()) {
                    writeUpTo(clock);
                    transmitReal = part % 2 == 0 ? (short) value : transmitReal;
                    transmitImaginary = part % 2 == 1 ? (short) value : transmitImaginary;
                    transmitChanged = clock;
                }
            }
            case DDS0_LSB, DDS0_MSB, DDS1_LSB, DDS1_MSB, DDS2_LSB, DDS2_MSB -> {
                writeUpTo(clock);
                oscillators.change(clock, output, value);
                transmitChanged = clock;
            }
            case GATES_LEDS -> {
                writeUpTo(clock);
                writer.set(clock - begin, EventChannel.TX_GATE, value & MargaBuffer.TX_GATE);
                writer.set(clock - begin, EventChannel.TRIGGER_OUT, (value & MargaBuffer.TRIGGER_OUT) == 0 ? 0 : 1);
            }
            default -> writeUpTo(clock);
        }
    }

    /** Windows that begin up to this clock, and what is transmitted until then. */
    private void writeUpTo(long clock) {
        while (nextWindow < windows.size() && windows.start(nextWindow) <= clock) {
            int window = nextWindow++;
            if (windows.silent(window)) {
                continue;
            }
            long start = windows.start(window);
            turnPhase(start);
            int source = board.value(MargaBuffer.RX_CTRL) >> LO_SOURCE_BITS * receiver & LO_CONSTANT;
            boolean constant = source == LO_CONSTANT;
            writer.window(
                    start - begin,
                    windows.samples(window),
                    windows.decimation(window),
                    constant ? -units.carrierHertz() : oscillators.offsetHertz(source),
                    constant ? 0 : oscillators.radians(source, start));
        }
        turnPhase(clock);
    }

    /** A transmitter beside the carrier turns against it. */
    private void turnPhase(long clock) {
        if (transmitChanged >= 0 && clock > transmitChanged) {
            writeTransmit();
        }
        double offset = transmits ? oscillators.offsetHertz(units.transmitter()) : 0;
        if (offset == 0) {
            return;
        }
        long step =
                (long) Math.max(1, PHASE_STEP_RADIANS / (2 * Math.PI * Math.abs(offset)) * MargaCompiler.CLOCK_HERTZ);
        while (phaseWritten + step < clock) {
            phaseWritten += step;
            writePhase(phaseWritten, phaseWritten + step / 2);
        }
    }

    private void writeTransmit() {
        long at = transmitChanged;
        transmitChanged = -1;
        double hertz = units.turnsSpins(oscillators.offsetHertz(units.transmitter()))
                ? units.transmitHertz(transmitReal, transmitImaginary)
                : 0;
        transmits = hertz > 0;
        writer.set(at - begin, EventChannel.TX_AMPLITUDE, hertz);
        if (transmits) {
            writePhase(at, at);
            phaseWritten = at;
        }
    }

    private void writePhase(long at, long of) {
        double phase = Math.atan2(transmitImaginary, transmitReal) + oscillators.radians(units.transmitter(), of);
        writer.set(at - begin, EventChannel.TX_PHASE, Math.IEEEremainder(phase, 2 * Math.PI));
    }
}
