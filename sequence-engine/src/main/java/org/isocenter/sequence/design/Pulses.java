package org.isocenter.sequence.design;

import org.isocenter.sequence.Shape;

/** Envelopes of RF pulses, sampled at raster centres, with a peak near 1. */
public final class Pulses {
    private Pulses() {}

    /** A sinc of this time-bandwidth product under a Hann window. */
    public static Shape sinc(int samples, double timeBandwidth) {
        double[] values = new double[samples];
        for (int i = 0; i < samples; i++) {
            double x = (i + 0.5) / samples - 0.5;
            double argument = Math.PI * timeBandwidth * x;
            double sinc = Math.abs(argument) < 1e-9 ? 1 : Math.sin(argument) / argument;
            values[i] = sinc * 0.5 * (1 + Math.cos(2 * Math.PI * x));
        }
        return new Shape(values);
    }

    /** Pulseq's magnitudes are not negative: the sign of each sample as a phase of 0 or ½ cycle. */
    public static Shape signs(Shape shape) {
        double[] phases = new double[shape.length()];
        for (int i = 0; i < phases.length; i++) {
            phases[i] = shape.at(i) < 0 ? 0.5 : 0;
        }
        return new Shape(phases);
    }

    public static Shape magnitudes(Shape shape) {
        double[] values = new double[shape.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(shape.at(i));
        }
        return new Shape(values);
    }

    /** Mean of the samples, signs included. */
    public static double mean(Shape shape) {
        double sum = 0;
        for (double sample : shape.samples()) {
            sum += sample;
        }
        return sum / shape.length();
    }

    /** Peak γB1/2π (Hz) that turns by {@code flipRadians}: the integral of 2π·γB1/2π over time is the angle. */
    public static double amplitudeHertz(double flipRadians, double mean, double durationSeconds) {
        return flipRadians / (2 * Math.PI * mean * durationSeconds);
    }

    /** Phase of the n-th excitation for RF spoiling, quadratic in steps of 117° (Zur et al. 1991), in [0, 2π). */
    public static double spoilingPhaseRadians(long n) {
        return Math.toRadians(n * (n + 1) / 2 * 117 % 360);
    }
}
