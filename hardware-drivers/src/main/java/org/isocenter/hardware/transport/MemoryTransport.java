package org.isocenter.hardware.transport;

import java.io.IOException;

/** One end of a link inside this program: what a device and its driver talk through when no wire is wanted. */
public final class MemoryTransport implements Transport {
    private final String name;
    private final MemoryPipe in;
    private final MemoryPipe out;

    private MemoryTransport(String name, MemoryPipe in, MemoryPipe out) {
        this.name = name;
        this.in = in;
        this.out = out;
    }

    /** The two ends of a link. */
    public record Pair(Transport near, Transport far) {}

    /**
     * A new link.
     *
     * @param capacity how many bytes are under way in each direction before a writer waits, at least 1
     */
    public static Pair pair(String name, int capacity) {
        MemoryPipe there = new MemoryPipe(name, capacity);
        MemoryPipe back = new MemoryPipe(name, capacity);
        return new Pair(new MemoryTransport(name, back, there), new MemoryTransport(name, there, back));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException {
        return in.read(buffer, offset, length, timeoutMillis);
    }

    @Override
    public void write(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException {
        out.write(buffer, offset, length, timeoutMillis);
    }

    @Override
    public void close() {
        in.closeReader();
        out.closeWriter();
    }
}
