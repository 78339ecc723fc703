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
            return new Readout(readout.header(), readout.real(), readout.imaginary());
        }
        return readout;
    }

    /** Replaces what is no finite number by zero; whether there was any. */
    private static boolean makeFinite(float[] values) {
        boolean any = false;
        for (int i = 0; i < values.length; i++) {
            if (!(Math.abs(values[i]) <= Float.MAX_VALUE)) {
                values[i] = 0;
                any = true;
            }
        }
        return any;
    }
}
