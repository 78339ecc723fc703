package org.isocenter.recon.iterative;

/**
 * How a solver ended.
 *
 * @param iterations done
 * @param change what the stopping rule looked at, after the last iteration
 * @param end why it stopped
 */
public record Outcome(int iterations, double change, End end) {
    public enum End {
        /** The stopping rule was met. */
        CONVERGED,
        /** All iterations were done. */
        EXHAUSTED,
        /** {@link Progress} asked for it. */
        CANCELLED
    }
}
