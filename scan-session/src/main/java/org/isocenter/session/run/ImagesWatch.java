package org.isocenter.session.run;

import java.util.function.BooleanSupplier;
import org.isocenter.recon.Watch;

/** Tells those who listen to a scan how far its images are. Any thread. */
record ImagesWatch(String scanId, EventThread events, BooleanSupplier stop) implements Watch {
    @Override
    public boolean isStopped() {
        return stop.getAsBoolean();
    }

    @Override
    public void done(double share) {
        events.publish(new ScanEvent.Reconstructing(scanId, share));
    }
}
