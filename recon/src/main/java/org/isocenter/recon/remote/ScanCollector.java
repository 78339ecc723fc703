package org.isocenter.recon.remote;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Waveform;
import org.isocenter.recon.mrd.MrdFormatException;
import org.isocenter.recon.mrd.MrdHeaderXml;
import org.isocenter.recon.mrd.MrdMessage;
import org.isocenter.recon.mrd.MrdNotes;

/** Makes a scan of the messages that somebody sends: a header, then readouts, then the end. One thread. */
public final class ScanCollector {
    /** Besides its values, what a readout or a waveform takes in memory. */
    private static final int MESSAGE_BYTES = 500;

    private static final int MESSAGE_SHARE = 4;

    private final long mostBytes;
    private final MrdNotes notes;
    private final List<Readout> readouts = new ArrayList<>();
    private final List<Waveform> waveforms = new ArrayList<>();
    private ScanHeader header;
    private String configuration = "";
    private boolean closed;
    private boolean cut;
    private long bytes;

    /** @param mostBytes memory that the scan may take */
    ScanCollector(long mostBytes, MrdNotes notes) {
        this.mostBytes = mostBytes;
        this.notes = notes;
    }

    /** @param notes what was wrong or had to be assumed, for the user */
    public record Contents(RawData raw, List<String> notes) {
        public Contents {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Reads a whole stream, up to its CLOSE or the end of the bytes. Blocks. Of one that was cut off or damaged, all readouts
     * before that are a scan that was cut short.
     *
     * @param channel blocking
     * @param mostBytes memory that the scan may take
     * @throws MrdFormatException when it is no MRD stream, holds no scan or more than there is room for
     * @throws EOFException when it ends before the first readout is whole
     */
    public static Contents read(ReadableByteChannel channel, long mostBytes) throws IOException {
        MrdNotes notes = new MrdNotes();
        ScanCollector collector = new ScanCollector(mostBytes, notes);
        MessageInbox inbox = collector.inbox();
        while (!collector.closed) {
            MrdMessage message;
            try {
                message = inbox.next();
            } catch (MrdFormatException e) {
                if (collector.readouts.isEmpty()) {
                    throw e;
                }
                collector.cut("is damaged (" + e.getMessage() + ")");
                break;
            }
            if (message != null) {
                collector.take(message, inbox.lastBytes());
            } else if (inbox.fill(channel) < 0) {
                collector.end(inbox.hasPart());
                break;
            }
        }
        return new Contents(collector.raw(), notes.toList());
    }

    /** No more bytes will come, though nobody said so. */
    private void end(boolean withinMessage) throws EOFException {
        if (withinMessage && !readouts.isEmpty()) {
            cut("ends within a message");
        } else if (withinMessage || header == null) {
            throw new EOFException("the MRD stream ends within a message, before the first readout is whole");
        } else {
            notes.add("the MRD stream ended without having been closed: what came was read");
        }
    }

    private void cut(String how) {
        cut = true;
        notes.add("the MRD stream " + how + " after " + readouts.size()
                + " whole readouts: these were read, as of a scan that was cut short");
    }

    /** For messages that this can take. */
    MessageInbox inbox() {
        return new MessageInbox(mostBytes / MESSAGE_SHARE, notes);
    }

    /**
     * @param messageBytes its length
     * @throws MrdFormatException when it cannot stand where it is, or there is no room for it
     */
    void take(MrdMessage message, long messageBytes) throws MrdFormatException {
        if (message instanceof MrdMessage.Config config) {
            configuration = config.text();
        } else if (message instanceof MrdMessage.Header found) {
            if (header != null) {
                throw new MrdFormatException("", "", "a second header in the same stream");
            }
            MrdHeaderXml.Parsed parsed = MrdHeaderXml.read(found.xml());
            parsed.notes().forEach(notes::add);
            header = parsed.header();
        } else if (message instanceof MrdMessage.Acquisition acquisition) {
            add(acquisition.readout(), messageBytes);
        } else if (message instanceof MrdMessage.Close) {
            closed = true;
        } else if (message instanceof MrdMessage.Waveform waveform) {
            take(messageBytes, "waveform " + waveforms.size());
            waveforms.add(waveform.waveform());
        } else if (message instanceof MrdMessage.Image) {
            notes.add("the stream has images: left out, only readouts are reconstructed");
        } else if (message instanceof MrdMessage.Array) {
            notes.add("the stream has an array: left out");
        }
    }

    private void add(Readout readout, long messageBytes) throws MrdFormatException {
        if (header == null) {
            throw new MrdFormatException("", "", "a readout before the header");
        }
        take(messageBytes, "readout " + readouts.size());
        readouts.add(readout);
    }

    private void take(long messageBytes, String what) throws MrdFormatException {
        bytes += messageBytes + MESSAGE_BYTES;
        if (bytes > mostBytes) {
            throw new MrdFormatException(
                    "", what, "the scan is larger than the " + (mostBytes >> 20) + " MB that there is memory for");
        }
    }

    boolean isClosed() {
        return closed;
    }

    boolean hasHeader() {
        return header != null;
    }

    int readouts() {
        return readouts.size();
    }

    /** What was asked for: a name or a text; empty when nothing was. */
    String configuration() {
        return configuration;
    }

    /** @throws MrdFormatException when there is no header */
    RawData raw() throws MrdFormatException {
        if (header == null) {
            throw new MrdFormatException("", "", "the stream was closed before a header came");
        }
        RawData raw = new RawData(header, readouts.size() + (cut ? 1 : 0));
        readouts.forEach(raw::append);
        raw.appendWaveforms(waveforms);
        return raw;
    }
}
