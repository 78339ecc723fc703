package org.isocenter.recon.chain;

import org.isocenter.recon.Watch;

/** How much of a chain's work is done. Any thread. */
final class Work {
    /** Less is not worth telling. */
    private static final double STEP = 0.01;

    private final Watch watch;
    private final double all;
    private double done;
    private double told;

    /** @param all efforts of the chain */
    Work(double all, Watch watch) {
        this.all = all;
        this.watch = watch;
    }

    synchronized void add(double effort) {
        done += effort;
        double share = Math.min(1, done / all);
        if (share - told >= STEP) {
            told = share;
            watch.done(share);
        }
    }
}
