package org.isocenter.hardware.marcos;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.isocenter.hardware.transport.MemoryTransport;
import org.isocenter.hardware.transport.Transport;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/** A console for tests: answers as the real server does, but for what a test tells it to do otherwise. */
final class ScriptedConsole implements MarcosConsole.Connector {
    /** Writes a whole reply, or throws to cut the connection. */
    interface Answer {
        void to(Value argument, Output out) throws IOException, InterruptedException;
    }

    /** What a test may answer with. */
    record Output(Transport transport) {
        void reply(String command, Packing result, Map<String, List<String>> status) throws IOException {
            MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
            packer.packArrayHeader(6).packInt(128).packInt(1).packInt(0).packInt(1 << 16 | 5);
            packer.packMapHeader(1).packString(command);
            result.pack(packer);
            packer.packMapHeader(status.size());
            for (Map.Entry<String, List<String>> each : status.entrySet()) {
                packer.packString(each.getKey()).packArrayHeader(each.getValue().size());
                for (String text : each.getValue()) {
                    packer.packString(text);
                }
            }
            raw(packer.toByteArray());
        }

        void raw(byte[] bytes) throws IOException {
            transport.write(bytes, 0, bytes.length, 10_000);
        }
    }

    /** Packs a result. */
    interface Packing {
        void pack(MessageBufferPacker packer) throws IOException;
    }

    static final class Cut extends IOException {
        private static final long serialVersionUID = 1;
    }

    final List<String> commands = new CopyOnWriteArrayList<>();
    final List<byte[]> runs = new CopyOnWriteArrayList<>();
    final List<byte[]> announced = new CopyOnWriteArrayList<>();
    final Map<String, Answer> answers = new ConcurrentHashMap<>();
    final AtomicInteger connections = new AtomicInteger();
    /** What the output buffers hold. */
    final int[] buffers = new int[MargaBuffer.COUNT];

    volatile String reality = "simulation";
    volatile boolean knowsAnnouncements = true;
    volatile boolean refusesConnections;

    @Override
    public Transport connect(int timeoutMillis) throws IOException {
        if (refusesConnections) {
            throw new IOException("connection refused");
        }
        connections.incrementAndGet();
        MemoryTransport.Pair pair = MemoryTransport.pair("scripted", 1 << 16);
        Thread thread = new Thread(() -> serve(pair.far()), "scripted console");
        thread.setDaemon(true);
        thread.start();
        return pair.near();
    }

    private void serve(Transport transport) {
        try (transport;
                MessageUnpacker in = MessagePack.newDefaultUnpacker(new InputStream() {
                    @Override
                    public int read() {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        int count = transport.read(buffer, offset, length, 60_000);
                        if (count <= 0) {
                            throw new EOFException();
                        }
                        return count;
                    }
                })) {
            Output out = new Output(transport);
            while (true) {
                Value request = in.unpackValue();
                for (Map.Entry<Value, Value> each :
                        request.asArrayValue().get(4).asMapValue().entrySet()) {
                    String command = each.getKey().asStringValue().asString();
                    commands.add(command);
                    note(command, each.getValue());
                    Answer answer = answers.get(command);
                    if (answer == null) {
                        answer(command, each.getValue(), out);
                    } else {
                        answer.to(each.getValue(), out);
                    }
                }
            }
        } catch (IOException | InterruptedException e) {
            // The client left, or the test cuts the connection.
        }
    }

    private void note(String command, Value argument) {
        if (command.equals("run_seq")) {
            byte[] payload = argument.asBinaryValue().asByteArray();
            runs.add(payload);
            for (MargaModel.Change change : changes(payload)) {
                buffers[change.buffer()] = change.value();
            }
        } else if (command.equals("announce") && argument.isBinaryValue()) {
            announced.add(argument.asBinaryValue().asByteArray());
        } else if (command.equals("direct")) {
            int word = argument.asIntegerValue().asInt();
            buffers[word >>> 24] = word & 0xffff;
        }
    }

    /** As the real server answers. */
    void answer(String command, Value argument, Output out) throws IOException {
        switch (command) {
            case "are_you_real" -> out.reply(command, p -> p.packString(reality), Map.of());
            case "regstatus" -> out.reply(command, p -> status(p, 0), Map.of());
            case "halt_and_reset" -> out.reply(command, p -> p.packBoolean(true), Map.of());
            case "read_rx" -> out.reply(command, p -> p.packInt(0), Map.of("warnings", List.of("no RX data received")));
            case "run_seq" -> run(argument.asBinaryValue().asByteArray(), 0, Map.of(), out);
            case "announce" -> {
                if (knowsAnnouncements) {
                    out.reply(command, p -> p.packInt(0), Map.of());
                } else {
                    out.reply(
                            "UNKNOWN1",
                            p -> p.packInt(-1),
                            Map.of("errors", List.of("not all client commands were understood")));
                }
            }
            case "test_bus" ->
                out.reply(
                        command, p -> p.packArrayHeader(3).packInt(0).packInt(3).packInt(3), Map.of());
            default -> out.reply(command, p -> p.packInt(0), Map.of());
        }
    }

    /** @param boardFaults what became of words for the gradient board */
    static void status(MessageBufferPacker packer, int boardFaults) throws IOException {
        packer.packArrayHeader(7);
        for (int word : new int[] {0, 0, boardFaults, 0, 0, 0xffffff, 0}) {
            packer.packInt(word);
        }
    }

    /** Answers a run with a sample for each that it receives, {@code extra} more or fewer. Sample m is (1000+m)·(1+2i)·2^8. */
    void run(byte[] payload, int extra, Map<String, List<String>> status, Output out) throws IOException {
        int samples = received(payload) + extra;
        out.reply(
                "run_seq",
                packer -> {
                    if (samples == 0) {
                        packer.packInt(0);
                        return;
                    }
                    packer.packMapHeader(2);
                    for (int part = 1; part <= 2; part++) {
                        packer.packString(part == 1 ? "rx0_i" : "rx0_q").packArrayHeader(samples);
                        for (int m = 0; m < samples; m++) {
                            packer.packLong((1000L + m) * part * (1 << 8) & 0xffff_ffffL);
                        }
                    }
                },
                status);
    }

    static List<MargaModel.Change> changes(byte[] payload) {
        List<Integer> words = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            words.add(bytes.getInt());
        }
        return MargaModel.play(words);
    }

    /** Samples of one receiver. */
    static int received(byte[] payload) {
        long samples = 0;
        long since = -1;
        int rate = 0;
        for (MargaModel.Change change : changes(payload)) {
            if (change.buffer() == MargaBuffer.RX0_RATE) {
                rate = change.value();
            } else if (change.buffer() == MargaBuffer.RX_CTRL) {
                boolean on = (change.value() & MargaBuffer.RX0_ENABLE) != 0;
                if (on && since < 0) {
                    since = change.tick();
                } else if (!on && since >= 0) {
                    samples += (change.tick() - since) / rate;
                    since = -1;
                }
            }
        }
        return (int) samples;
    }

    /** RF off, gates closed, nothing selected. */
    boolean isSafe() {
        for (int buffer = MargaBuffer.TX0_I; buffer <= MargaBuffer.TX1_Q; buffer++) {
            if (buffers[buffer] != 0) {
                return false;
            }
        }
        int word = buffers[MargaBuffer.GRAD_MSB] << 16 | buffers[MargaBuffer.GRAD_LSB];
        boolean zero = word == 0x07100000 || word == 0x000b8000;
        return buffers[MargaBuffer.GATES_LEDS] == 0 && buffers[MargaBuffer.GRAD_CTRL] == 0 && zero;
    }
}
