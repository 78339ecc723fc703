package org.isocenter.hardware.marcos.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isocenter.hardware.UncompilableTableException;
import org.isocenter.hardware.marcos.MargaCompiler;
import org.isocenter.hardware.marcos.MargaSettings;
import org.isocenter.sequence.compile.TimedEvents;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/** A client that asks and believes what it is told. */
final class ClientOfTests implements AutoCloseable {
    private static final int VERSION = 65541;

    private final Socket socket;
    private final MessagePacker out;
    private final MessageUnpacker in;

    /** The server's answer to one command. */
    record Answer(Value result, List<String> errors, List<String> warnings) {
        /** The samples by the names of their channels; empty when there are none. */
        Map<String, int[]> samples() {
            Map<String, int[]> samples = new TreeMap<>();
            if (result.isMapValue()) {
                result.asMapValue()
                        .entrySet()
                        .forEach(entry -> samples.put(
                                entry.getKey().asStringValue().asString(),
                                entry.getValue().asArrayValue().list().stream()
                                        .mapToInt(v -> (int) v.asIntegerValue().asLong())
                                        .toArray()));
            }
            return samples;
        }
    }

    ClientOfTests(RunningServer server) throws IOException {
        socket = server.connect();
        out = MessagePack.newDefaultPacker(socket.getOutputStream());
        in = MessagePack.newDefaultUnpacker(socket.getInputStream());
    }

    Answer command(String name, long argument) throws IOException {
        begin(name).packLong(argument).flush();
        return answer();
    }

    Answer command(String name, byte[] argument) throws IOException {
        send(name, argument);
        return answer();
    }

    void send(String name, byte[] argument) throws IOException {
        begin(name).packBinaryHeader(argument.length).writePayload(argument).flush();
    }

    private MessagePacker begin(String name) throws IOException {
        out.packArrayHeader(5).packInt(0).packInt(0).packInt(0).packInt(VERSION);
        return out.packMapHeader(1).packString(name);
    }

    Answer answer() throws IOException {
        in.unpackArrayHeader();
        for (int i = 0; i < 4; i++) {
            in.unpackInt();
        }
        in.unpackMapHeader();
        in.unpackString();
        Value result = in.unpackValue();
        Map<String, List<String>> status = new TreeMap<>();
        in.unpackValue()
                .asMapValue()
                .entrySet()
                .forEach(entry -> status.put(
                        entry.getKey().asStringValue().asString(),
                        entry.getValue().asArrayValue().list().stream()
                                .map(text -> text.asStringValue().asString())
                                .toList()));
        return new Answer(result, status.getOrDefault("errors", List.of()), status.getOrDefault("warnings", List.of()));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Runs a program by itself, and fails on any error. */
    static Map<String, int[]> run(RunningServer server, byte[] payload) throws IOException {
        try (ClientOfTests client = new ClientOfTests(server)) {
            Answer answer = client.command("run_seq", payload);
            if (!answer.errors().isEmpty()) {
                throw new AssertionError(answer.errors().toString());
            }
            return answer.samples();
        }
    }

    /** A whole table as one program. */
    static byte[] payload(TimedEvents table, MargaSettings settings) throws IOException, UncompilableTableException {
        List<Integer> words = new ArrayList<>();
        MargaCompiler.compile(table, settings, words::add);
        return payload(words.stream().mapToInt(Integer::intValue).toArray());
    }

    static byte[] payload(int... words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int word : words) {
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                bytes.write(word >> shift);
            }
        }
        return bytes.toByteArray();
    }
}
