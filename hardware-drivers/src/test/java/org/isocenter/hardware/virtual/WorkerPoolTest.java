package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerPoolTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void whateverThreadDidATaskSomethingIsDoneAfterIt(int workers) {
        AtomicInteger done = new AtomicInteger();
        AtomicInteger after = new AtomicInteger();
        try (WorkerPool pool = new WorkerPool(workers)) {
            pool.afterEach(after::incrementAndGet);
            pool.each(100, (number, worker) -> done.incrementAndGet());
        }
        assertThat(done).hasValue(100);
        assertThat(after).hasValue(100);
    }
}
