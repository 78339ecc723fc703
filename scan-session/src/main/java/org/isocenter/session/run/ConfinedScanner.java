package org.isocenter.session.run;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.StopLatency;
import org.isocenter.hardware.UncheckedScannerException;
import org.isocenter.model.Coils;
import org.isocenter.model.GradientHarmonics;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scanner whose calls are all made by one thread of its own. A driver that hangs therefore costs that thread only: those who wait
 * for it can be told to {@link #giveUp}. Stops go out on another thread, so that a caller of {@link #abort} never waits, whatever
 * the driver does. One thread calls; {@link #abort}, {@link #interrupt}, {@link #giveUp}, {@link #interlocks} and
 * {@link #stopLatency} are for any.
 */
final class ConfinedScanner implements Scanner {
    private static final Logger LOG = LoggerFactory.getLogger(ConfinedScanner.class);

    /** A driver that does not let go of its link within this is left alone. */
    private static final long CLOSE_SECONDS = 10;

    /** So long the link stays open for a stop that is on its way. */
    private static final long STOP_SECONDS = 1;

    private final URI uri;
    private final ExecutorService calls =
            Executors.newSingleThreadExecutor(work -> EventThread.daemon(work, "scanner"));
    private final ExecutorService stops =
            Executors.newSingleThreadExecutor(work -> EventThread.daemon(work, "scanner-stop"));
    private final ExecutorService closing =
            Executors.newSingleThreadExecutor(work -> EventThread.daemon(work, "scanner-close"));
    private final CompletableFuture<Object> gaveUp = new CompletableFuture<>();
    private volatile Scanner scanner;

    // Guarded by this.
    private Thread inCall;
    private long callNanos;

    ConfinedScanner(URI uri) {
        this.uri = uri;
    }

    /** Opens the scanner. To be called first. */
    void connect() throws ScannerException {
        scanner = ask(() -> Scanners.open(uri));
    }

    boolean isConnected() {
        return scanner != null;
    }

    /** For how long the call under way has lasted; 0 without one. */
    synchronized double secondsInCall() {
        return inCall == null ? 0 : (System.nanoTime() - callNanos) * 1e-9;
    }

    /** Interrupts the driver in the call under way, if any. */
    synchronized void interrupt() {
        if (inCall != null) {
            inCall.interrupt();
        }
    }

    /** Ends the waiting for the call under way, if any, and for all later ones, with a TIMEOUT. */
    synchronized void giveUp() {
        if (inCall != null) {
            gaveUp.completeExceptionally(new ScannerException(
                    ScannerException.Kind.TIMEOUT,
                    uri.toString(),
                    "the driver does not answer, not even to a stop: switch the device off, see that it is safe, and"
                            + " connect again"));
        }
    }

    private <T> T ask(Callable<T> question) throws ScannerException {
        try {
            return call(question);
        } catch (IOException e) {
            throw new IllegalStateException("only a run may fail to keep data", e);
        }
    }

    private <T> T call(Callable<T> work) throws ScannerException, IOException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        calls.execute(() -> {
            begin();
            T value = null;
            Throwable failure = null;
            try {
                value = work.call();
            } catch (Throwable e) {
                failure = e;
            }
            // Before the caller goes on: a long call that is over must not be taken for one that hangs.
            end();
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        try {
            CompletableFuture.anyOf(answer, gaveUp).get();
            return answer.join();
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScannerException(ScannerException.Kind.TIMEOUT, uri.toString(), "interrupted: scan again", e);
        }
    }

    private synchronized void begin() {
        inCall = Thread.currentThread();
        callNanos = System.nanoTime();
    }

    private synchronized void end() {
        inCall = null;
        Thread.interrupted();
    }

    private static ScannerException rethrown(Throwable cause) throws ScannerException, IOException {
        if (cause instanceof ScannerException failure) {
            return failure;
        }
        if (cause instanceof IOException failure) {
            throw failure;
        }
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        if (cause instanceof Error failure) {
            throw failure;
        }
        throw new IllegalStateException(cause);
    }

    private <T> T askQuietly(Callable<T> question) {
        try {
            return ask(question);
        } catch (ScannerException e) {
            throw new UncheckedScannerException(e);
        }
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public String description() {
        return askQuietly(scanner::description);
    }

    @Override
    public String model() {
        return askQuietly(scanner::model);
    }

    @Override
    public String firmware() {
        return askQuietly(scanner::firmware);
    }

    @Override
    public SystemLimits limits() {
        return askQuietly(scanner::limits);
    }

    @Override
    public String calibration() {
        return askQuietly(scanner::calibration);
    }

    @Override
    public Coils coils() {
        return askQuietly(scanner::coils);
    }

    @Override
    public GradientHarmonics gradientHarmonics() {
        return askQuietly(scanner::gradientHarmonics);
    }

    @Override
    public List<Interlock> interlocks() {
        return scanner.interlocks();
    }

    @Override
    public StopLatency stopLatency() {
        return scanner.stopLatency();
    }

    @Override
    public void acknowledge(Interlock interlock) throws ScannerException {
        ask(() -> {
            scanner.acknowledge(interlock);
            return interlock;
        });
    }

    @Override
    public List<SelfTestResult> selfTest() throws ScannerException {
        return ask(scanner::selfTest);
    }

    @Override
    public RunOutcome run(EventTable table, ReadoutSink sink) throws ScannerException, IOException {
        return call(() -> scanner.run(table, new Gate(sink)));
    }

    @Override
    public void abort() {
        Scanner connected = scanner;
        if (connected != null) {
            stops.execute(connected::abort);
        }
    }

    /** Lets go of the link. After the driver was given up, and where that hangs too, from another thread. */
    @Override
    public void close() {
        Scanner connected = scanner;
        if (connected != null) {
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {}, stops)
                    .completeOnTimeout(null, STOP_SECONDS, TimeUnit.SECONDS)
                    .thenRunAsync(connected::close, gaveUp.isDone() ? closing : calls);
            try {
                closed.get(CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                LOG.error("{} does not let go of its link", uri);
            } catch (ExecutionException e) {
                LOG.error("{} failed when its link was closed", uri, e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        calls.shutdown();
        stops.shutdown();
        closing.shutdown();
    }

    /** Closed when the driver is given up, so that what it still delivers reaches nobody. */
    private final class Gate implements ReadoutSink {
        private final ReadoutSink sink;

        Gate(ReadoutSink sink) {
            this.sink = sink;
        }

        @Override
        public void readout(int adcIndex, int channels, int samples, float[] real, float[] imaginary)
                throws IOException {
            if (gaveUp.isDone()) {
                throw new IOException("readout " + adcIndex + " came after the driver was given up");
            }
            sink.readout(adcIndex, channels, samples, real, imaginary);
        }

        @Override
        public void preparing(double share) {
            if (!gaveUp.isDone()) {
                sink.preparing(share);
            }
        }

        @Override
        public void played(double seconds) {
            if (!gaveUp.isDone()) {
                sink.played(seconds);
            }
        }
    }
}
