package org.isocenter.recon.remote;

import java.util.Optional;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.Watch;

/** Reconstruction by an MRD server, with another one in reserve for when that fails. Any thread. */
public final class RemoteReconstruction implements Reconstruction {
    private final MrdServer server;
    private final Optional<Reconstruction> reserve;
    private final RemoteListener listener;

    /** @param reserve makes the images when the server does not; null for none */
    public RemoteReconstruction(MrdServer server, Reconstruction reserve, RemoteListener listener) {
        this.server = server;
        this.reserve = Optional.ofNullable(reserve);
        this.listener = listener;
    }

    @Override
    public String name() {
        return server.address();
    }

    /** What makes the images when the server does not. */
    public Optional<Reconstruction> reserve() {
        return reserve;
    }

    /** Starts to send what is in the raw data and what will be appended to them. */
    public RemoteScan follow(RawData raw) {
        return new RemoteScan(server, reserve, listener, raw);
    }

    @Override
    public Result reconstruct(RawData raw, Watch watch) {
        try (RemoteScan scan = follow(raw)) {
            return scan.reconstruct(raw, watch);
        }
    }
}
