package org.isocenter.hardware.virtual.receive;

/** How one source reaches a channel. */
final class Coupling {
    private Coupling() {}

    /** Adds a source's samples to a channel, turned by a phase. */
    static void add(ReceivedSignal signal, int channel, double radians, double[] re, double[] im) {
        double cos = Math.cos(radians);
        double sin = Math.sin(radians);
        int first = channel * signal.samples;
        for (int s = 0; s < signal.samples; s++) {
            signal.re[first + s] += re[s] * cos - im[s] * sin;
            signal.im[first + s] += re[s] * sin + im[s] * cos;
        }
    }
}
