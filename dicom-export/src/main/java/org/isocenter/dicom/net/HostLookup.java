package org.isocenter.dicom.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks up hosts' names with an end: the system's resolver knows neither time-out nor abort, so a thread is left with it. */
final class HostLookup {
    private HostLookup() {}

    /**
     * The address of a host.
     *
     * @throws UnknownHostException when there is none, or the switch was used
     * @throws SocketTimeoutException when it takes too long
     */
    static InetAddress find(String host, Duration atMost, AbortSwitch abort) throws IOException {
        CompletableFuture<InetAddress> found = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(found, host), "dicom-host-lookup");
        thread.setDaemon(true);
        thread.start();
        abort.endsBy(() -> found.cancel(false));
        try {
            return found.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CancellationException e) {
            throw failure(new UnknownHostException(host), e);
        } catch (TimeoutException e) {
            throw failure(new SocketTimeoutException("the name server does not answer"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(new UnknownHostException(host), e);
        }
    }

    private static void complete(CompletableFuture<InetAddress> found, String host) {
        try {
            found.complete(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            found.completeExceptionally(e);
        }
    }

    private static IOException failure(IOException failure, Exception cause) {
        failure.initCause(cause);
        return failure;
    }
}
