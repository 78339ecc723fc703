package org.isocenter.hardware.marcos;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/** Reads the console's replies from a stream of bytes, however it is cut. One thread. */
final class ReplyReader {
    /** A reply to a request, and one to an emergency stop. */
    private static final int REPLY = 128;

    private static final int STOP_REPLY = 129;
    private static final int PARTS = 6;
    private static final int STATUS_KINDS = 3;
    /** What a run's samples need at most, with room to spare. */
    private static final int MOST_ELEMENTS = 1 << 22;

    private static final int MOST_NESTED = 8;

    private final MessageUnpacker unpacker;

    ReplyReader(InputStream in) {
        unpacker = MessagePack.newDefaultUnpacker(in);
    }

    /** Something else than a reply came. What follows in the stream cannot be trusted any more. */
    static final class MalformedReplyException extends IOException {
        private static final long serialVersionUID = 1;

        MalformedReplyException(String message) {
            super(message);
        }
    }

    /** @throws org.msgpack.core.MessagePackException when it is no MessagePack */
    Reply read() throws IOException {
        if (!unpacker.getNextFormat().getValueType().isArrayType()) {
            throw new MalformedReplyException("expected an array of six, found " + unpacker.getNextFormat());
        }
        int parts = unpacker.unpackArrayHeader();
        if (parts != PARTS) {
            throw new MalformedReplyException("expected an array of six, found one of " + parts);
        }
        long type = integer("a reply's type");
        long index = integer("a reply's number");
        integer("a reply's third element");
        long version = integer("the server's version");
        if (type != REPLY && type != STOP_REPLY || index != 1) {
            throw new MalformedReplyException(
                    "expected reply 1 of type 128, found reply " + index + " of type " + type);
        }
        Map<String, Object> result = map("results", 0);
        Map<String, Object> status = map("errors, warnings and infos", 0);
        if (status.size() > STATUS_KINDS) {
            throw new MalformedReplyException("expected errors, warnings and infos, found " + status.keySet());
        }
        Reply reply = new Reply(
                version, result, strings(status, "errors"), strings(status, "warnings"), strings(status, "infos"));
        if (!status.isEmpty()) {
            throw new MalformedReplyException("expected errors, warnings and infos, found " + status.keySet());
        }
        return reply;
    }

    private long integer(String what) throws IOException {
        if (!unpacker.getNextFormat().getValueType().isIntegerType()) {
            throw new MalformedReplyException("expected " + what + ", found " + unpacker.getNextFormat());
        }
        return unpacker.unpackLong();
    }

    private Map<String, Object> map(String what, int nested) throws IOException {
        if (!unpacker.getNextFormat().getValueType().isMapType()) {
            throw new MalformedReplyException("expected a map of " + what + ", found " + unpacker.getNextFormat());
        }
        int size = atMost(unpacker.unpackMapHeader());
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            if (!unpacker.getNextFormat().getValueType().isStringType()) {
                throw new MalformedReplyException("expected a name among the " + what);
            }
            map.put(unpacker.unpackString(), value(nested + 1));
        }
        return map;
    }

    private static List<String> strings(Map<String, Object> status, String kind) throws MalformedReplyException {
        Object value = status.containsKey(kind) ? status.remove(kind) : List.of();
        List<String> texts = new ArrayList<>();
        if (!(value instanceof List<?> list)) {
            throw new MalformedReplyException("expected an array of " + kind);
        }
        for (Object each : list) {
            texts.add(String.valueOf(each));
        }
        return texts;
    }

    private Object value(int nested) throws IOException {
        if (nested > MOST_NESTED) {
            throw new MalformedReplyException("values are nested too deeply");
        }
        return switch (unpacker.getNextFormat().getValueType()) {
            case NIL -> {
                unpacker.unpackNil();
                yield null;
            }
            case BOOLEAN -> unpacker.unpackBoolean();
            case INTEGER -> unpacker.unpackLong();
            case FLOAT -> unpacker.unpackDouble();
            case STRING -> unpacker.unpackString();
            case ARRAY -> array(nested);
            case MAP -> map("values", nested);
            default -> throw new MalformedReplyException("found " + unpacker.getNextFormat());
        };
    }

    private Object array(int nested) throws IOException {
        int size = atMost(unpacker.unpackArrayHeader());
        if (size == 0) {
            return List.of();
        }
        if (unpacker.getNextFormat().getValueType().isIntegerType()) {
            // Grows with what comes, not with what is announced.
            long[] values = new long[Math.min(size, 1024)];
            for (int i = 0; i < size; i++) {
                if (i == values.length) {
                    values = Arrays.copyOf(values, Math.min(size, 2 * i));
                }
                values[i] = integer("a whole number");
            }
            return values;
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(value(nested + 1));
        }
        return values;
    }

    private static int atMost(int size) throws MalformedReplyException {
        if (size > MOST_ELEMENTS) {
            throw new MalformedReplyException("an array or map of " + size + " elements cannot be");
        }
        return size;
    }
}
