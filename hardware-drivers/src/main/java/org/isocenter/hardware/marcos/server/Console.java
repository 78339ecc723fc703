package org.isocenter.hardware.marcos.server;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.isocenter.hardware.marcos.MargaBuffer;
import org.isocenter.hardware.virtual.OutputState;

/**
 * The FPGA as the server's processor sees it: registers, instruction memory, the receivers' FIFOs. Between the server's accesses
 * to it no time passes. One thread.
 */
final class Console {
    /** What an access to a register takes on the model of the firmware. */
    private static final int READ_CLOCKS = 4;

    private static final int WRITE_CLOCKS = 3;
    private static final int ALL_EMPTY = 0xff_ffff;
    private static final int REGISTERS = 1 << 19;
    private static final int RUN = 1;
    private static final int STOP = 2;
    private static final int IDLE = 0;
    private static final int RUNNING = 2;
    private static final int WAITING_FOREVER = 5;
    private static final int HALT = 8;
    private static final int MOST_READ = 100_000;
    private static final int WORDS_BETWEEN_LOOKS = 1 << 16;
    private static final int LOOK_MILLIS = 100;
    /** A driver that has been told to stop waits for the answer. */
    private static final int COMPUTING_MILLIS = 10;

    private final SignalSource source;
    private final ConsoleUnits units;
    private final ConsoleFaults faults;
    private final MargaBoard board;
    private final Program.Memory memory = new Program.Memory();
    private final SampleQueue[] fifos = new SampleQueue[MargaBoard.RECEIVERS];
    private Program program = memory.load(new byte[0]);
    private int control;
    private int direct;
    private int state = IDLE;
    private final int[] received = new int[MargaBoard.RECEIVERS];
    private long word;
    private OutputState now = OutputState.SAFE;
    private volatile OutputState outputs = OutputState.SAFE;
    private SignalSource.Run run;
    private Streaming streaming;
    private Consumer<String> listener = line -> {};
    /** Since the last halt. */
    private int runs;

    Console(SignalSource source, ConsoleUnits units, ConsoleFaults faults) {
        this.faults = faults;
        this.source = source;
        this.units = units;
        Arrays.setAll(fifos, i -> new SampleQueue());
        board = new MargaBoard(this::changed, this::made);
    }

    private void changed(long clock, Output output, int value) {
        now = units.after(now, output, value, board);
        // A program is decoded in a moment, and plays for longer.
        if (run == null || !now.equals(OutputState.SAFE)) {
            outputs = now;
        }
        if (run != null && output == Output.RX_CTRL) {
            faults.receives(!board.nothingReceived(), word, received);
        }
    }

    private void made(int receiver, long first, int count, int decimation) {
        if (run == null) {
            return;
        }
        int kept = faults.losing() ? 0 : streaming.arrive(receiver, count);
        received[receiver] += kept;
        run.made(receiver, first, count, decimation, kept, board.transmitted(receiver));
    }

    /** {@link org.isocenter.hardware.emulate.Emulator#tellTo} */
    void tellTo(Consumer<String> people) {
        listener = people;
    }

    /** What was played since, for people. */
    String sinceHalt() {
        if (runs == 0) {
            return "; nothing was played since it was halted";
        }
        return " and did not halt it: run " + runs
                + (board.state() == Sequencer.State.HALTED ? " came to its FINISH" : " did not come to its FINISH");
    }

    /** Halts whatever runs; whether the decoder is idle then. */
    boolean haltAndReset() {
        control(STOP);
        direct(MargaBuffer.RX_CTRL << 24);
        for (SampleQueue fifo : fifos) {
            fifo.clear();
        }
        control(0);
        source.forget();
        if (runs > 0) {
            listener.accept(now.words() + ": halted after " + runs + (runs == 1 ? " run" : " runs"));
            runs = 0;
        }
        return state == IDLE;
    }

    /** Register 0: bit 0 runs what is in the memory, bit 1 stops it. */
    void control(int value) {
        board.idle(WRITE_CLOCKS);
        control = value;
        if ((value & STOP) != 0 && state != IDLE) {
            state = HALT;
        }
        if ((value & RUN) == 0) {
            state = IDLE;
        }
    }

    /** Register 2: a value for a buffer, taken while the decoder is idle. */
    void direct(int word) {
        direct = word;
        board.idle(WRITE_CLOCKS);
        if (state == IDLE) {
            board.direct(word >>> 24 & 31, word & 0xffff);
        }
    }

    /** Reads a register, which may change it. */
    int register(long index) {
        board.idle(READ_CLOCKS);
        if (index >= REGISTERS) {
            return 0;
        }
        return switch ((int) index & 15) {
            case 0 -> control;
            case 2 -> direct;
            case 4 -> state << 24;
            case 5 -> board.status();
            case 6 -> takeGradientFaults();
            case 7 -> takeOverflowed();
            case 8 -> takeFull();
            case 9 -> ALL_EMPTY;
            case 10 -> fifos[1].size() << 16 | fifos[0].size();
            case 11 -> pop(fifos[0]);
            case 12 -> pop(fifos[1]);
            case 13 -> fifos[0].size() > 0 ? fifos[0].imaginary(0) : 0;
            case 14 -> fifos[1].size() > 0 ? fifos[1].imaginary(0) : 0;
            default -> 0;
        };
    }

    private int takeGradientFaults() {
        int faults = board.gradientFaults();
        board.clearGradientFaults();
        return faults;
    }

