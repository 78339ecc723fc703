package org.isocenter.session.run;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.DoubleConsumer;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.remote.RemoteReconstruction;
import org.isocenter.recon.remote.RemoteScan;

/**
 * What is made of a scan's readouts while it runs: previews here, and where a server makes the images, what that has done when the
 * scan ends. Any thread.
 */
final class LiveImages implements AutoCloseable {
    private final Reconstruction reconstruction;
    private final Optional<PreviewLoop> previews;
    private final Optional<RemoteScan> remote;

    /** @param made called after each preview with the time since the readouts for it were there, in s */
    LiveImages(
            Reconstruction reconstruction,
            Executor pool,
            RawData raw,
            Latest<List<ImageVolume>> place,
            DoubleConsumer made) {
        this.reconstruction = reconstruction;
        Optional<Reconstruction> here = Optional.of(reconstruction);
        if (reconstruction instanceof RemoteReconstruction server) {
            here = server.reserve();
            remote = Optional.of(server.follow(raw));
        } else {
            remote = Optional.empty();
        }
        previews = here.map(local -> new PreviewLoop(local, pool, raw, place, made));
    }

    /** Gets ready for the first preview in the background. Never waits. */
    void rehearse(PreparedScan scan, int channels) {
        previews.ifPresent(loop -> loop.rehearse(scan, channels));
    }

    /** There are new readouts. Never waits. */
    void offer() {
        previews.ifPresent(PreviewLoop::offer);
        remote.ifPresent(RemoteScan::more);
    }

    /** Ends the previews. Returns what makes the images of the whole scan. */
    Reconstruction atEnd() {
        previews.ifPresent(PreviewLoop::stop);
        return remote.<Reconstruction>map(scan -> scan).orElse(reconstruction);
    }

    @Override
    public void close() {
        previews.ifPresent(PreviewLoop::stop);
        remote.ifPresent(RemoteScan::close);
    }
}
