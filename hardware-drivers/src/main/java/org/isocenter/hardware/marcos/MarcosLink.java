package org.isocenter.hardware.marcos;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.isocenter.hardware.transport.Transport;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the console's server: for each command a reply, in their order. Whatever goes wrong on the way closes it, because what would
 * come next could not be told apart any more. One thread, but {@link #close} is for any.
 */
final class MarcosLink implements AutoCloseable {
    /** Of the protocol that this driver speaks: 1.0.5. */
    static final long VERSION = 1 << 16 | 5;

    private static final Logger LOG = LoggerFactory.getLogger(MarcosLink.class);
    private static final String NOT_UNDERSTOOD = "not all client commands were understood";
    private static final String NO_SAMPLES = "no RX data received";

    private final Transport transport;
    private final String device;
    private final int writeMillis;
    private final TimedInput in;
    private final ReplyReader replies;
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private volatile boolean broken;

    /** @param writeMillis to wait for the console to take what it is sent */
    MarcosLink(Transport transport, String device, int writeMillis) {
        this.transport = transport;
        this.device = device;
        this.writeMillis = writeMillis;
        in = new TimedInput(transport);
        replies = new ReplyReader(in);
    }

    /** Packs a command's argument. */
    interface Argument {
        void pack(MessageBufferPacker packer) throws IOException;
    }

    static Argument number(long value) {
        return packer -> packer.packLong(value);
    }

    /** Never empty: the server would run what it was sent before. */
    static Argument bytes(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("an empty payload makes the server run what is in its memory");
        }
        return packer -> packer.packBinaryHeader(bytes.length).writePayload(bytes);
    }

    /**
     * Sends a command and waits for its reply.
     *
     * @return the reply, without errors
     * @throws ScannerException when the link fails, the reply is none, or it tells errors; it names the command
     */
    Reply command(String name, Argument argument, int timeoutMillis) throws ScannerException {
        long until = System.nanoTime() + timeoutMillis * 1_000_000L;
        send(name, argument);
        Reply reply = receive(name, () -> until);
        throwIfFailed(name, reply.errors());
        return reply;
    }

    /** A command and its argument. */
    record Command(String name, Argument argument) {}

    /**
     * Sends several commands at once, which the console carries out one after the other without waiting for this computer.
     *
     * @return their replies, without errors
     * @throws ScannerException of the first that failed; those behind it were carried out nevertheless
     */
    List<Reply> commands(List<Command> commands, int timeoutMillis) throws ScannerException {
        long until = System.nanoTime() + timeoutMillis * 1_000_000L;
        String first = commands.get(0).name();
        ByteArrayOutputStream requests = new ByteArrayOutputStream();
        try {
            for (Command each : commands) {
                requests.write(request(each.name(), each.argument()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        send(first, requests.toByteArray());
        List<Reply> received = new ArrayList<>();
        for (Command each : commands) {
            received.add(receive(each.name(), () -> until));
        }
        for (int i = 0; i < commands.size(); i++) {
            throwIfFailed(commands.get(i).name(), received.get(i).errors());
        }
        return received;
    }

    /** Sends a command; {@link #receive} waits for its reply. */
    void send(String name, Argument argument) throws ScannerException {
        try {
            send(name, request(name, argument));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
    }

    private void send(String name, byte[] bytes) throws ScannerException {
        if (broken) {
            throw failure(Kind.LINK_LOST, name, "the connection to the console is closed", null);
        }
        try {
            transport.write(bytes, 0, bytes.length, writeMillis);
        } catch (IOException e) {
            close();
            throw failure(Kind.LINK_LOST, name, "the link to the console failed: " + e.getMessage(), e);
        }
    }

    /**
     * Waits for the reply to what was sent. Errors in it are for the caller to look at.
     *
     * @param untilNanos when to give up, by {@link System#nanoTime}; asked again and again
     */
    Reply receive(String name, LongSupplier untilNanos) throws ScannerException {
        boolean received = false;
        try {
            in.waitUntil(untilNanos);
            Reply reply = replies.read();
            received = true;
            tell(name, reply);
            return reply;
        } catch (TimedInput.TooLateException e) {
            throw failure(Kind.TIMEOUT, name, "the console did not answer in time", e);
        } catch (EOFException e) {
            throw failure(Kind.LINK_LOST, name, "the console closed the connection instead of answering", e);
        } catch (ReplyReader.MalformedReplyException | MessagePackException e) {
            throw failure(Kind.PROTOCOL, name, "the console's answer cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw failure(Kind.LINK_LOST, name, "the link to the console failed: " + e.getMessage(), e);
        } finally {
            if (!received) {
                close();
            }
        }
    }

    private static byte[] request(String name, Argument argument) throws IOException {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            packer.packArrayHeader(5).packInt(0).packInt(0).packInt(0).packLong(VERSION);
            packer.packMapHeader(1).packString(name);
            argument.pack(packer);
            return packer.toByteArray();
        }
    }

    /** What the server has to say besides is logged once, whatever numbers are in it. */
    private void tell(String name, Reply reply) {
        for (String warning : reply.warnings()) {
            if (!warning.equals(NO_SAMPLES) && said.add(withoutNumbers(warning))) {
                LOG.warn("{}: {}: {}", device, name, warning);
            }
        }
        for (String info : reply.infos()) {
            if (said.add(withoutNumbers(info))) {
                LOG.info("{}: {}: {}", device, name, info);
            }
        }
    }

    private static String withoutNumbers(String text) {
        return text.replaceAll("0x[0-9a-fA-F]+|[0-9]+", "#");
    }

    /** What the server has warned of and told since the connection was made, each once, with numbers as #. Any thread. */
    Set<String> said() {
        return Set.copyOf(said);
    }

    /** Throws with the kind that fits what the server told. */
    void throwIfFailed(String name, List<String> errors) throws ScannerException {
        if (errors.isEmpty()) {
            return;
        }
        String all = String.join("; ", errors);
        if (all.contains("significantly different from server version")) {
            throw failure(Kind.REFUSED, name, all + ": install a server of version 1", null);
        }
        if (all.contains(NOT_UNDERSTOOD)) {
            throw failure(Kind.PROTOCOL, name, "the server does not know this command: install MaRCoS 1.0.5", null);
        }
        throw failure(Kind.DEVICE_FAULT, name, all, null);
    }

    /** Whether a reply says that the server does not know the command. */
    static boolean notUnderstood(Reply reply) {
        return reply.errors().contains(NOT_UNDERSTOOD);
    }

    ScannerException failure(Kind kind, String command, String problem, Exception cause) {
        return new ScannerException(kind, device, command + ": " + problem, cause);
    }

    boolean isOpen() {
        return !broken;
    }

    @Override
    public void close() {
        broken = true;
        try {
            transport.close();
        } catch (UncheckedIOException e) {
            LOG.warn("{}: {}", device, e.getMessage());
        }
    }
}
