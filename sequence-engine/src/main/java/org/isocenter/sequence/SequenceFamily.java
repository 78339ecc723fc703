package org.isocenter.sequence;

/** Kinds of sequences, in the order in which lists show them. */
public enum SequenceFamily {
    PLANNING,
    SPIN_ECHO,
    GRADIENT_ECHO,
    ECHO_PLANAR,
    DIFFUSION,
    NON_CARTESIAN,
    SPECTROSCOPY,
    CALIBRATION,
    /** From a file. */
    FILE
}
