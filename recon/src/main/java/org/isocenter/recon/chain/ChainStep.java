package org.isocenter.recon.chain;

/** A step in its place in a chain. */
public record ChainStep(StepType type, StepValues values, Step step) {}
