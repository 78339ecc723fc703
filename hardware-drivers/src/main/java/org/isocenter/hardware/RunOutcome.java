package org.isocenter.hardware;

/** How a run ended, when it did not fail. In both cases RF is off and gradients are at zero. */
public enum RunOutcome {
    COMPLETED,
    ABORTED
}
