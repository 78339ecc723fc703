package org.isocenter.hardware.stream.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.isocenter.hardware.stream.EventsReader;
import org.isocenter.hardware.stream.Frame;
import org.isocenter.hardware.stream.FrameFormatException;
import org.isocenter.sequence.compile.EventChunk;

/** A whole table in a temporary file, for players that go through it more than once. It is read when all has been put. */
final class SpoolStore implements ReceivedTable.Store {
    private static final int BUFFER = 1 << 18;

    private final FileChannel file;
    private final ByteBuffer unwritten = ByteBuffer.allocate(BUFFER);
    private long written;

    SpoolStore() throws IOException {
        Path path = Files.createTempFile("isocenter-table", ".spool");
        file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public void put(Frame frame, EventChunk events) throws IOException {
        byte[] bytes = frame.copy();
        if (unwritten.remaining() < Integer.BYTES + bytes.length) {
            flush();
        }
        unwritten.putInt(bytes.length).put(bytes);
    }

    private void flush() throws IOException {
        unwritten.flip();
        while (unwritten.hasRemaining()) {
            written += file.write(unwritten, written);
        }
        unwritten.clear();
    }

    @Override
    public void end() {
        try {
            flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the table could not be kept", e);
        }
    }

    @Override
    public Iterator<EventChunk> chunks() {
        return new Pass();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the table's file could not be removed", e);
        }
    }

    private final class Pass implements Iterator<EventChunk> {
        private final EventsReader reader = new EventsReader();
        private final ByteBuffer read = ByteBuffer.allocate(BUFFER).limit(0);
        private long position;

        @Override
        public boolean hasNext() {
            return position < written || read.hasRemaining();
        }

        @Override
        public EventChunk next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the table has ended");
            }
            try {
                fill(Integer.BYTES);
                int length = read.getInt();
                fill(length);
                byte[] bytes = new byte[length];
                read.get(bytes);
                return reader.read(Frame.ofCopy(bytes));
            } catch (FrameFormatException e) {
                throw new IllegalStateException("the table's file has changed", e);
            } catch (IOException e) {
                throw new UncheckedIOException("the table's file cannot be read", e);
            }
        }

        private void fill(int needed) throws IOException {
            if (read.remaining() >= needed) {
                return;
            }
            read.compact();
            while (read.position() < needed) {
                int count = file.read(read, position);
                if (count < 0) {
                    throw new IOException("the table's file ends early");
                }
                position += count;
            }
            read.flip();
        }
    }
}
