package org.isocenter.recon.remote;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.isocenter.model.RawData;
import org.isocenter.recon.mrd.MrdFormatException;
import org.isocenter.recon.mrd.MrdImage;
import org.isocenter.recon.mrd.MrdMessage;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.remote.RemoteException.Kind;

/**
 * One scan's talk with a server, on a thread of its own: sends readouts as they come and takes images at any time. It follows the
 * raw data at its own pace and holds nobody up. There is no second attempt: the data are here. {@link #more}, {@link #end} and
 * {@link #cancel} are for any thread.
 */
final class RemoteSession {
    private static final long TICK_MILLIS = 200;
    private static final long PROGRESS_NANOS = 100_000_000;
    private static final long MOST_MESSAGE_BYTES = 1L << 29;
    private static final int MOST_IMAGES = 20_000;
    /** Of memory that images may take while they come, as a part of all. */
    private static final int MEMORY_SHARE = 4;
    /** However alive a server seems: longer than this after the last readout, nobody waits. */
    private static final long PATIENCE_NANOS = TimeUnit.HOURS.toNanos(1);

    private final MrdServer server;
    private final RawData raw;
    private final RemoteListener listener;
    private final ScanSender sender;
    private final MrdNotes notes = new MrdNotes();
    private final MessageInbox inbox = new MessageInbox(MOST_MESSAGE_BYTES, notes);
    private final ServerLog log = new ServerLog();
    private final List<MrdImage> images = new ArrayList<>();
    private final CompletableFuture<List<MrdImage>> result = new CompletableFuture<>();
    private final long mostBytes = Runtime.getRuntime().maxMemory() / MEMORY_SHARE;
    private long imageBytes;
    private long readoutsBack;
    private long dicomObjects;
    private long lastTold = System.nanoTime() - PROGRESS_NANOS;
    private volatile boolean ended;
    private volatile boolean cancelled;
    private volatile MrdLink link;

    RemoteSession(MrdServer server, RawData raw, RemoteListener listener) {
        this.server = server;
        this.raw = raw;
        this.listener = listener;
        this.sender = new ScanSender(server.configuration(), raw);
    }

    void start() {
        Thread thread = new Thread(this::run, "remote-reconstruction");
        thread.setDaemon(true);
        thread.start();
    }

    /** There may be more readouts in the raw data. */
    void more() {
        MrdLink open = link;
        if (open != null) {
            open.wake();
        }
    }

    /** The raw data will get no more readouts. */
    void end() {
        ended = true;
        more();
    }

    void cancel() {
        cancelled = true;
        more();
    }

    /** The images, or a {@link RemoteException}, when the talk is over. */
    CompletableFuture<List<MrdImage>> result() {
        return result;
    }

    /** What had to be assumed in the messages that came; once the talk is over. */
    MrdNotes notes() {
        return notes;
    }

    ServerLog log() {
        return log;
    }

    private void run() {
        try (MrdLink open = MrdLink.connect(
                server.host(), server.port(), server.connectTimeout().toMillis(), () -> cancelled)) {
            link = open;
            result.complete(talk(open));
        } catch (RemoteException e) {
            fail(e);
        } catch (MrdFormatException e) {
            fail(failure(Kind.GARBAGE, "sent what is no MRD stream: " + e.getMessage(), e));
        } catch (IOException e) {
            fail(brokenOff(e));
        } catch (RuntimeException | Error e) {
            fail(failure(Kind.GARBAGE, "sent what cannot be used: " + e, e));
        }
    }

    /** @param all whether the raw data are complete */
    private ByteBuffer toSend(boolean all) throws RemoteException {
        try {
            return sender.bytes(all);
        } catch (IllegalArgumentException e) {
            throw new RemoteException(
                    Kind.UNSENDABLE, "the data cannot be sent to an MRD server: " + e.getMessage(), e);
        }
    }

    private void fail(RemoteException e) {
        if (e.kind() != Kind.CANCELLED) {
            listener.failed(e.getMessage());
        }
        result.completeExceptionally(e);
    }

    private RemoteException brokenOff(IOException e) {
        if (cancelled) {
            return failure(Kind.CANCELLED, "was not waited for", e);
        }
        String why = e instanceof UnknownHostException ? "there is no such host" : e.getMessage();
        return link == null
                ? failure(Kind.UNREACHABLE, "cannot be reached: " + why, e)
                : failure(Kind.BROKEN_OFF, "broke off: " + why + sentSoFar(), e);
    }

