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

    /** "RF off, gate closed, gradients at zero", or what they are instead. */
    public String words() {
        String rf = txHertz == 0 ? "RF off" : "RF ON (" + txHertz + " Hz)";
        String gate = txGateOpen ? "gate OPEN" : "gate closed";
        boolean zero = gx == 0 && gy == 0 && gz == 0;
        String gradients = zero ? "gradients at zero" : "gradients ON (" + gx + ", " + gy + ", " + gz + " Hz/m)";
        return rf + ", " + gate + ", " + gradients;
    }
}
