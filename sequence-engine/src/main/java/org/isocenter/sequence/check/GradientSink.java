package org.isocenter.sequence.check;

import java.util.List;

/** A check that follows the gradients on the device's axes through the whole sequence, piece by straight piece. */
interface GradientSink {
    /**
     * One piece; the first starts at 0 and each starts where the one before it ended. Between two the gradients may jump.
     *
     * @param from gradients in Hz/m at its start, x y z; not to be kept, for the array is used again
     * @param to gradients at its end, in the same way
     * @param block that it is in, from 0
     */
    void piece(long fromPs, long toPs, double[] from, double[] to, int block);

    /** After the last piece. */
    List<CheckResult> results();
}
