package org.isocenter.recon;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Runs the pieces of a long piece of work, several at a time; may tell how many are done, and give up between two of them. For
 * algorithms that need not know who waits for them.
 */
@FunctionalInterface
public interface ParallelLoop {
    /** On the common pool, to the end. */
    ParallelLoop PLAIN = (count, piece) -> IntStream.range(0, count).parallel().forEach(piece);

    /**
     * @param piece gets numbers from 0 to {@code count - 1}, on any thread and in any order
     * @throws java.util.concurrent.CancellationException when nobody wants the result any more
     */
    void run(int count, IntConsumer piece);
}
