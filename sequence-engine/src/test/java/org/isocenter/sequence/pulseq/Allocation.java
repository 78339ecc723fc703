package org.isocenter.sequence.pulseq;

import java.lang.management.ManagementFactory;

/** How much memory reading a file may ask for. */
final class Allocation {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** All that this thread ever allocated, in bytes. */
    static long ofThisThread() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /**
     * The bound for a file of this size: some hundred bytes for each of its own, and what constant shapes unpack to (2^22 samples
     * and 4096 for each byte, unpacked, copied, and as float when that is how it was meant), but never more than 2^25 samples.
     */
    static long most(int fileBytes) {
        long samples = Math.min(1L << 25, (1L << 22) + 4096L * fileBytes);
        return (8L << 20) + 400L * fileBytes + 3 * Double.BYTES * samples;
    }
}
