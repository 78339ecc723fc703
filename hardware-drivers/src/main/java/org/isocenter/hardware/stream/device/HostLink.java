package org.isocenter.hardware.stream.device;

import java.io.IOException;
import org.isocenter.hardware.stream.Frame;
import org.isocenter.hardware.stream.FrameFormatException;
import org.isocenter.hardware.stream.FrameWriter;
import org.isocenter.hardware.stream.Line;
import org.isocenter.hardware.stream.LineListener;
import org.isocenter.hardware.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a host to the device. */
final class HostLink implements LineListener {
    private static final long LAST_WORD_NANOS = 200_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(HostLink.class);

    private final StreamDevice device;
    private final boolean serial;
    private final Line line;
    private volatile long lastWordNanos;
    private boolean last;

    /**
     * @param serial whether the link stays when hosts come and go, and no second one can come
     * @param mostAtOnce bytes that are handed to the link in one piece
     */
    HostLink(Transport transport, boolean serial, int largest, int mostAtOnce, StreamDevice device) {
        this.device = device;
        this.serial = serial;
        line = new Line(transport, largest, mostAtOnce, "event-stream device " + transport.name(), this);
    }

    boolean serial() {
        return serial;
    }

    Line line() {
        return line;
    }

    void send(FrameWriter frame, int session) {
        if (!line.send(frame, session)) {
            LOG.debug("{} takes nothing", line.name());
        }
    }

    /** What was sent is the last word. */
    void closeSoon() {
        lastWordNanos = System.nanoTime();
        last = true;
    }

    /** Whether the host has had time to read the last word: closing at once would take it away with what the host still sends. */
    boolean isOver() {
        return last && System.nanoTime() - lastWordNanos > LAST_WORD_NANOS;
    }

    @Override
    public void frame(Frame frame) throws IOException {
        device.frame(this, frame);
    }

    @Override
    public void stranger(Frame frame) {
        device.stranger(this, frame.session());
    }

    @Override
    public void broken(FrameFormatException problem) {
        device.broken(this, problem);
    }

    @Override
    public void abort() {
        device.abort();
    }

    @Override
    public void lost(IOException cause) {
        LOG.debug("{} is lost", line.name(), cause);
        device.closed(this);
    }

    /** Closes from this side. */
    void close() {
        line.close();
        device.closed(this);
    }
}
