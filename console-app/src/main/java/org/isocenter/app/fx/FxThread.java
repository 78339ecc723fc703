package org.isocenter.app.fx;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/**
 * The JavaFX thread, seen from outside: as an {@link Executor}, and once per frame. The only class that calls {@code
 * Platform.runLater} or owns an {@link AnimationTimer}. {@link #execute} may be called by any thread, the rest by the JavaFX
 * thread.
 */
public final class FxThread implements Executor {
    private final List<Runnable> everyFrame = new CopyOnWriteArrayList<>();
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            everyFrame.forEach(Runnable::run);
        }
    };

    /** Runs {@code task} on the JavaFX thread, later. */
    @Override
    public void execute(Runnable task) {
        Platform.runLater(task);
    }

    /** From now on {@code task} runs once per frame. It must be quick. */
    public void onFrame(Runnable task) {
        everyFrame.add(task);
        timer.start();
    }

    /** No frame is handled any more. */
    public void stop() {
        timer.stop();
        everyFrame.clear();
    }
}
