package org.isocenter.hardware.marcos.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.msgpack.core.MessageInsufficientBufferException;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/** Reads requests one after the other, and no more of each than the server has room for. */
final class RequestReader {
    private static final int MOST_BYTES = 32 << 20;
    private static final int MOST_NODES = 8192;

    private final MessageUnpacker unpacker;
    private long begin;
    private int nodes;

    RequestReader(InputStream in) {
        unpacker = MessagePack.newDefaultUnpacker(in);
    }

    /** An array or a map whose elements are still to come. */
    private record Open(RequestNode node, int length) {
        boolean complete() {
            return node.children().size() == length;
        }
    }

    /**
     * The next request; null when the client has left, or what it sends is no MessagePack or too large, so that the connection
     * is to be dropped.
     */
    RequestNode next() throws IOException {
        try {
            begin = unpacker.getTotalReadBytes();
            nodes = 0;
            return tree();
        } catch (MessageInsufficientBufferException | EOFException e) {
            return null;
        } catch (MessagePackException e) {
            return null;
        }
    }

    private RequestNode tree() throws IOException {
        Deque<Open> open = new ArrayDeque<>();
        take(1);
        while (true) {
            Open next = node();
            while (next.complete()) {
                if (open.isEmpty()) {
                    return next.node();
                }
                Open parent = open.pop();
                parent.node().children().add(next.node());
                next = parent;
            }
            open.push(next);
        }
    }

    private void take(long more) {
        nodes += (int) Math.min(more, MOST_NODES);
        if (nodes > MOST_NODES || unpacker.getTotalReadBytes() - begin >= MOST_BYTES) {
            throw new TooLargeException();
        }
    }

    private Open node() throws IOException {
        switch (unpacker.getNextFormat().getValueType()) {
            case NIL -> {
                unpacker.unpackNil();
                return leaf(RequestNode.Kind.NIL, 0, null);
            }
            case INTEGER -> {
                BigInteger value = unpacker.unpackBigInteger();
                boolean small = value.signum() >= 0 && value.bitLength() <= 32;
                return leaf(small ? RequestNode.Kind.INTEGER : RequestNode.Kind.OTHER, value.longValue(), null);
            }
            case BOOLEAN -> {
                unpacker.unpackBoolean();
                return leaf(RequestNode.Kind.OTHER, 0, null);
            }
            case FLOAT -> {
                unpacker.unpackDouble();
                return leaf(RequestNode.Kind.OTHER, 0, null);
            }
            case STRING -> {
                return leaf(RequestNode.Kind.TEXT, 0, payload(unpacker.unpackRawStringHeader()));
            }
            case BINARY -> {
                return leaf(RequestNode.Kind.BINARY, 0, payload(unpacker.unpackBinaryHeader()));
            }
            case ARRAY -> {
                int length = unpacker.unpackArrayHeader();
                take(length);
                return new Open(parent(RequestNode.Kind.ARRAY), length);
            }
            case MAP -> {
                long length = 2L * unpacker.unpackMapHeader();
                take(length);
                return new Open(parent(RequestNode.Kind.MAP), (int) length);
            }
            default -> throw new TooLargeException();
        }
    }

    private byte[] payload(int length) throws IOException {
        if (length + unpacker.getTotalReadBytes() - begin >= MOST_BYTES) {
            throw new TooLargeException();
        }
        return unpacker.readPayload(length);
    }

    private static Open leaf(RequestNode.Kind kind, long integer, byte[] bytes) {
        return new Open(new RequestNode(kind, integer, bytes, List.of()), 0);
    }

    private static RequestNode parent(RequestNode.Kind kind) {
        return new RequestNode(kind, 0, null, new ArrayList<>());
    }

    /** More than the server has room for, or a type that it does not know. */
    private static final class TooLargeException extends MessagePackException {
        private static final long serialVersionUID = 1;
    }
}
