package org.isocenter.model;

/** MRD's acquisition flags as bit masks: flag number n is bit n-1. */
public final class AcquisitionFlags {
    public static final long FIRST_IN_SLICE = 1L << 6;
    public static final long LAST_IN_SLICE = 1L << 7;
    public static final long NOISE_MEASUREMENT = 1L << 18;
    public static final long PARALLEL_CALIBRATION = 1L << 19;
    public static final long PARALLEL_CALIBRATION_AND_IMAGING = 1L << 20;
    public static final long REVERSE = 1L << 21;
    public static final long NAVIGATION = 1L << 22;
    public static final long PHASE_CORRECTION = 1L << 23;
    public static final long LAST_IN_MEASUREMENT = 1L << 24;
    public static final long HIGH_PRIORITY_FEEDBACK = 1L << 25;
    public static final long DUMMY_SCAN = 1L << 26;
    public static final long REAL_TIME_FEEDBACK = 1L << 27;
    public static final long SURFACE_COIL_CORRECTION = 1L << 28;
    public static final long PHASE_STABILIZATION_REFERENCE = 1L << 29;
    public static final long PHASE_STABILIZATION = 1L << 30;

    /** Readouts that are no image data of their own. */
    public static final long NOT_IMAGING = NOISE_MEASUREMENT
            | NAVIGATION
            | PHASE_CORRECTION
            | HIGH_PRIORITY_FEEDBACK
            | DUMMY_SCAN
            | REAL_TIME_FEEDBACK
            | SURFACE_COIL_CORRECTION
            | PHASE_STABILIZATION_REFERENCE
            | PHASE_STABILIZATION;

    private AcquisitionFlags() {}
}
