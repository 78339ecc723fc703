package org.isocenter.hardware.virtual;

/** What the simulated outputs are set to: transmit gate, γB1/2π in Hz, gradients in Hz/m. */
public record OutputState(boolean txGateOpen, float txHertz, float gx, float gy, float gz) {
    /** Transmitter off, gate closed, gradients at zero. */
    public static final OutputState SAFE = new OutputState(false, 0, 0, 0, 0);

    public OutputState {
        // So that a gradient of -0 is equal to one of 0.
        gx += 0f;
        gy += 0f;
        gz += 0f;
        txHertz += 0f;
    }
}
