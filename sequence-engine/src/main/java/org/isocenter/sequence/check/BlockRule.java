package org.isocenter.sequence.check;

import java.util.List;

/** Some of the checks, fed with the blocks of one sequence in order. */
interface BlockRule {
    /** @param block from 0 */
    void block(int block);

    /** After the last block. */
    List<CheckResult> results();
}