    private int takeOverflowed() {
        int overflowed = board.overflowed();
        board.clearOverflowed();
        return overflowed;
    }

    private int takeFull() {
        int full = board.full();
        board.clearFull();
        return full;
    }

    private static int pop(SampleQueue fifo) {
        if (fifo.size() == 0) {
            return 0;
        }
        int real = fifo.real(0);
        fifo.remove(1);
        return real;
    }

    /** So many accesses to register 5 and writes to register 0, one after the other. */
    void exerciseBus(long count) {
        long sum = count * (count - 1) / 2 + count * board.status();
        board.idle(count * (READ_CLOCKS + WRITE_CLOCKS));
        control((int) sum & ~3);
    }

    /** Fills the instruction memory. */
    void load(byte[] payload) {
        board.idle((long) WRITE_CLOCKS * (payload.length / 4));
        program = memory.load(payload);
    }

    /** All that is in the FIFOs, up to what the server reads at once. */
    SampleQueue[] readFifos() {
        SampleQueue[] read = new SampleQueue[fifos.length];
        for (int i = 0; i < fifos.length; i++) {
            read[i] = fifos[i].take(Math.min(fifos[i].size(), MOST_READ / 2));
        }
        return read;
    }

    /** A run that is to come: {@link SignalSource#announce}. */
    void announce(byte[] payload) throws IOException {
        source.announce(board, payload);
    }

    /** All have been announced. */
    void announced() {
        source.announced();
    }

    /** Signs of life of a computation that the next run would have to wait for; 0 when there is none. */
    long computing() throws IOException {
        return source.computing(COMPUTING_MILLIS);
    }

    /**
     * Runs a program, or what is in the memory when it has no bytes.
     *
     * @throws IOException when the client left meanwhile, or the samples could not be had
     */
    SampleQueue[] run(byte[] payload, Reply reply, ClientLink link) throws IOException {
        if (state != IDLE) {
            reply.warning("mar FSM was not idle when the run began");
        }
        load(payload);
        control(0);
        board.restart();
        run = source.start(board, program);
        int[] before = {fifos[0].size(), fifos[1].size()};
        streaming = new Streaming(payload.length, board.clock(), before[0], before[1]);
        Arrays.fill(received, 0);
        faults.runBegins();
        if (runs++ == 0) {
            listener.accept("runs begin to play");
        }
        try {
            execute(link);
            run.deliver(fifos, link);
            faults.clip(fifos, before);
        } catch (SimulationException e) {
            reply.error("the emulator cannot simulate this: " + e.getMessage());
        } catch (IOException e) {
            haltAndReset();
            throw e;
        } finally {
            run = null;
            outputs = now;
        }
        report(reply);
        SampleQueue[] read = new SampleQueue[fifos.length];
        for (int i = 0; i < fifos.length; i++) {
            read[i] = fifos[i].take((int) Math.min(streaming.read(i), fifos[i].size()));
        }
        return read;
    }

    /** Decodes the program to its end; an endless one until the client leaves. */
    private void execute(ClientLink link) throws IOException {
        word = 0;
        state = RUNNING;
        while (board.state() == Sequencer.State.RUNNING && word < program.endlessFrom()) {
            board.execute(program.word(word++));
            if (faults.reset()) {
                throw new ConsoleResetException();
            }
            if (!keepUp() || faults.overrun()) {
                // What the server does itself; the outputs stay as they are.
                board.direct(MargaBuffer.RX_CTRL, 0);
                break;
            }
            if (word % WORDS_BETWEEN_LOOKS == 0) {
                link.await(0);
            }
        }
        boolean forever = board.state() == Sequencer.State.WAITING_FOREVER;
        if (forever || word == program.endlessFrom() && board.state() == Sequencer.State.RUNNING) {
            state = forever ? WAITING_FOREVER : RUNNING;
            while (true) {
                link.await(LOOK_MILLIS);
            }
        }
        board.drain();
        streaming.finish();
        state = IDLE;
    }

    /** The server's turns up to now; false when it gives up. */
    private boolean keepUp() {
        while (streaming.turnClock() < board.clock()) {
            board.advanceReceivers(streaming.turnClock());
            if (streaming.idle() && board.nothingReceived()) {
                streaming.skipTo(board.clock());
            } else if (!streaming.turn(word)) {
                return false;
            }
        }
        return board.overflowed() == 0;
    }

    /** What the outputs are set to, in the scanner's units; while a program plays, the last of it that was not safe. Any thread. */
    OutputState outputs() {
        return outputs;
    }

    private void report(Reply reply) {
        streaming.report(reply);
        faults.report(reply);
        int overflowed = takeOverflowed() | faults.overrunBuffers();
        int full = takeFull();
        if (overflowed != 0) {
            reply.error(String.format("output buffers overflowed during sequence: 0x%08x", overflowed));
        } else if (full != 0) {
            reply.warning(String.format("output buffers were full during sequence: 0x%08x", full));
        }
        int gradients = takeGradientFaults();
        if ((gradients & 1) != 0) {
            reply.warning("ocra1 data was lost (overwritten before being sent)");
        }
        if ((gradients & 2) != 0) {
            reply.error("ocra1 gradient error; possibly missing samples");
        }
        if ((gradients & 4) != 0) {
            reply.error("gpa-fhdo gradient error; possibly missing samples");
        }
    }
}
