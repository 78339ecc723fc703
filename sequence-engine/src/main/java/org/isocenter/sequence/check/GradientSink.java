package org.isocenter.sequence.check;

import java.util.List;

/** A check that follows the gradients on the device's axes through the whole sequence, piece by straight piece. */
interface GradientSink {
    /**
     * One piece; it starts where the one before it, or the block that was taken as a whole, ended. Between two the gradients may
     * jump.
     *
     * @param from gradients in Hz/m at its start, x y z; not to be kept, for the array is used again
     * @param to gradients at its end, in the same way
     * @param block that it is in, from 0
     */
    void piece(long fromPs, long toPs, double[] from, double[] to, int block);

    /**
     * Offers a whole block at once, before its pieces. What returns true has dealt with it and gets no pieces of it.
     *
     * @param matrix rows of the rotation from the sequence's axes to the device's; null for none
     */
    default boolean takesBlock(int block, double[] matrix) {
        return false;
    }

    /** After the last piece. */
    List<CheckResult> results();
}
