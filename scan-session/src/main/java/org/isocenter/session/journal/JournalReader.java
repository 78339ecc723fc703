package org.isocenter.session.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.mrd.MrdFormatException;
import org.isocenter.recon.mrd.MrdHeaderXml;
import org.isocenter.recon.mrd.MrdMessage;
import org.isocenter.recon.mrd.MrdMessages;
import org.isocenter.recon.mrd.MrdNotes;

/**
 * Reads a journal up to its end, or to the first record that is torn or damaged; what follows that is left alone. Never
 * changes the file. Needs memory for the readouts and one record; a length or count in the file is never trusted for more.
 */
public final class JournalReader {
    /** Where the header keeps how many readouts the scan was to bring. */
    static final String EXPECTED_READOUTS = "expectedReadouts";

    /** More than a scan of a day; what is above this is garbage, and 8 bytes each are reserved. */
    private static final int MAX_EXPECTED_READOUTS = 1 << 24;

    private final Path file;
    private final FileChannel channel;
    private final long fileBytes;
    private final MrdNotes notes = new MrdNotes();
    private final List<Readout> readouts = new ArrayList<>();
    private ScanHeader header;
    private String report = "";
    private String endState = "";
    private boolean closed;
    private long goodBytes;
    private String damage = "";
    private ByteBuffer buffer = buffer(1 << 16);

    private JournalReader(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.fileBytes = channel.size();
    }

    /**
     * Reads what can be read.
     *
     * @throws JournalFormatException when the file is no journal, or its header cannot be read
     * @throws IOException when the file cannot be read at all
     */
    public static RecoveredScan read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new JournalReader(file, channel).read();
        }
    }

    /** Whether the file begins like a journal. */
    public static boolean isJournal(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer start = ByteBuffer.allocate(JournalFormat.PREAMBLE_BYTES);
            fill(channel, start);
            return JournalFormat.preambleProblem(start.flip()).isEmpty();
        }
    }

    private RecoveredScan read() throws IOException {
        ByteBuffer start = ByteBuffer.allocate(JournalFormat.PREAMBLE_BYTES);
        fill(channel, start);
        String problem = JournalFormat.preambleProblem(start.flip());
        if (!problem.isEmpty()) {
            throw new JournalFormatException(file.toString(), "this is no journal of a scan: " + problem, null);
        }
        goodBytes = JournalFormat.PREAMBLE_BYTES;
        try {
            while (goodBytes < fileBytes && !closed && readRecord()) {
                // each call takes one record
            }
        } catch (MrdFormatException e) {
            damage = e.getMessage();
        }
        if (closed && goodBytes < fileBytes) {
            damage = "bytes after the end";
        }
        if (header == null) {
            throw new JournalFormatException(
                    file.toString(), "the scan's header is damaged, nothing can be recovered: " + damage, null);
        }
        return new RecoveredScan(
                raw(), report, closed ? endState : "", goodBytes, fileBytes - goodBytes, damage, notes.toList());
    }

    /** Takes the next record; false, with the reason in {@link #damage}, when there is no good one. */
    private boolean readRecord() throws IOException {
        ByteBuffer frame = buffer(JournalFormat.FRAME_BYTES);
        if (fill(channel, frame) < JournalFormat.FRAME_BYTES) {
            damage = "the last record is torn";
            return false;
        }
        long length = frame.getInt(0) & 0xffffffffL;
        if (length == 0 || length > JournalFormat.MAX_PAYLOAD_BYTES) {
            damage = "a record of " + length + " bytes cannot be";
            return false;
        }
        if (length > fileBytes - goodBytes - JournalFormat.FRAME_BYTES) {
            damage = "the last record is torn";
            return false;
        }
        if (buffer.capacity() < length) {
            buffer = buffer((int) length);
        }
        buffer.clear().limit((int) length);
        if (fill(channel, buffer) < length) {
            damage = "the last record is torn";
            return false;
        }
        buffer.flip();
        if (JournalFormat.checksum(buffer) != frame.getInt(4)) {
            damage = "a record's checksum does not fit";
            return false;
        }
        MrdMessage message = MrdMessages.read(buffer, notes);
        if (buffer.hasRemaining() || !take(message)) {
            damage = "a record holds what does not belong there";
            return false;
        }
        goodBytes += JournalFormat.FRAME_BYTES + length;
        return true;
    }

    /** Whether the message may stand at this place. */
    private boolean take(MrdMessage message) throws MrdFormatException {
        if (message instanceof MrdMessage.Header found) {
            if (header != null) {
                return false;
            }
            MrdHeaderXml.Parsed parsed = MrdHeaderXml.read(found.xml());
            parsed.notes().forEach(notes::add);
            header = parsed.header();
            return true;
        }
        if (header == null) {
            return false;
        }
        if (message instanceof MrdMessage.Acquisition acquisition) {
            readouts.add(acquisition.readout());
            return true;
        }
        if (message instanceof MrdMessage.Text text) {
            if (text.text().startsWith(JournalFormat.END_PREFIX)) {
                endState = text.text().substring(JournalFormat.END_PREFIX.length());
            } else {
                report = text.text();
            }
            return true;
        }
        closed = message instanceof MrdMessage.Close;
        return closed;
    }

    private RawData raw() {
        int expected = 0;
        String text = header.userParameters().getOrDefault(EXPECTED_READOUTS, "");
        if (text.matches("[0-9]{1,9}")) {
            expected = Math.min(Integer.parseInt(text), MAX_EXPECTED_READOUTS);
        }
        RawData raw = new RawData(header, Math.max(expected, readouts.size()));
        readouts.forEach(raw::append);
        return raw;
    }

    /** Reads until the buffer is full or the file ends; returns how many bytes there were. */
    private static int fill(FileChannel channel, ByteBuffer target) throws IOException {
        int before = target.position();
        while (target.hasRemaining() && channel.read(target) >= 0) {
            // read again
        }
        return target.position() - before;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
