package org.isocenter.model;

/** MRD's counters of one readout, each from 0. */
public record EncodingCounters(
        int step1, int step2, int average, int slice, int contrast, int phase, int repetition, int set, int segment) {
    public static final EncodingCounters ZERO = new EncodingCounters(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
