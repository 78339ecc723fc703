package org.isocenter.recon.parallel;

import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;

/** How a step gets sensitivities from calibration data. */
record MapEstimate(Method method, Espirit.Settings espirit, int blockWidth) {
    /** Samples of calibration data along each axis; more only take time, since sensitivities are smooth. */
    static final int MOST_SAMPLES = 24;

    /** What to do. */
    enum Method {
        ESPIRIT,
        ADAPTIVE
    }

    /** @param loop over rows */
    Sensitivities of(ChannelGrid calibration, int sizeX, int sizeY, int sizeZ, ParallelLoop loop) {
        return switch (method) {
            case ESPIRIT -> Espirit.sensitivities(calibration, sizeX, sizeY, sizeZ, espirit, loop);
            case ADAPTIVE -> AdaptiveCombine.ofCalibration(calibration, sizeX, sizeY, sizeZ, blockWidth, loop);
        };
    }
}
