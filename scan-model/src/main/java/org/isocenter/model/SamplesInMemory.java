package org.isocenter.model;

/** Two arrays. */
record SamplesInMemory(float[] real, float[] imaginary) implements ReadoutSamples {
    SamplesInMemory {
        if (real.length != imaginary.length) {
            throw new IllegalArgumentException(
                    real.length + " real and " + imaginary.length + " imaginary parts do not belong together");
        }
    }

    @Override
    public int count() {
        return real.length;
    }

    @Override
    public void copy(int from, int count, float[] toReal, float[] toImaginary, int at) {
        System.arraycopy(real, from, toReal, at, count);
        System.arraycopy(imaginary, from, toImaginary, at, count);
    }
}
