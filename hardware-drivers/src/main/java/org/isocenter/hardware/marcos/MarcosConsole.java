package org.isocenter.hardware.marcos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.isocenter.hardware.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands of a console that has answered and whose FPGA works. One thread, but {@link #close} is for any. */
final class MarcosConsole implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MarcosConsole.class);
    private static final String DIRECT = "direct";
    private static final String STATUS = "regstatus";
    private static final String HALT = "halt_and_reset";
    private static final String TEST_BUS = "test_bus";
    /** What a read and a write of {@code test_bus} take at least, on the model of the firmware; 36 on a Zynq. */
    private static final int CLOCKS_PER_ACCESS = 6;

    /** Words of {@code regstatus}. */
    private static final int EXEC = 0;

    private static final int BOARDS = 1;
    private static final int BOARD_FAULTS = 2;
    private static final int BUFFERS_EMPTY = 5;
    private static final int STATUS_WORDS = 7;
    private static final long ALL_EMPTY = 0xffffff;
    /** More often than this the receiver's FIFO is not read in vain. */
    private static final int MOST_FLUSHES = 64;

    private final MarcosLink link;
    private final int timeoutMillis;
    private final String reality;
    private final long version;

    /** Makes connections to one console. */
    interface Connector {
        Transport connect(int timeoutMillis) throws IOException;
    }

    /**
     * What the FPGA tells of itself.
     *
     * @param boards what register 5 says of the gradient boards
     * @param boardFaults words for a gradient board that were lost since it was asked last, as register 6 has them
     */
    record Status(int state, boolean buffersEmpty, int boards, int boardFaults) {
        boolean idle() {
            return state == 0;
        }
    }

    private MarcosConsole(MarcosLink link, int timeoutMillis, Reply greeting) {
        this.link = link;
        this.timeoutMillis = timeoutMillis;
        reality = String.valueOf(greeting.result().get("are_you_real"));
        version = greeting.version();
    }

    /**
     * Connects and finds out whether the console can be used.
     *
     * @param device as messages name it
     * @param busySeconds that the console may be at work on something before it answers
     */
    static MarcosConsole connect(Connector connector, String device, int timeoutMillis, double busySeconds)
            throws ScannerException {
        MarcosLink link = open(connector, device, timeoutMillis);
        boolean fit = false;
        try {
            MarcosConsole console = new MarcosConsole(
                    link, timeoutMillis, greet(link, device, timeoutMillis + (int) Math.ceil(1000 * busySeconds)));
            console.refuseOtherVersions(device);
            console.probe(device);
            fit = true;
            return console;
        } finally {
            if (!fit) {
                link.close();
            }
        }
    }

    private static MarcosLink open(Connector connector, String device, int timeoutMillis) throws ScannerException {
        try {
            return new MarcosLink(connector.connect(timeoutMillis), device, timeoutMillis);
        } catch (IOException e) {
            throw new ScannerException(
                    Kind.LINK_LOST,
                    device,
                    "connect: " + e.getMessage() + ": is the console switched on, and does marcos_server run on it?",
                    e);
        }
    }

    private static Reply greet(MarcosLink link, String device, int timeoutMillis) throws ScannerException {
        try {
            return link.command("are_you_real", MarcosLink.number(0), timeoutMillis);
        } catch (ScannerException e) {
            if (e.kind() != Kind.TIMEOUT) {
                throw e;
            }
            throw new ScannerException(
                    Kind.TIMEOUT,
                    device,
                    "are_you_real: the console accepted the connection and does not answer: another client holds it (it"
                            + " serves one at a time), or its server hangs: end the other client, or restart marcos_server",
                    e);
        }
    }

    private void refuseOtherVersions(String device) throws ScannerException {
        if (version >> 16 != MarcosLink.VERSION >> 16) {
            throw new ScannerException(
                    Kind.REFUSED,
                    device,
                    "are_you_real: the server has version " + Reply.text(version) + ", this driver speaks "
                            + Reply.text(MarcosLink.VERSION) + ": install a server of version 1");
        }
        if ((version >> 8 & 0xff) != (MarcosLink.VERSION >> 8 & 0xff)) {
            LOG.warn(
                    "{}: the server has version {}, this driver was made for {}",
                    device,
                    Reply.text(version),
                    Reply.text(MarcosLink.VERSION));
        }
    }

    /** Touches the FPGA: a server whose bitstream is not loaded dies of it. */
    private void probe(String device) throws ScannerException {
        try {
            status();
        } catch (ScannerException e) {
            if (e.kind() != Kind.LINK_LOST) {
                throw e;
            }
            throw new ScannerException(
                    Kind.DEVICE_FAULT,
                    device,
                    "regstatus: the server died when it touched the FPGA: the bitstream is not loaded; load it"
                            + " (copy_bitstream.sh; it fails silently on Red Pitaya OS 2.00 and later, 1.04 works) and"
                            + " start marcos_server again",
                    e);
        }
    }

    boolean isHardware() {
        return reality.equals("hardware");
    }

    /** "hardware", "simulation", "software". */
    String reality() {
        return reality;
    }

    /** "1.0.5". */
    String version() {
        return Reply.text(version);
    }

    boolean isOpen() {
        return link.isOpen();
    }

    Set<String> said() {
        return link.said();
    }

    /** Registers are counted in words. */
    long register(int index) throws ScannerException {
        return integer("regrd", link.command("regrd", MarcosLink.number(index), timeoutMillis));
    }

    private long integer(String command, Reply reply) throws ScannerException {
        if (reply.result().get(command) instanceof Long value) {
            return value;
        }
        throw unexpected(command, reply);
    }

    private ScannerException unexpected(String command, Reply reply) {
        link.close();
        return link.failure(Kind.PROTOCOL, command, "the console answered " + reply.result(), null);
    }

    /** Sets an output buffer now. Only while nothing runs. */
    void direct(int buffer, int value) throws ScannerException {
        link.command(DIRECT, word(buffer, value), timeoutMillis);
    }

    private static MarcosLink.Argument word(int buffer, int value) {
        return MarcosLink.number((long) buffer << 24 | value & 0xffff);
    }

    Status status() throws ScannerException {
        return status(link.command(STATUS, MarcosLink.number(0), timeoutMillis));
    }

    private Status status(Reply reply) throws ScannerException {
        if (reply.result().get(STATUS) instanceof long[] words && words.length == STATUS_WORDS) {
            return new Status(
                    (int) (words[EXEC] >> 24 & 0xf), words[BUFFERS_EMPTY] == ALL_EMPTY, (int) words[BOARDS], (int)
                            words[BOARD_FAULTS]);
        }
        throw unexpected(STATUS, reply);
    }

    /** Stops what runs, resets the receiver and empties its FIFOs. Outputs keep their values. Whether nothing runs any more. */
    boolean halt() throws ScannerException {
        return halted(link.command(HALT, MarcosLink.number(0), timeoutMillis));
    }

    private boolean halted(Reply reply) throws ScannerException {
        if (reply.result().get(HALT) instanceof Boolean idle) {
            return idle;
        }
        throw unexpected(HALT, reply);
    }

    /** Commands that go out together, after a halt. */
    static final class Packet {
        private final List<MarcosLink.Command> commands = new ArrayList<>();

        Packet() {
            commands.add(new MarcosLink.Command(HALT, MarcosLink.number(0)));
            // What was lost before is not of interest.
            commands.add(new MarcosLink.Command(STATUS, MarcosLink.number(0)));
        }

        Packet direct(int buffer, int value) {
            commands.add(new MarcosLink.Command(DIRECT, word(buffer, value)));
            return this;
        }

        /** Lets so many clocks pass, or more. */
        Packet pause(int clocks) {
            commands.add(new MarcosLink.Command(TEST_BUS, MarcosLink.number(clocks / CLOCKS_PER_ACCESS + 1)));
            return this;
        }
    }

    /**
     * Halts, and carries out what follows, without waiting for this computer in between.
     *
     * @return how all is afterwards; null when what ran could not be halted, so that nothing was carried out
     */
    Status carryOut(Packet packet) throws ScannerException {
        List<MarcosLink.Command> commands = new ArrayList<>(packet.commands);
        commands.add(new MarcosLink.Command(STATUS, MarcosLink.number(0)));
        List<Reply> replies = link.commands(commands, timeoutMillis);
        Status after = status(replies.get(replies.size() - 1));
        return halted(replies.get(0)) ? after : null;
    }

    /**
     * Throws away what is left in the receiver's FIFOs, which would come with the next run's samples.
     *
     * @return whether there was something
     */
    boolean flush() throws ScannerException {
        for (int i = 0; i < MOST_FLUSHES; i++) {
            Reply reply = link.command("read_rx", MarcosLink.number(0), timeoutMillis);
            if (!(reply.result().get("read_rx") instanceof Map)) {
                return i > 0;
            }
        }
        throw link.failure(Kind.DEVICE_FAULT, "read_rx", "the receiver's FIFOs cannot be emptied", null);
    }

    /** How long the server needs for so many accesses to the FPGA: loop, reads, writes, in µs. */
    long[] testBus(int accesses) throws ScannerException {
        Reply reply = link.command(TEST_BUS, MarcosLink.number(accesses), timeoutMillis);
        if (reply.result().get(TEST_BUS) instanceof long[] times && times.length == 3) {
            return times;
        }
        throw unexpected(TEST_BUS, reply);
    }

    /**
     * Tells a simulated console what will be run.
     *
     * @param payload of a run; null when that was all
     * @return false when it does not know about announcements
     */
    boolean announce(byte[] payload) throws ScannerException {
        return ownCommand("announce", payload == null ? MarcosLink.number(0) : MarcosLink.bytes(payload)) != null;
    }

    /**
     * Asks a simulated console whether it has the samples of the next run that was announced; it answers within a moment.
     *
     * @return 0 when it has, or does not know; otherwise a number that grows while the simulation goes on
     */
    long computing() throws ScannerException {
        Reply reply = ownCommand("computing", MarcosLink.number(0));
        return reply == null ? 0 : integer("computing", reply);
    }

    /** A command that only our own simulated console knows; null when this one does not. */
    private Reply ownCommand(String name, MarcosLink.Argument argument) throws ScannerException {
        long until = System.nanoTime() + timeoutMillis * 1_000_000L;
        link.send(name, argument);
        Reply reply = link.receive(name, () -> until);
        if (MarcosLink.notUnderstood(reply)) {
            return null;
        }
        link.throwIfFailed(name, reply.errors());
        return reply;
    }

    /** Starts a run; {@link #result} waits for its end. */
    void run(byte[] payload) throws ScannerException {
        link.send("run_seq", MarcosLink.bytes(payload));
    }

    /** What came of a run. Errors in it are for the caller to look at. */
    Reply result(LongSupplier untilNanos) throws ScannerException {
        return link.receive("run_seq", untilNanos);
    }

    void throwIfFailed(String command, List<String> errors) throws ScannerException {
        link.throwIfFailed(command, errors);
    }

    @Override
    public void close() {
        link.close();
    }
}
