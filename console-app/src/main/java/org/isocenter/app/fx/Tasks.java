package org.isocenter.app.fx;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Runs work off the JavaFX thread and brings its result back to it. Tests give {@code Runnable::run} for both. Any thread.
 *
 * @param background where work is done
 * @param ui where results arrive
 */
public record Tasks(Executor background, Executor ui) {

    /** Everything at once on the caller's thread: for tests and tools without a window. */
    public static Tasks immediate() {
        return new Tasks(Runnable::run, Runnable::run);
    }

    /** Works in the background; then {@code done} or {@code failed} is called on the UI thread. */
    public <T> void run(Callable<T> work, Consumer<? super T> done, Consumer<? super Exception> failed) {
        background.execute(() -> {
            T result;
            try {
                result = work.call();
            } catch (Exception e) {
                ui.execute(() -> failed.accept(e));
                return;
            }
            ui.execute(() -> done.accept(result));
        });
    }
}
