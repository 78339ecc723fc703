package org.isocenter.recon.remote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.isocenter.model.RawData;
import org.isocenter.recon.ChainRecord;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.Watch;
import org.isocenter.recon.mrd.MrdImage;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.remote.ImageAssembly.Assembled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One scan that a server reconstructs while it runs. Readouts are sent as they come; {@link #reconstruct} is for when all are there.
 * Any thread.
 */
public final class RemoteScan implements Reconstruction, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteScan.class);

    private static final long STOP_TICK_MILLIS = 100;

    private final MrdServer server;
    private final Optional<Reconstruction> reserve;
    private final RemoteListener listener;
    private final RawData raw;
    private final RemoteSession session;
    private volatile RemoteException failure;

    RemoteScan(MrdServer server, Optional<Reconstruction> reserve, RemoteListener listener, RawData raw) {
        this.server = server;
        this.reserve = reserve;
        this.listener = listener;
        this.raw = raw;
        this.session = new RemoteSession(server, raw, listener);
        session.start();
    }

    @Override
    public String name() {
        return server.address();
    }

    /** There may be more readouts. Never waits. */
    public void more() {
        session.more();
    }

    /** The server is not waited for any longer. Never waits. */
    public void cancel() {
        session.cancel();
    }

    /** What the server told, line by line; may name a patient if the server knows one. */
    public List<String> log() {
        return session.log().lines();
    }

    /** Why the server made no images; empty when it did, or may still do. */
    public Optional<RemoteException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Sends the rest and waits for the images. When the server fails, the reserve makes them, and a note says so.
     *
     * @param whole the raw data that were followed, or a copy of them under a better header; complete as far as they will ever be
     * @param watch when it gives the images up, the server is not waited for, nor the reserve
     * @throws IllegalStateException when the server failed and there is no reserve; {@link #failure} tells why
     */
    @Override
    public Result reconstruct(RawData whole, Watch watch) {
        session.end();
        MrdNotes notes = new MrdNotes();
        try {
            List<MrdImage> images = images(watch);
            List<Assembled> volumes = assembled(images, whole, notes);
            return new Result(
                    volumes.stream().map(Assembled::volume).toList(),
                    volumes.stream().map(Assembled::complex).toList(),
                    notesOfSuccess(images.size(), notes),
                    List.of(record()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RemoteException remote) {
                return instead(whole, watch, remote);
            }
            throw new IllegalStateException("the talk with " + server.address() + " failed", e.getCause());
        } catch (RemoteException e) {
            listener.failed(e.getMessage());
            return instead(whole, watch, e);
        } catch (InterruptedException e) {
            session.cancel();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + server.address(), e);
        }
    }

    private List<Assembled> assembled(List<MrdImage> images, RawData whole, MrdNotes notes) throws RemoteException {
        String problem = "";
        RuntimeException cause = null;
        try {
            List<Assembled> volumes = new ImageAssembly(whole, notes).volumes(images);
            if (!volumes.isEmpty()) {
                return volumes;
            }
        } catch (RuntimeException e) { // sizes and numbers are the server's
            problem = ": " + e.getMessage();
            cause = e;
        }
        throw new RemoteException(
                RemoteException.Kind.NO_IMAGE,
                "the server " + server.address() + " sent no image that can be used" + problem,
                cause);
    }

    private List<MrdImage> images(Watch watch) throws ExecutionException, InterruptedException {
        while (true) {
            try {
                return session.result().get(STOP_TICK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (watch.isStopped()) {
                    session.cancel();
                    throw new CancellationException("nobody waits for " + server.address());
                }
            }
        }
    }

    private ChainRecord record() {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("server", server.address());
        asked.put("configuration", server.configuration().name());
        return new ChainRecord("remote", List.of(new ChainRecord.Step("server", asked)));
    }

    private List<String> notesOfSuccess(int images, MrdNotes notes) {
        List<String> all = new ArrayList<>();
        all.add("reconstructed by the server " + server.address() + ", configuration "
                + server.configuration().name() + ": " + images + " images");
        session.log().serious().forEach(line -> all.add("the server says: " + line));
        all.addAll(session.notes().toList());
        all.addAll(notes.toList());
        return all;
    }

    private Result instead(RawData whole, Watch watch, RemoteException why) {
        failure = why;
        LOG.warn("scan {}: {}", raw.header().measurementId(), why.getMessage());
        if (reserve.isEmpty()) {
            throw new IllegalStateException(why.getMessage(), why);
        }
        Result made = reserve.get().reconstruct(whole, watch);
        List<String> all = new ArrayList<>();
        all.add(why.getMessage() + ": the images were made here instead");
        all.addAll(made.notes());
        return new Result(made.volumes(), made.complex(), all, made.chains());
    }

    /** Ends the talk if it still goes on. */
    @Override
    public void close() {
        session.cancel();
    }
}
