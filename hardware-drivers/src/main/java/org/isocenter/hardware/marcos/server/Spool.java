package org.isocenter.hardware.marcos.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps what a client announces in a temporary file: an hour's scan is some gigabytes. One thread. */
final class Spool implements Closeable {
    private final FileChannel file;

    Spool() {
        try {
            Path path = Files.createTempFile("marcos", ".words");
            file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file for what was announced", e);
        }
    }

    /** The same bytes, but in the file. Stays readable after {@link #close}. */
    ByteBuffer keep(byte[] bytes) throws IOException {
        long at = file.size();
        ByteBuffer from = ByteBuffer.wrap(bytes);
        while (from.hasRemaining()) {
            file.write(from, at + from.position());
        }
        return file.map(FileChannel.MapMode.READ_ONLY, at, bytes.length);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary file could not be closed", e);
        }
    }
}
