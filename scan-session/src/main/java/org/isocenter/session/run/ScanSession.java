package org.isocenter.session.run;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedScan;

/**
 * Runs scans, one at a time, from protocol to archive, on threads of its own: one for the scan, one that makes every call to the
 * scanner, a pool that makes images, one that watches, and one that delivers events. No call blocks but {@link #scan},
 * {@link #awaitEnd} and {@link #close}. Any thread.
 */
public final class ScanSession implements AutoCloseable {
    /** How much longer than the table's own pauses a scanner may be silent: slow links, and simulations on a busy machine. */
    private static final double SILENCE_MARGIN_SECONDS = 60;

    private static final DateTimeFormatter ID_TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final EventThread events = new EventThread();
    private final ExecutorService scanThread =
            Executors.newSingleThreadExecutor(work -> EventThread.daemon(work, "scan"));
    private final ExecutorService reconPool = Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() - 1), work -> EventThread.daemon(work, "recon"));
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(work -> EventThread.daemon(work, "scan-watch"));
    private final Archive archive;
    private final Reconstruction reconstruction;
    private final ScanRun.Surroundings surroundings;
    private Job job; // guarded by this

    /** What is under way, or was last. */
    private record Job(String id, ScanRun run, Recovery recovery, CompletableFuture<ScanResult> done) {
        ScanState state() {
            return run != null ? run.state() : recovery.state();
        }
    }

    /** @param archive stays the caller's to close, after this */
    public ScanSession(Archive archive) {
        this(archive, new StandardReconstruction());
    }

    /** @param reconstruction that makes the images of all scans, and their previews */
    public ScanSession(Archive archive, Reconstruction reconstruction) {
        this(archive, reconstruction, SILENCE_MARGIN_SECONDS, 1);
    }

    ScanSession(Archive archive, Reconstruction reconstruction, double silenceMarginSeconds, double stopPatience) {
        this.archive = archive;
        this.reconstruction = reconstruction;
        this.surroundings = new ScanRun.Surroundings(
                archive, reconstruction, reconPool, watch, events, silenceMarginSeconds, stopPatience);
    }

    /** Starts a scan and returns its id. Throws {@link IllegalStateException} when one is under way. */
    public synchronized String start(ScanRequest request) {
        refuseWhenBusy();
        ScanRun run = new ScanRun(newId(), request, surroundings);
        job = new Job(run.id(), run, null, run.done());
        run.announce();
        scanThread.execute(run::execute);
        return run.id();
    }

    /**
     * Makes images, DICOM and report of a scan that was cut short ({@link Archive#interrupted}), in its own folder, and
     * returns its id. Events as of a scan, from RECONSTRUCTING on; it ends as ABORTED, or DONE when nothing was missing.
     * Throws {@link IllegalStateException} when a scan is under way.
     */
    public synchronized String finish(ArchivedScan interrupted) {
        refuseWhenBusy();
        Recovery recovery = new Recovery(interrupted, archive, reconstruction, events);
        job = new Job(interrupted.id(), null, recovery, recovery.done());
        recovery.announce();
        reconPool.execute(recovery::execute);
        return interrupted.id();
    }

    private void refuseWhenBusy() {
        if (job != null && job.state().isBusy()) {
            throw new IllegalStateException("scan " + job.id() + " is under way");
        }
    }

    private static String newId() {
        return String.format(
                Locale.ROOT,
                "%s-%06x",
                ID_TIME.format(LocalDateTime.now()),
                ThreadLocalRandom.current().nextInt(1 << 24));
    }

    /** Runs a scan and waits for its end. Interrupting the caller stops the scan, and does not wait for its end. */
    public ScanResult scan(ScanRequest request) throws ScanException, InterruptedException {
        start(request);
        try {
            return awaitEnd();
        } catch (InterruptedException e) {
            abort();
            throw e;
        }
    }

    /** Waits for the end of what {@link #start} or {@link #finish} began last. */
    public ScanResult awaitEnd() throws ScanException, InterruptedException {
        Job last = last();
        if (last == null) {
            throw new IllegalStateException("no scan was started");
        }
        try {
            return last.done().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ScanException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Stops the scan under way, if any, at once. What was acquired is kept, reconstructed and archived. When the scan is over and
     * images are being made, gives those up; the raw data are kept.
     */
    public void abort() {
        Job last = last();
        if (last == null) {
            return;
        }
        if (last.run() == null) {
            last.recovery().stop();
        } else {
            last.run().stopReconstruction();
            last.run().abort();
        }
    }

    private synchronized Job last() {
        return job;
    }

    public synchronized ScanState state() {
        return job == null ? ScanState.IDLE : job.state();
    }

    /** From now on {@code listener} hears of every event, until the returned handle is closed. */
    public AutoCloseable subscribe(Consumer<ScanEvent> listener) {
        return events.subscribe(listener);
    }

    /** Aborts what runs, waits for the hardware to be safe and for the data to be on disk. */
    @Override
    public void close() {
        Job last = last();
        if (last != null && last.run() != null) {
            last.run().abort();
        }
        try {
            awaitEnd();
        } catch (ScanException | IllegalStateException e) {
            // Told to the listeners already; here only the end counts.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        scanThread.shutdown();
        reconPool.shutdown();
        watch.shutdownNow();
        events.close();
    }
}