    private List<MrdImage> talk(MrdLink open) throws IOException {
        long owedSince = System.nanoTime();
        long endedAt = 0;
        while (true) {
            if (cancelled) {
                throw failure(Kind.CANCELLED, "was not waited for", null);
            }
            boolean all = ended;
            ByteBuffer out = toSend(all);
            boolean moved = open.exchange(out, inbox, TICK_MILLIS);
            long now = System.nanoTime();
            if (moved || sender.isIdle() && !sender.isDone()) {
                owedSince = now;
            }
            for (MrdMessage message = inbox.next(); message != null; message = inbox.next()) {
                if (message instanceof MrdMessage.Close) {
                    return finished();
                }
                take(message);
            }
            if (open.inputEnded()) {
                throw brokenOff(open);
            }
            tellProgress(now);
            endedAt = all && endedAt == 0 ? now : endedAt;
            throwIfSilent(now - owedSince, endedAt == 0 ? 0 : now - endedAt);
        }
    }

    private void tellProgress(long now) {
        if (now - lastTold > PROGRESS_NANOS) {
            lastTold = now;
            listener.progress(sender.readouts(), raw.expected(), images.size());
        }
    }

    private void take(MrdMessage message) throws RemoteException {
        if (message instanceof MrdMessage.Text text) {
            log.add(text.text()).forEach(listener::line);
        } else if (message instanceof MrdMessage.Failure failure) {
            throw failure(Kind.FAILED, "failed: " + String.join(" ", log.add(failure.text())), null);
        } else if (message instanceof MrdMessage.Image image) {
            imageBytes += inbox.lastBytes();
            if (imageBytes > mostBytes || images.size() == MOST_IMAGES) {
                throw failure(
                        Kind.TOO_MUCH,
                        "sent more images than there is memory for (" + images.size() + " with " + (imageBytes >> 20)
                                + " MB)",
                        null);
            }
            images.add(image.image());
        } else if (message instanceof MrdMessage.Acquisition) {
            readoutsBack++;
            notes.add("the server sent readouts: only its images are used");
        } else if (message instanceof MrdMessage.Array) {
            notes.add("the server sent an array: only its images are used");
        } else if (message instanceof MrdMessage.Dicom) {
            dicomObjects++;
            notes.add("the server sent DICOM objects: only MRD images are used, which chains such as default.xml send");
        }
    }

    private List<MrdImage> finished() throws RemoteException {
        if (!log.givenUp().isEmpty()) {
            throw failure(Kind.FAILED, "failed: " + log.givenUp(), null);
        }
        boolean allSent = ended && sender.readouts() == raw.size();
        if (!allSent) {
            throw failure(Kind.BROKEN_OFF, "closed the stream before it had all the data" + sentSoFar(), null);
        }
        if (images.isEmpty()) {
            throw failure(
                    Kind.NO_IMAGE,
                    "sent no image" + (readoutsBack > 0 ? ", but " + readoutsBack + " readouts" : "")
                            + (dicomObjects > 0 ? ", but " + dicomObjects + " DICOM objects" : "") + seriousLines(),
                    null);
        }
        return images;
    }

    private RemoteException brokenOff(MrdLink open) {
        String why = inbox.hasPart()
                ? "ended the connection within a message"
                : "ended the connection without having closed the stream";
        return failure(Kind.BROKEN_OFF, why + sentSoFar() + seriousLines(), open.sendFailure());
    }

    private void throwIfSilent(long silentNanos, long sinceEndNanos) throws RemoteException {
        if (silentNanos > server.silence().toNanos()) {
            String did = sender.isDone() ? "sent nothing" : "took no data";
            throw failure(Kind.SILENT, did + " for " + server.silence().toMillis() / 1000.0 + " s" + sentSoFar(), null);
        }
        if (sinceEndNanos > PATIENCE_NANOS) {
            throw failure(Kind.SILENT, "has not finished after an hour" + sentSoFar(), null);
        }
    }

    private String sentSoFar() {
        return " (" + sender.readouts() + " of " + raw.expected() + " readouts sent, " + images.size()
                + " images came)";
    }

    private String seriousLines() {
        List<String> serious = log.serious();
        return serious.isEmpty() ? "" : ": " + String.join("; ", serious);
    }

    private RemoteException failure(Kind kind, String what, Throwable cause) {
        return new RemoteException(kind, "the server " + server.address() + " " + what, cause);
    }
}
