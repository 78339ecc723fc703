package org.isocenter.hardware.virtual;

/**
 * Sensitivity of the receive channels. One channel sees everything alike; several sit on a ring about the z axis, each most
 * sensitive nearby, each with its own phase.
 */
record ReceiveCoil(int channels) {
    private static final double RING_METERS = 0.15;

    boolean uniform() {
        return channels == 1;
    }

    /** Real and imaginary part at each spin. */
    float[][] sensitivity(int channel, SpinBlock block) {
        double angle = 2 * Math.PI * channel / channels;
        double cx = RING_METERS * Math.cos(angle);
        double cy = RING_METERS * Math.sin(angle);
        float[][] sensitivity = new float[2][block.spins];
        for (int i = 0; i < block.spins; i++) {
            double dx = (block.x[i] - cx) / RING_METERS;
            double dy = (block.y[i] - cy) / RING_METERS;
            double dz = block.z[i] / RING_METERS;
            double magnitude = 1 / (1 + dx * dx + dy * dy + dz * dz);
            double phase = angle + 0.5 * (dx * Math.sin(angle) - dy * Math.cos(angle));
            sensitivity[0][i] = (float) (magnitude * Math.cos(phase));
            sensitivity[1][i] = (float) (magnitude * Math.sin(phase));
        }
        return sensitivity;
    }
}
