package org.isocenter.session.run;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.isocenter.model.Encoding;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.Reconstruction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a scan's first preview several times of noise and throws it away, before there are data: code that has not run yet is
 * loaded and compiled then, which costs a third of a second, and not while somebody waits for the image. Any one thread.
 */
final class Rehearsal implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    private static final int RUNS = 20;
    /** No run is begun after this time: what takes long is hardly faster the next time. */
    private static final long ENOUGH_NANOS = 2_000_000_000L;
    /** Larger images are not worth the memory: they take longer than what is saved. */
    private static final long MOST_POINTS = 4_000_000;

    private final Reconstruction reconstruction;
    private final PreparedScan scan;
    private final int channels;
    private final int readouts;
    private final BooleanSupplier over;

    /**
     * @param readouts how many the first preview is made of
     * @param over asked now and then by any thread; true when the recon threads are needed for the scan itself
     */
    Rehearsal(Reconstruction reconstruction, PreparedScan scan, int channels, int readouts, BooleanSupplier over) {
        this.reconstruction = reconstruction;
        this.scan = scan;
        this.channels = channels;
        this.readouts = readouts;
        this.over = over;
    }

    @Override
    public void run() {
        if (points() > MOST_POINTS) {
            return;
        }
        long start = System.nanoTime();
        try {
            RawData noise = noise();
            for (int i = 0; i < RUNS && !over.getAsBoolean() && System.nanoTime() - start < ENOUGH_NANOS; i++) {
                reconstruction.reconstruct(noise, over::getAsBoolean);
            }
        } catch (CancellationException e) {
            LOG.debug("scan {}: the rehearsal was given up", scan.header().measurementId());
        } catch (RuntimeException e) {
            // Whether it matters, the scan's own data will show.
            LOG.debug("scan {}: the rehearsal failed", scan.header().measurementId(), e);
        }
    }

    private long points() {
        long points = 0;
        for (Encoding encoding : scan.header().encodings()) {
            points = Math.max(points, (long) encoding.encodedX() * encoding.encodedY() * encoding.encodedZ());
        }
        return points * channels;
    }

    /** The scan's first readouts as they will come, but for what is in them. */
    private RawData noise() {
        Random random = new Random(1);
        List<ReadoutHeader> planned = scan.plan().readouts();
        RawData raw = new RawData(scan.header(), planned.size());
        for (int i = 0; i < Math.min(readouts, planned.size()); i++) {
            ReadoutHeader header = planned.get(i).withChannels(channels);
            int count = header.samples() * channels;
            raw.append(new Readout(
                    header,
                    noise(count, random),
                    noise(count, random),
                    scan.trajectories().dimensions(i),
                    scan.trajectories().perMeter(i)));
        }
        return raw;
    }

    private static float[] noise(int count, Random random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }
}
