package org.isocenter.recon.remote;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.isocenter.model.Patient;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Study;
import org.isocenter.recon.mrd.MrdMessages;

/**
 * A scan as the bytes of an MRD stream: configuration, header, waveforms that were there at the start, readouts slice by slice as far
 * as they are there, and the end. Made a piece at a time, straight from the raw data, so that a scan is in memory once. One thread.
 */
final class ScanSender {
    private static final int BUFFER_BYTES = 1 << 18;

    private final RawData raw;
    private final SliceBySlice order;
    private final Queue<ByteBuffer> first;
    private ByteBuffer buffer = buffer(BUFFER_BYTES).limit(0);
    private boolean closed;

    ScanSender(MrdServer.Configuration configuration, RawData raw) {
        this.raw = raw;
        this.order = new SliceBySlice(raw);
        ByteBuffer asked = configuration.text().isEmpty()
                ? MrdMessages.configFile(configuration.name())
                : MrdMessages.text(MrdMessages.CONFIG_TEXT, configuration.text());
        this.first = new ArrayDeque<>(List.of(asked, MrdMessages.header(withoutPatient(raw.header()))));
        raw.waveforms().forEach(waveform -> first.add(MrdMessages.waveform(waveform)));
    }

    /** The protocol knows neither encryption nor login, and a reconstruction needs to know nobody's name. */
    static ScanHeader withoutPatient(ScanHeader header) {
        Study study = header.study();
        Study nobody = new Study(
                study.instanceUid(),
                "",
                "",
                "",
                "",
                study.frameOfReferenceUid(),
                study.start(),
                Patient.UNKNOWN,
                study.position(),
                study.anatomy(),
                study.phantom(),
                List.of(),
                null);
        return new ScanHeader(
                header.measurementId(),
                header.protocolName(),
                header.start(),
                nobody,
                header.scanner(),
                header.sequence(),
                header.encodings(),
                header.userParameters());
    }

    /**
     * The bytes to send next, in the same buffer each time; more of them are put in when all have been sent.
     *
     * @param ended whether the raw data are all there; must have been found out before this is called
     * @throws IllegalArgumentException when a readout does not fit an MRD message
     */
    ByteBuffer bytes(boolean ended) {
        if (buffer.hasRemaining()) {
            return buffer;
        }
        if (!first.isEmpty()) {
            buffer = first.remove();
            return buffer;
        }
        int size = raw.size();
        if (buffer.capacity() < BUFFER_BYTES) {
            buffer = buffer(BUFFER_BYTES);
        }
        buffer.clear();
        int next = order.next(size, ended);
        while (next >= 0 && putIfFits(raw.readout(next))) {
            order.sent(next);
            next = order.next(size, ended);
        }
        if (ended && next < 0 && !closed && buffer.remaining() >= 2) {
            buffer.put(MrdMessages.close());
            closed = true;
        }
        buffer.flip();
        return buffer;
    }

    private boolean putIfFits(Readout readout) {
        int needed = MrdMessages.acquisitionBytes(readout.header(), readout.trajectoryDimensions());
        if (needed > buffer.remaining()) {
            if (buffer.position() > 0) {
                return false;
            }
            buffer = buffer(needed);
        }
        MrdMessages.putAcquisition(readout, buffer);
        return true;
    }

    /** How many readouts have been sent, or are in the buffer. */
    int readouts() {
        return order.count();
    }

    /** Whether there is nothing to send for now. */
    boolean isIdle() {
        return first.isEmpty() && !buffer.hasRemaining();
    }

    /** Whether everything has been sent, the end too. */
    boolean isDone() {
        return closed && isIdle();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
