package org.isocenter.recon.mrd;

import org.isocenter.model.Readout;

/** Samples that are no finite numbers would spoil every pixel of an image: they are taken to be zero. */
final class FiniteSamples {
    private FiniteSamples() {}

    /**
     * The readout with its own arrays mended.
     *
     * @param notes is told of what had to be
     */
    static Readout of(Readout readout, MrdNotes notes) {
        int number = readout.header().scanCounter();
        if (makeFinite(readout.real()) | makeFinite(readout.imaginary())) {
            notes.addForReadout(number, "samples are not a number or infinite: taken to be 0");
        }
        if (makeFinite(readout.trajectoryPerMeter())) {
            notes.addForReadout(number, "positions of the trajectory are not a number or infinite: left out");
            return new Readout(readout.header(), readout.samples());
        }
        return readout;
    }

    /** The value, or zero where it is no finite number. */
    static float orZero(float value) {
        return isFinite(value) ? value : 0;
    }

    private static boolean isFinite(float value) {
        return Math.abs(value) <= Float.MAX_VALUE;
    }

    /** Replaces what is no finite number by zero; whether there was any. */
    private static boolean makeFinite(float[] values) {
        boolean any = false;
        for (int i = 0; i < values.length; i++) {
            if (!isFinite(values[i])) {
                values[i] = 0;
                any = true;
            }
        }
        return any;
    }
}
