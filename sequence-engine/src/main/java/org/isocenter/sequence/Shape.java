package org.isocenter.sequence;

import java.util.Arrays;

/** A decompressed Pulseq shape. Immutable: {@link #samples} must not be written to. */
public final class Shape {
    private final double[] samples;
    private final int hash;

    public Shape(double... samples) {
        this.samples = samples.clone();
        this.hash = Arrays.hashCode(this.samples);
    }

    public int length() {
        return samples.length;
    }

    public double at(int index) {
        return samples[index];
    }

    public double[] samples() {
        return samples;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape s && (s == this || hash == s.hash && Arrays.equals(samples, s.samples));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "Shape[" + samples.length + "]";
    }
}
