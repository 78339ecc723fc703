package org.isocenter.session.run;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleConsumer;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes images of what is in so far, one at a time and at most {@value #PREVIEWS} in a scan: while one is being made, others
 * are skipped.
 */
final class PreviewLoop {
    private static final Logger LOG = LoggerFactory.getLogger(PreviewLoop.class);
    private static final int PREVIEWS = 20;

    private final Reconstruction reconstruction;
    private final Executor pool;
    private final RawData raw;
    private final Latest<List<ImageVolume>> place;
    private final DoubleConsumer made;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final int step;
    private volatile boolean stopped;
    private volatile int lastSize; // written by whoever set busy
    private long offered; // by whoever set busy; nanoseconds

    /** @param made called after each preview with the time since the readouts for it were there, in s */
    PreviewLoop(
            Reconstruction reconstruction,
            Executor pool,
            RawData raw,
            Latest<List<ImageVolume>> place,
            DoubleConsumer made) {
        this.reconstruction = reconstruction;
        this.pool = pool;
        this.raw = raw;
        this.place = place;
        this.made = made;
        this.step = Math.max(1, raw.expected() / PREVIEWS);
    }

    /** Gets ready for the first preview until that is due. To be called before the first {@link #offer}. Never waits. */
    void rehearse(PreparedScan scan, int channels) {
        pool.execute(new Rehearsal(reconstruction, scan, channels, step, () -> stopped || lastSize > 0));
    }

    /** There are new readouts. Never waits. */
    void offer() {
        if (!stopped && busy.compareAndSet(false, true)) {
            int size = raw.size();
            if (size - lastSize < step || raw.isComplete()) {
                busy.set(false);
                return;
            }
            lastSize = size;
            offered = System.nanoTime();
            pool.execute(this::make);
        }
    }

    /** From now on, none is begun, and one that is being made is given up. */
    void stop() {
        stopped = true;
    }

    private void make() {
        try {
            if (!stopped) {
                List<ImageVolume> volumes =
                        reconstruction.reconstruct(raw, () -> stopped).volumes();
                if (!volumes.isEmpty()) {
                    place.put(volumes);
                    made.accept((System.nanoTime() - offered) * 1e-9);
                }
            }
        } catch (CancellationException e) {
            LOG.debug("scan {}: the preview was given up", raw.header().measurementId());
        } catch (RuntimeException e) {
            // The scan goes on without previews; the whole reconstruction will say what is wrong.
            stopped = true;
            LOG.warn("scan {}: no preview", raw.header().measurementId(), e);
        } finally {
            busy.set(false);
        }
    }
}
