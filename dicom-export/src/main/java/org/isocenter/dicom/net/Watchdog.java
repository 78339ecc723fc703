package org.isocenter.dicom.net;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends what sockets know no time-out for, by closing them. */
final class Watchdog {
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }

    private Watchdog() {}

    /** @throws SocketTimeoutException when the task took longer; {@code socket} is closed then */
    static void guard(Socket socket, Duration atMost, Task task) throws IOException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        done.orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS).whenComplete((nothing, late) -> {
            if (late instanceof TimeoutException) {
                close(socket);
            }
        });
        try {
            task.run();
        } catch (IOException e) {
            if (done.isCompletedExceptionally()) {
                SocketTimeoutException late = new SocketTimeoutException("not done within " + atMost);
                late.initCause(e);
                throw late;
            }
            throw e;
        } finally {
            done.complete(null);
        }
    }

    /** Closes without complaint: what mattered on it was said before. */
    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return;
        }
    }
}
