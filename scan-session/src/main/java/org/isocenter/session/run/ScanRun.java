package org.isocenter.session.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.StopLatency;
import org.isocenter.hardware.UncheckedScannerException;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.Reconstruction;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchiveException;
import org.isocenter.session.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One scan from its request to its end. {@link #execute} runs once, on the scan's thread, which waits for the scanner's; {@link
 * #abort} and {@link #state} are for any thread.
 */
final class ScanRun {
    private static final Logger LOG = LoggerFactory.getLogger(ScanRun.class);

    private static final long LOOK_MILLIS = 50;
    /** Stops within this time are one. */
    private static final long ONE_STOP_NANOS = 3_000_000_000L;

    /** Beside what is known to be needed: images, report, archive. */
    private static final long SPARE_BYTES = 50_000_000;

    /**
     * What a run shares with its session.
     *
     * @param stopPatience multiplies the times after which a driver that does not stop is interrupted and given up
     */
    record Surroundings(
            Archive archive,
            Reconstruction reconstruction,
            ExecutorService reconPool,
            ScheduledExecutorService watch,
            EventThread events,
            double silenceMarginSeconds,
            double stopPatience) {}

    private final String id;
    private final ScanRequest request;
    private final Surroundings with;
    private final CompletableFuture<ScanResult> done = new CompletableFuture<>();
    private final Map<String, Double> timingSeconds = new LinkedHashMap<>();
    private final StopRequest stop = new StopRequest();
    private final InterlockNotes interlocks;
    private volatile ScanState state = ScanState.PREPARING;
    private volatile ConfinedScanner scanner;
    private volatile PreparedScan prepared;
    private volatile boolean imagesUnwanted;
    private volatile long stoppedAt;

    // The scan's thread only, but for the journal's thread while that runs.
    private ScanDirectory directory;
    private RawData raw;
    private LiveImages live;
    private boolean archived;
    private boolean finishing;
    private ScanProgress progress;

    ScanRun(String id, ScanRequest request, Surroundings with) {
        this.id = id;
        this.request = request;
        this.with = with;
        interlocks = new InterlockNotes(new DeviceInterlocks(with.archive), id, this::tellInterlocks);
    }

    String id() {
        return id;
    }

    ScanState state() {
        return state;
    }

    /** Completes with the result, or exceptionally with a {@link ScanException}. Never before its last event is queued. */
    CompletableFuture<ScanResult> done() {
        return done;
    }

    /** Never waits. */
    void abort() {
        if (!stop.isMade()) {
            stoppedAt = System.nanoTime();
        }
        stop.make();
        ConfinedScanner connected = scanner;
        if (connected != null) {
            connected.abort();
        }
    }

    /**
     * Gives up making images, if that is what is going on: of a whole scan at once, of one that was stopped only when it takes
     * long. People press Stop more than once, and mean the scan. Never waits.
     */
    void stopReconstruction() {
        boolean meant = !stop.isMade() || System.nanoTime() - stoppedAt > ONE_STOP_NANOS;
        if (state == ScanState.RECONSTRUCTING && meant) {
            imagesUnwanted = true;
        }
    }

    void announce() {
        with.events.publish(new ScanEvent.StateChanged(id, state));
    }

    private void enter(ScanState next) {
        state = next;
        announce();
    }

    void execute() {
        try {
            prepareAndAcquire();
            succeed(finish(stop.isMade() ? ScanState.ABORTED : ScanState.DONE));
        } catch (ScanException e) {
            fail(e);
        } catch (UncheckedScannerException e) {
            fail(stop.orFirst(new ScanException(ScanException.Kind.DEVICE, e.getMessage(), e.getCause())));
        } catch (RuntimeException | Error e) {
            fail(new ScanException(
                    ScanException.Kind.OUTPUT, "the program has an error (" + e + "): please report it", e));
        } finally {
            if (live != null) {
                live.close();
            }
        }
    }

    private void prepareAndAcquire() throws ScanException {
        directory = ScanDirectory.forNewScan(request.directory(), request.overwrite());
        UnsentImages.refuse(with.archive, directory.folder());
        interlocks.refuseWhileLatched(request.device());
        try (ConfinedScanner opened = new ConfinedScanner(request.device());
                Companions companions = new Companions(
                        request.instruments(), interlocks, new GuardedPatient(with.archive, request.study()))) {
            Lookout lookout = new Lookout(opened, companions, stop, with.stopPatience, this::tellLatency);
            ScheduledFuture<?> look =
                    with.watch.scheduleWithFixedDelay(lookout, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            try {
                connect(opened);
                companions.open(opened.limits().safety().monitor());
                long start = System.nanoTime();
                prepared = Preparation.prepare(request, id, opened);
                timingSeconds.put("compile", secondsSince(start));
                throwIfStopped();
                acquire(opened, companions, lookout);
            } finally {
                scanner = null;
                look.cancel(false);
            }
        }
        if (raw.size() == 0) {
            throw stop.isMade()
                    ? aborted()
                    : new ScanException(
                            ScanException.Kind.DEVICE,
                            request.device() + ": the sequence was played but no readout came: check the receiver");
        }
    }

    private void connect(ConfinedScanner opened) throws ScanException {
        try {
            opened.connect();
        } catch (ScannerException e) {
            // A refusal to connect is about the address: an unknown driver, profile or option.
            throw stop.orFirst(
                    e.kind() == ScannerException.Kind.REFUSED
                            ? new ScanException(ScanException.Kind.INPUT, e.getMessage(), e)
                            : interlocks.failed(request.device(), List.of(), e));
        }
        scanner = opened;
        throwIfStopped();
        interlocks.refuse(request.device(), opened.interlocks());
    }

    private void throwIfStopped() throws ScanException {
        stop.throwCause();
        if (stop.isMade()) {
            throw aborted();
        }
    }

    private void tellInterlocks(URI device, List<Interlock> latched) {
        with.events.publish(new ScanEvent.Interlocked(id, device, latched));
        PreparedScan known = prepared;
        if (known != null) {
            known.report().interlocks(latched);
        }
    }

    private void tellLatency(StopLatency latency) {
        with.events.publish(new ScanEvent.StopTakes(id, latency));
    }

    private static ScanException aborted() {
        return new ScanException(ScanException.Kind.ABORTED, "the scan was stopped before there were any data");
    }

    private void acquire(Scanner opened, Companions companions, Lookout lookout) throws ScanException {
        int channels = opened.limits().receiveChannels();
        raw = new RawData(prepared.header(), prepared.plan().readouts().size());
        directory.requireSpace(bytesNeeded(channels));
        Journal journal = openJournal(channels);
        ScanState ended = ScanState.FAILED;
        try {
            with.archive.begin(
                    prepared.header(),
                    directory.folder(),
                    raw.expected(),
                    ScanState.SCANNING.name(),
                    request.exports());
            archived = true;
            play(opened, companions, lookout, journal);
            ended = stop.isMade() ? ScanState.ABORTED : ScanState.DONE;
        } catch (ScanException | RuntimeException e) {
            try {
                journal.end(ended.name());
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        try {
            journal.end(ended.name());
        } catch (IOException e) {
            throw new ScanException(ScanException.Kind.OUTPUT, e.getMessage(), e);
        }
    }

    /** Journal, raw.h5 beside it, and images. */
    private long bytesNeeded(int channels) {
        long bytes = 0;
        List<ReadoutHeader> headers = prepared.plan().readouts();
        for (int i = 0; i < headers.size(); i++) {
            int dimensions = prepared.trajectories().dimensions(i);
            bytes += Journal.recordBytes(headers.get(i).withChannels(channels), dimensions);
        }
        return 3 * bytes + prepared.sequenceText().length + SPARE_BYTES;
    }

    private Journal openJournal(int channels) throws ScanException {
        try {
            directory.open();
            Path sequence = directory.result(ScanDirectory.SEQUENCE);
            Files.write(sequence, prepared.sequenceText());
            Latest<List<ImageVolume>> preview = new Latest<>();
            ScanProgress telling = new ScanProgress(id, with.events, prepared, raw);
            progress = telling;
            LiveImages images = new LiveImages(with.reconstruction, with.reconPool, raw, preview, telling::previewMade);
            live = images;
            images.rehearse(prepared, channels);
            Journal journal =
                    Journal.create(directory.journal(), raw, prepared.report().compact(), () -> {
                        images.offer();
                        telling.kept();
                    });
            with.events.publish(
                    new ScanEvent.Started(id, new LiveScan(raw, prepared.table().durationSeconds(), preview)));
            return journal;
        } catch (IOException e) {
            throw new ScanException(
                    ScanException.Kind.INPUT,
                    "the scan cannot be kept (" + directory.folder() + "): " + e.getMessage()
                            + ": choose a folder that can be written",
                    e);
        }
    }

    private void play(Scanner opened, Companions companions, Lookout lookout, Journal journal) throws ScanException {
        Watchdog watching = new Watchdog(
                prepared.plan().readouts(),
                prepared.table().durationSeconds(),
                with.silenceMarginSeconds,
                System::nanoTime);
        enter(ScanState.SCANNING);
        LOG.info("scan {} starts on {}: {} readouts", id, opened.description(), raw.expected());
        progress.begin();
        watching.started();
        RunOutcome outcome;
        try {
            companions.switchOn();
            lookout.playing(watching);
            throwIfStopped();
            outcome = opened.run(
                    prepared.table(),
                    new Acquisition(prepared.plan().readouts(), prepared.trajectories(), journal, watching, progress));
        } catch (IOException e) {
            throw stop.orFirst(new ScanException(
                    ScanException.Kind.OUTPUT,
                    "the scan was stopped, a readout could not be kept: " + e.getMessage(),
                    e));
        } catch (ScannerException e) {
            throw stop.orFirst(interlocks.failed(request.device(), opened.interlocks(), e));
        } finally {
            timingSeconds.put("acquire", progress.secondsSinceStart());
            lookout.playing(null);
            // Whatever happened: once more, in case the driver gave up halfway. A scanner at rest ignores it.
            opened.abort();
            companions.switchOff();
        }
        if (companions.areTroubled()) {
            stop.because(companions.trouble());
        }
        stop.throwCause();
        stop.settle(outcome == RunOutcome.ABORTED);
    }

    private ScanResult finish(ScanState end) throws ScanException {
        finishing = true;
        Reconstruction reconstruction = live.atEnd();
        enter(ScanState.RECONSTRUCTING);
        List<String> notes = new ArrayList<>(prepared.plan().notes());
        if (end != ScanState.DONE || raw.size() < raw.expected()) {
            notes.add(raw.size() + " of " + raw.expected() + " readouts were acquired");
        }
        progress.addTo(timingSeconds);
        try {
            with.archive.update(id, ScanState.RECONSTRUCTING.name(), raw.size());
            ImagesWatch images = new ImagesWatch(id, with.events, () -> imagesUnwanted);
            Finishing work =
                    new Finishing(reconstruction, directory, prepared.report(), end, timingSeconds, notes, images);
            ScanResult result = onReconPool(() -> work.finish(raw));
            with.archive.complete(id, end.name(), raw.size(), work.series(), work.files(), work.instances());
            Files.deleteIfExists(directory.journal());
            return result;
        } catch (ArchiveException e) {
            throw new ScanException(ScanException.Kind.OUTPUT, e.getMessage(), e);
        } catch (IOException e) {
            throw new ScanException(
                    ScanException.Kind.OUTPUT, "the journal cannot be removed (" + directory.journal() + ")", e);
        }
    }

    private ScanResult onReconPool(Callable<ScanResult> work) throws ScanException {
        try {
            return with.reconPool.submit(work).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ScanException failure) {
                throw failure;
            }
            throw new ScanException(
                    ScanException.Kind.OUTPUT, "the program has an error (" + e.getCause() + "): please report it", e);
        } catch (InterruptedException e) {
            throw new ScanException(ScanException.Kind.OUTPUT, "interrupted while the images were made", e);
        }
    }

    private void succeed(ScanResult result) {
        LOG.info("scan {} ended: {}, {} readouts", id, result.state(), raw.size());
        state = result.state();
        with.events.publish(new ScanEvent.Finished(id, result));
        announce();
        done.complete(result);
    }

    private void fail(ScanException error) {
        keepOrDiscard(error);
        boolean stopped = error.kind() == ScanException.Kind.ABORTED;
        if (stopped) {
            LOG.info("scan {} was stopped before there were data", id);
        } else if (error.kind() == ScanException.Kind.INPUT) {
            LOG.info("scan {} was refused", id); // why may name the patient
        } else {
            LOG.error("scan {} failed", id, error);
        }
        state = stopped ? ScanState.ABORTED : ScanState.FAILED;
        if (!stopped) {
            with.events.publish(new ScanEvent.Failed(id, error.getMessage(), error));
        }
        announce();
        done.completeExceptionally(error);
    }

    /** Makes what can be made of the readouts that came before the failure; without any, leaves no trace. */
    private void keepOrDiscard(ScanException error) {
        try {
            if (raw == null || directory == null) {
                return;
            }
            if (raw.size() == 0) {
                directory.discardAll();
                if (archived) {
                    with.archive.forget(id);
                }
            } else if (!finishing) {
                finish(ScanState.FAILED);
            } else if (archived) {
                with.archive.update(id, ScanState.FAILED.name(), raw.size());
            }
        } catch (ScanException | IOException | RuntimeException second) {
            error.addSuppressed(second);
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) * 1e-9;
    }
}
