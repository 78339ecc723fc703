package org.isocenter.sequence.trajectory;

/** What is known of one readout while a plan is being made. */
final class PlannedReadout {
    final ReadoutLine line;
    long flags;
    boolean imaging = true;
    int step1;
    int step2;
    int slice;
    int contrast;
    int average;
    int phase;
    int repetition;
    int set;
    int segment;
    double sliceOffsetMeters;
    /** The fractional sample at the centre of k-space along the readout. */
    double center;

    PlannedReadout(ReadoutLine line) {
        this.line = line;
    }

    /** Readouts with the same key fill the same place in the same image. */
    record Place(int step1, int step2, int slice, int phase, int repetition, int set) {}

    Place place() {
        return new Place(step1, step2, slice, phase, repetition, set);
    }

    /** From the excitation to the centre of k-space along the readout; 0 without an excitation. */
    double echoSeconds() {
        double echo = line.secondsAt(center) - line.excitationSeconds();
        return Double.isNaN(echo) ? 0 : echo;
    }
}
