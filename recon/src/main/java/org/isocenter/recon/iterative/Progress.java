package org.isocenter.recon.iterative;

/** Is told after each iteration, on the caller's thread, and may end the work there. */
@FunctionalInterface
public interface Progress {
    /** Goes on to the end. */
    Progress NONE = (iteration, most, change) -> true;

    /**
     * @param iteration that was done, from 1
     * @param most iterations that there will be
     * @param change what the stopping rule looks at: the relative residual, or the relative change of the image
     * @return false to stop and keep the image as it is now
     */
    boolean goOn(int iteration, int most, double change);
}
