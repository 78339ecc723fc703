package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Spreads numbered tasks over threads. Which thread does which is left to chance: tasks must not care. */
final class WorkerPool implements AutoCloseable {
    /** One task; {@code worker} numbers the thread, for scratch space. */
    interface Task {
        void run(int number, int worker);
    }

    private final int workers;
    private final ExecutorService executor;
    private volatile Runnable afterEach = () -> {};

    WorkerPool(int workers) {
        this.workers = workers;
        executor = Executors.newFixedThreadPool(Math.max(1, workers - 1), runnable -> {
            Thread thread = new Thread(runnable, "virtual scanner");
            thread.setDaemon(true);
            return thread;
        });
    }

    int workers() {
        return workers;
    }

    /** From now on done after each task, by whichever thread did it. */
    void afterEach(Runnable action) {
        afterEach = action;
    }

    /** Returns when all are done; the caller works too. */
    void each(int tasks, Task task) {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> others = new ArrayList<>();
        for (int w = 1; w < Math.min(workers, tasks); w++) {
            int worker = w;
            others.add(executor.submit(() -> drain(next, tasks, task, worker)));
        }
        drain(next, tasks, task, 0);
        boolean interrupted = false;
        for (Future<?> other : others) {
            while (true) {
                try {
                    other.get();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("simulation failed", e.getCause());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(AtomicInteger next, int tasks, Task task, int worker) {
        for (int number = next.getAndIncrement(); number < tasks; number = next.getAndIncrement()) {
            task.run(number, worker);
            afterEach.run();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
