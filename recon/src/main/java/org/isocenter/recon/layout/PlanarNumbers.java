package org.isocenter.recon.layout;

/** Numbers in memory. */
record PlanarNumbers(float[] real, float[] imaginary) implements Numbers {
    @Override
    public int count() {
        return real.length;
    }

    @Override
    public void copy(int first, int step, int count, float[] toReal, float[] toImaginary, int at) {
        for (int i = 0; i < count; i++) {
            toReal[at + i] = real[first + i * step];
            toImaginary[at + i] = imaginary[first + i * step];
        }
    }

    @Override
    public boolean areZero(int first, int step, int count) {
        for (int i = 0; i < count; i++) {
            if (real[first + i * step] != 0 || imaginary[first + i * step] != 0) {
                return false;
            }
        }
        return true;
    }
}
