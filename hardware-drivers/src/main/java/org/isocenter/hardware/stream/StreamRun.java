package org.isocenter.hardware.stream;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One table on its way through the device: waits for what comes back, hands readouts to the sink, and ends when the device says
 * that it is over, or when it must be given up. {@link #play} is for one thread; the link's threads and {@link #abort} put things in.
 */
final class StreamRun {
    private static final Logger LOG = LoggerFactory.getLogger(StreamRun.class);
    private static final int POLL_MILLIS = 20;
    private static final int SETTLE_MILLIS = 100;
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long SAFE_MILLIS = 1000;
    private static final long SAFE_NANOS = TimeUnit.MILLISECONDS.toNanos(SAFE_MILLIS);
    private static final long STANDSTILL_SECONDS = 60;
    private static final long SIMULATION_STANDSTILL_SECONDS = 600;

    /** What comes back, in order. */
    private sealed interface Item {}

    private record Samples(ReadoutCollector.Window window, int payloadBytes) implements Item {}

    private record Ended(Over over, int payloadBytes) implements Item {}

    private record NotDone(Refused refused) implements Item {}

    private final String device;
    private final double clockHertz;
    private final int windows;
    private final WindowDemodulator demodulator;
    private final ReadoutSink sink;
    private final Recovery recovery;
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final ReadoutCollector collector;
    private int partBytes;
    private volatile boolean abortAsked;
    private volatile long abortNanos;
    /** When something of the table came last: on a slow line readouts come long after the stop. */
    private volatile long heardNanos = System.nanoTime();

    /** Changed by the run's thread, with the monitor held. */
    private DeviceLink link;

    private boolean ended;
    private int delivered;
    /** Whether the sink takes what comes: one that has failed once is left alone. */
    private boolean keeping = true;

    private long movedNanos = System.nanoTime();
    private DeviceStatus reported;
    private ScannerException lost;
    private long lostNanos;
    /** Whether all is done for the device's safety that can be. */
    private boolean over;
    /** Whether nothing more of this table will come. */
    private boolean overHeard;

    /** How to go on with a session whose link is lost. */
    interface Recovery {
        /** A new link to the same session; throws when there is none. */
        DeviceLink again(DeviceLink lost) throws ScannerException;
    }

    StreamRun(
            String device,
            DeviceLink link,
            TableHeader header,
            WindowDemodulator demodulator,
            ReadoutSink sink,
            Recovery recovery) {
        this.device = device;
        this.link = link;
        this.clockHertz = header.clockHertz();
        this.windows = header.windows();
        this.collector = new ReadoutCollector(link.welcome().receivers(), header.windows(), header.longestWindow());
        this.demodulator = demodulator;
        this.sink = sink;
        this.recovery = recovery;
    }

    /** READOUT, OVER or REFUSED, on the link's thread. */
    void numbered(Frame frame) throws FrameFormatException {
        switch (frame.type()) {
            case READOUT -> {
                partBytes += frame.payloadBytes();
                ReadoutCollector.Window window = collector.take(frame);
                heardNanos = System.nanoTime();
                if (window != null) {
                    items.add(new Samples(window, partBytes));
                    partBytes = 0;
                }
            }
            case OVER -> {
                // The window under way, if any, is never finished.
                items.add(new Ended(Over.read(frame), partBytes));
                partBytes = 0;
            }
            default -> items.add(new NotDone(Refused.read(frame)));
        }
    }

    /** The person, or somebody for them, has stopped it. Any thread; of no effect when it is over. */
    synchronized void abort() {
        if (!ended) {
            abortNanos = System.nanoTime();
            abortAsked = true;
            link.heart().abort();
        }
    }

    /** Sends the table and waits until it is over. The device is safe then, as far as it can be reached. */
    RunOutcome play(TableSender sender) throws ScannerException, IOException {
        try {
            sender.start();
            return await(sender);
        } catch (ScannerException e) {
            throw explained(e, madeSafe(sender));
        } finally {
            // Whatever else went wrong, such as a sink that cannot keep a readout: nothing plays on.
            madeSafe(sender);
            end();
        }
    }

    /** No stop of this run may reach the next one. */
    private void end() {
        synchronized (this) {
            ended = true;
        }
        if (!link.heart().endAbort(SAFE_MILLIS)) {
            link.close();
        }
    }

    private RunOutcome await(TableSender sender) throws ScannerException, IOException {
        while (true) {
            Item item = poll();
            if (item instanceof Samples samples) {
                deliver(samples);
            } else if (item instanceof Ended end) {
                over = true;
                overHeard = true;
                link.exchange().grant(end.payloadBytes);
                return outcome(end.over);
            } else if (item instanceof NotDone notDone) {
                over = notDone.refused.type() == FrameType.ARM;
                // A device refuses without its second connection: if that was cut just now, this is the cause, and
                // throws.
                link.await(() -> false, SETTLE_MILLIS);
                throw refused(notDone.refused);
            } else if (link.failure() != null) {
                sender.stop();
                goOnAfter(link.failure());
            } else if (abortAsked && sender.done() && !sender.armed()) {
                return RunOutcome.ABORTED;
            } else {
                report(sender);
                sender.throwIfFailed(device);
                giveUpWhenLate();
            }
            if (abortAsked) {
                sender.stop();
            }
        }
    }

    private Item poll() throws ScannerException {
        try {
            return items.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScannerException(Kind.TIMEOUT, device, "the scan was interrupted", e);
        }
    }

    private void deliver(Samples samples) throws ScannerException, IOException {
        ReadoutCollector.Window window = samples.window;
        keeping = false;
        try {
            demodulator.apply(window);
        } catch (FrameFormatException e) {
            throw new ScannerException(Kind.PROTOCOL, device, e.getMessage(), e);
        }
        sink.readout(window.index(), window.channels(), window.samples(), window.real(), window.imaginary());
        keeping = true;
        delivered++;
        movedNanos = System.nanoTime();
        link.exchange().grant(samples.payloadBytes);
    }

    private void report(TableSender sender) {
        if (!sender.armed()) {
            movedNanos = System.nanoTime();
            sink.preparing(sender.checkedShare());
            return;
        }
        DeviceStatus now = link.status();
        if (now == null || now == reported) {
            return;
        }
        if (reported == null
                || now.tick() != reported.tick()
                || now.prepared() != reported.prepared()
                || now.queuedBytes() != reported.queuedBytes()) {
            movedNanos = System.nanoTime();
        }
        reported = now;
        if (now.state() == DeviceState.RUNNING || now.state() == DeviceState.ARMED) {
            if (now.prepared() < 1) {
                sink.preparing(now.prepared());
            } else if (now.tick() > 0) {
                sink.played(now.tick() / clockHertz);
            }
        }
    }

    private void giveUpWhenLate() throws ScannerException {
        long now = System.nanoTime();
        long quiet = now - heardNanos;
        if (lost != null && Math.min(quiet, now - lostNanos) > STOP_NANOS) {
            throw lost;
        }
        if (abortAsked && Math.min(quiet, now - abortNanos) > STOP_NANOS) {
            throw new ScannerException(
                    Kind.TIMEOUT, device, "the device was told to stop and has not said that it has");
        }
        boolean simulated = link.welcome().can(Capability.SIMULATED);
        long most = simulated ? SIMULATION_STANDSTILL_SECONDS : STANDSTILL_SECONDS;
        if (now - movedNanos > TimeUnit.SECONDS.toNanos(most)) {
            throw new ScannerException(Kind.TIMEOUT, device, "the device has played nothing for " + most + " s");
        }
    }

    /**
     * With the link lost or fallen silent, what the device kept can still be had over a new one; other failures end the run. The
     * session goes on with all frames that were lost, but the table must not: should it begin now, it is stopped at once.
     */
    private void goOnAfter(ScannerException cause) throws ScannerException {
        boolean passing = cause.kind() == Kind.LINK_LOST || cause.kind() == Kind.TIMEOUT;
        if (!passing || lost != null) {
            throw lost != null ? lost : cause;
        }
        lost = cause;
        try {
            DeviceLink found = recovery.again(link);
            synchronized (this) {
                link = found;
            }
        } catch (ScannerException e) {
            if (e.kind() == Kind.DEVICE_FAULT) {
                throw e;
            }
            cause.addSuppressed(e);
            throw cause;
        }
        lostNanos = System.nanoTime();
        link.heart().abort();
    }

    private RunOutcome outcome(Over over) throws ScannerException {
        if (lost != null) {
            throw backAgain("the device has stopped (" + why(over) + "), and all that it had measured was fetched");
        }
        switch (over.reason()) {
            case COMPLETED -> {
                if (delivered != windows) {
                    throw new ScannerException(
                            Kind.PROTOCOL,
                            device,
                            "the device has finished with " + delivered + " readouts of " + windows);
                }
                return RunOutcome.COMPLETED;
            }
            case ABORT -> {
                if (abortAsked) {
                    return RunOutcome.ABORTED;
                }
                throw over(Kind.DEVICE_FAULT, over);
            }
            case INTERLOCK -> throw over(Kind.INTERLOCK, over);
            case DEAD_MAN, LINK -> throw over(Kind.LINK_LOST, over);
            case TABLE -> throw over(Kind.PROTOCOL, over);
            case LIMIT -> throw over(Kind.REFUSED, over);
            default -> throw over(Kind.DEVICE_FAULT, over);
        }
    }

    /** The link was lost, and it is known what became of the table. */
    private ScannerException backAgain(String table) {
        return new ScannerException(
                lost.kind(),
                device,
                "the link was lost during the scan (" + withoutDevice(lost) + "); it is back, " + table
                        + ": check cable and network",
                lost);
    }

    private ScannerException over(Kind kind, Over over) {
        return new ScannerException(kind, device, "the device has stopped: " + why(over));
    }

    private static String why(Over over) {
        return over.reason().text() + (over.text().isEmpty() ? "" : ": " + over.text());
    }

    private ScannerException refused(Refused refused) {
        String what = refused.type() == FrameType.ARM ? "the table" : "a " + refused.type() + " frame";
        String text = refused.text().isEmpty() ? refused.reason().text() : refused.text();
        Kind kind = refused.reason() == Reason.INTERLOCK ? Kind.INTERLOCK : Kind.REFUSED;
        if (lost != null && kind == Kind.REFUSED) {
            // What was under way when the link went comes again, and finds the device in another state.
            return backAgain("the device did not begin (" + text + ")");
        }
        return new ScannerException(kind, device, "the device refuses " + what + ": " + text);
    }

    /** Stops the device; whether it is known to be safe. If not, the link is closed, which stops it too if it still can. */
    private boolean madeSafe(TableSender sender) {
        sender.stop();
        sender.awaitEnd();
        if (over || !sender.armed()) {
            return link.usable();
        }
        over = true;
        link.heart().abort();
        try {
            awaitOver();
            return overHeard || saysThatItIsSafe();
        } catch (ScannerException e) {
            LOG.info("{} cannot be asked whether it is safe: {}", device, e.getMessage());
            return false;
        } finally {
            if (!overHeard) {
                link.close();
            }
        }
    }

    private boolean saysThatItIsSafe() throws ScannerException {
        int beat = link.heart().beat();
        return link.await(() -> link.knownSafe() && link.hasHeard(beat), SAFE_MILLIS);
    }

    /** Takes what still comes of the table, up to its end: what was measured is kept, and the next table does not get it. */
    private void awaitOver() throws ScannerException {
        long begin = System.nanoTime();
        while (!overHeard) {
            Item item = poll();
            if (item instanceof Samples samples && keeping) {
                deliverLate(samples);
            } else if (item instanceof Samples samples) {
                link.exchange().grant(samples.payloadBytes);
            } else if (item instanceof Ended end) {
                overHeard = true;
                link.exchange().grant(end.payloadBytes);
            } else if (item == null && link.failure() != null) {
                throw link.failure();
            } else if (Math.min(System.nanoTime() - begin, System.nanoTime() - heardNanos) > SAFE_NANOS) {
                return;
            }
        }
    }

    /** Something else has ended the scan: that is what will be told. */
    private void deliverLate(Samples samples) {
        try {
            deliver(samples);
        } catch (ScannerException | IOException e) {
            LOG.warn(
                    "{}: readout {} came after the scan had failed, and could not be kept",
                    device,
                    samples.window.index(),
                    e);
        }
    }

    private ScannerException explained(ScannerException failure, boolean safe) {
        String known = safe
                ? "the device says that its outputs are safe"
                : "the device cannot be asked; it makes itself safe within "
                        + link.welcome().deadManMillis() + " ms without a heartbeat";
        return new ScannerException(failure.kind(), device, withoutDevice(failure) + "; " + known, failure);
    }

    private static String withoutDevice(ScannerException failure) {
        String prefix = failure.device() + ": ";
        return failure.getMessage().startsWith(prefix)
                ? failure.getMessage().substring(prefix.length())
                : failure.getMessage();
    }
}
