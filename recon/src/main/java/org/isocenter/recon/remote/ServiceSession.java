package org.isocenter.recon.remote;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.mrd.MrdFormatException;
import org.isocenter.recon.mrd.MrdImage;
import org.isocenter.recon.mrd.MrdMessage;
import org.isocenter.recon.mrd.MrdMessages;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.mrd.VolumeImages;
import org.isocenter.recon.remote.RemoteException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's scan: taken in, reconstructed, sent back. One thread, but for {@link #cancel}. */
final class ServiceSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceSession.class);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int COMPLEX_BYTES = 8;
    private static final long TICK_MILLIS = 200;
    /** How long the other side may take to end the connection after all has been said. */
    private static final long FAREWELL_NANOS = 2_000_000_000L;

    private final MrdLink link;
    private final MrdService.Settings settings;
    private final MrdNotes notes = new MrdNotes();
    private final ScanCollector scan;
    private final MessageInbox inbox;
    private final String client;
    private final long mostBytes;
    private volatile boolean cancelled;

    /** @param mostBytes memory that the scan may take */
    ServiceSession(SocketChannel channel, MrdService.Settings settings, long mostBytes) throws IOException {
        this.client = String.valueOf(channel.getRemoteAddress()).replace("/", "");
        this.link = new MrdLink(channel);
        this.settings = settings;
        this.mostBytes = mostBytes;
        this.scan = new ScanCollector(mostBytes, notes);
        this.inbox = scan.inbox();
    }

    void cancel() {
        cancelled = true;
        link.wake();
    }

    void run() {
        try {
            if (takeIn()) {
                makeAndSend();
                farewell();
            }
        } catch (MrdFormatException e) {
            refuse("what was sent cannot be read: " + e.getMessage());
        } catch (RemoteException e) {
            told(e.getMessage());
        } catch (IOException e) {
            told("the connection broke off (" + e.getMessage() + ")");
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("a client's scan could not be reconstructed", e);
            refuse("no image could be made: " + e.getMessage());
        }
    }

    /** Tells the client why there is nothing for it. */
    void refuse(String why) {
        told(why);
        try {
            tell("ERROR    " + why);
            send(MrdMessages.close());
            farewell();
        } catch (IOException e) {
            LOG.info("a client was gone before it could be told why", e);
        }
    }

    /** Whether a whole scan came; false for a client that had nothing to say or only asked. */
    private boolean takeIn() throws IOException {
        while (!scan.isClosed()) {
            MrdMessage message = inbox.next();
            if (message instanceof MrdMessage.Query query) {
                send(MrdMessages.response(query.number(), "Unknown query"));
            } else if (message != null) {
                scan.take(message, inbox.lastBytes());
            } else if (link.inputEnded()) {
                if (scan.hasHeader() || inbox.hasPart()) {
                    throw failure(Kind.BROKEN_OFF, "the client was gone after " + scan.readouts() + " readouts");
                }
                return false;
            } else {
                exchange(NOTHING);
            }
        }
        if (!scan.hasHeader()) {
            send(MrdMessages.close());
            farewell();
            return false;
        }
        return true;
    }

    private void makeAndSend() throws IOException {
        RawData raw = scan.raw();
        refuseTooLarge(raw);
        told(raw.size() + " readouts came");
        Reconstruction reconstruction = settings.reconstructions().apply(scan.configuration());
        tell("INFO     " + raw.size() + " readouts came, reconstruction: " + reconstruction.name());
        Reconstruction.Result result = reconstruction.reconstruct(raw, () -> cancelled);
        for (String note : notes.toList()) {
            tell("WARNING  " + note);
        }
        for (String note : result.notes()) {
            tell("INFO     " + note);
        }
        int sent = 0;
        List<ImageVolume> volumes = result.volumes();
        for (int series = 0; series < volumes.size(); series++) {
            for (MrdImage image : VolumeImages.of(volumes.get(series), raw.header(), series)) {
                send(MrdMessages.image(image));
                sent++;
            }
        }
        send(MrdMessages.close());
        told(sent + " images went back");
    }

    /** A header of a few bytes can ask for any matrix. */
    private void refuseTooLarge(RawData raw) throws MrdFormatException {
        long channels = raw.size() == 0 ? 1 : raw.readout(0).header().channels();
        for (Encoding e : raw.header().encodings()) {
            double points = Math.max(
                    (double) e.encodedX() * e.encodedY() * e.encodedZ(), (double) e.reconX() * e.reconY() * e.reconZ());
            double bytes = points * channels * COMPLEX_BYTES;
            if (bytes > mostBytes) {
                throw new MrdFormatException(
                        "", "XML header", Math.round(bytes / 1e6) + " MB of image: there is no memory for it");
            }
        }
    }

    private void told(String what) {
        settings.told().accept(ServerLog.clean(client + ": " + what));
    }

    private void tell(String line) throws IOException {
        send(MrdMessages.text(MrdMessages.TEXT, line));
    }

    private void send(ByteBuffer message) throws IOException {
        while (message.hasRemaining()) {
            exchange(message);
            if (link.sendFailure() != null) {
                throw link.sendFailure();
            }
        }
    }

    /** Until a byte has moved, or none will. */
    private void exchange(ByteBuffer out) throws IOException {
        long start = System.nanoTime();
        while (!link.exchange(out, inbox, TICK_MILLIS)) {
            if (link.sendFailure() != null || link.inputEnded() && !out.hasRemaining()) {
                return;
            }
            if (cancelled) {
                throw failure(Kind.CANCELLED, "ended because this program ends");
            }
            if (System.nanoTime() - start > settings.silence().toNanos()) {
                throw failure(
                        Kind.SILENT, "nothing moved for " + settings.silence().toMillis() / 1000.0 + " s");
            }
        }
    }

    /** Waits for the other side to end the connection: to close it first may lose what is still on its way there. */
    private void farewell() throws IOException {
        link.endOutput();
        long start = System.nanoTime();
        while (!link.inputEnded() && !cancelled && System.nanoTime() - start < FAREWELL_NANOS) {
            link.exchange(NOTHING, inbox, TICK_MILLIS);
            inbox.discard();
        }
    }

    private static RemoteException failure(Kind kind, String what) {
        return new RemoteException(kind, what, null);
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
