package org.isocenter.session.journal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.mrd.MrdMessages;

/**
 * Keeps a scan's readouts: each is written to the journal file and synced to the disk, and only then appended to the
 * {@link RawData} that others see. A thread of its own does both, so that a slow disk does not hold up the scanner; what
 * came in during one sync shares the next. {@link #append} is for one thread.
 */
public final class Journal implements AutoCloseable {
    public static final String FILE_NAME = "journal.mrdj";

    /** Readouts that may wait for the disk; then {@link #append} waits too. */
    private static final int MAX_PENDING = 4096;

    private final Path file;
    private final FileChannel channel;
    private final RawData raw;
    private final Runnable shown;
    private final Thread thread;
    private ByteBuffer buffer = buffer(1 << 16); // the journal thread's, once that runs

    private final Object lock = new Object();
    private final Queue<Readout> pending = new ArrayDeque<>();
    private boolean closing;
    private String endState;
    private Exception failure;

    private Journal(Path file, FileChannel channel, RawData raw, Runnable shown) {
        this.file = file;
        this.channel = channel;
        this.raw = raw;
        this.shown = shown;
        this.thread = new Thread(this::work, "journal");
    }

    /**
     * Makes the file, which must not exist, with the header of {@code raw} and {@code report}, on disk when this returns.
     *
     * @param raw empty; only the journal appends to it
     * @param report what else belongs to the scan, as JSON; given back by {@link JournalReader}
     * @param shown called on the journal's thread each time readouts have been appended to {@code raw}; must be quick
     */
    public static Journal create(Path file, RawData raw, String report, Runnable shown) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Journal journal = new Journal(file, channel, raw, shown);
        try {
            journal.writeFully(JournalFormat.preamble());
            journal.writeRecord(MrdMessages.header(headerOf(raw)));
            journal.writeRecord(MrdMessages.text(MrdMessages.TEXT, report));
            channel.force(true);
            syncFolder(file);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        journal.thread.start();
        return journal;
    }

    /** The scan's header, with how many readouts it is to bring: a reader tells from that what is missing. */
    private static ScanHeader headerOf(RawData raw) {
        ScanHeader header = raw.header();
        Map<String, String> parameters = new HashMap<>(header.userParameters());
        parameters.put(JournalReader.EXPECTED_READOUTS, Integer.toString(raw.expected()));
        return new ScanHeader(
                header.measurementId(),
                header.protocolName(),
                header.start(),
                header.study(),
                header.scanner(),
                header.sequence(),
                header.encodings(),
                parameters);
    }

    /** Bytes that this readout takes in a journal. */
    public static long recordBytes(ReadoutHeader header, int trajectoryDimensions) {
        return JournalFormat.FRAME_BYTES + MrdMessages.acquisitionBytes(header, trajectoryDimensions);
    }

    /**
     * Hands over a readout, whose arrays must not change any more. It will be on disk, and then in the raw data, soon.
     *
     * @throws IOException when this or an earlier readout could not be kept
     */
    public void append(Readout readout) throws IOException {
        synchronized (lock) {
            try {
                while (pending.size() >= MAX_PENDING && failure == null) {
                    lock.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the disk");
            }
            throwFailure();
            if (closing) {
                throw new IOException("the journal is closed (" + file + ")");
            }
            pending.add(readout);
            lock.notifyAll();
        }
    }

    /**
     * Waits until all is on disk and shown, then notes how the scan ended, and closes.
     *
     * @throws IOException when something could not be kept
     */
    public void end(String state) throws IOException {
        synchronized (lock) {
            endState = state;
        }
        close();
    }

    /** Waits until all is on disk and shown, then closes. After {@link #end}, does nothing. */
    @Override
    public void close() throws IOException {
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // data first; the caller learns of it below
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (lock) {
            throwFailure();
        }
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw new IOException("the journal cannot be written (" + file + "): " + failure.getMessage(), failure);
        }
    }

    private void work() {
        try (channel) {
            List<Readout> batch = new ArrayList<>();
            while (takeAll(batch)) {
                for (Readout readout : batch) {
                    writeReadout(readout);
                }
                channel.force(false);
                batch.forEach(raw::append);
                shown.run();
                batch.clear();
            }
            writeEnd();
        } catch (IOException | RuntimeException e) {
            synchronized (lock) {
                failure = e;
                pending.clear();
                lock.notifyAll();
            }
        }
    }

    /** Waits for readouts; false when all is done. */
    private boolean takeAll(List<Readout> batch) throws InterruptedIOException {
        synchronized (lock) {
            try {
                while (pending.isEmpty() && !closing) {
                    lock.wait();
                }
            } catch (InterruptedException e) {
                throw new InterruptedIOException("the journal's thread was interrupted");
            }
            batch.addAll(pending);
            pending.clear();
            lock.notifyAll();
            return !batch.isEmpty();
        }
    }

    private void writeEnd() throws IOException {
        String state;
        synchronized (lock) {
            state = endState;
        }
        if (state != null) {
            writeRecord(MrdMessages.text(MrdMessages.TEXT, JournalFormat.END_PREFIX + state));
            writeRecord(MrdMessages.close());
            channel.force(false);
        }
    }

    private void writeReadout(Readout readout) throws IOException {
        int payload = MrdMessages.acquisitionBytes(readout.header(), readout.trajectoryDimensions());
        int needed = JournalFormat.FRAME_BYTES + payload;
        if (buffer.capacity() < needed) {
            buffer = buffer(needed);
        }
        buffer.clear().position(JournalFormat.FRAME_BYTES);
        MrdMessages.putAcquisition(readout, buffer);
        buffer.flip();
        writeFramed(buffer);
    }

    private void writeRecord(ByteBuffer message) throws IOException {
        ByteBuffer record = buffer(JournalFormat.FRAME_BYTES + message.remaining());
        record.position(JournalFormat.FRAME_BYTES);
        record.put(message).flip();
        writeFramed(record);
    }

    /** Fills in the frame before a payload that begins at {@link JournalFormat#FRAME_BYTES}, and writes both. */
    private void writeFramed(ByteBuffer record) throws IOException {
        int payload = record.limit() - JournalFormat.FRAME_BYTES;
        if (payload > JournalFormat.MAX_PAYLOAD_BYTES) {
            throw new IOException("a message of " + payload + " bytes is longer than a journal holds");
        }
        record.putInt(0, payload);
        record.putInt(4, JournalFormat.checksum(record.slice(JournalFormat.FRAME_BYTES, payload)));
        writeFully(record);
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Makes the file's name as durable as its bytes, where the system lets a folder be opened. */
    private static void syncFolder(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }
}
