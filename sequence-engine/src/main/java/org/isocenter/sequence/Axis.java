package org.isocenter.sequence;

/** A gradient axis, in the order of Pulseq's block columns. */
public enum Axis {
    X,
    Y,
    Z
}
