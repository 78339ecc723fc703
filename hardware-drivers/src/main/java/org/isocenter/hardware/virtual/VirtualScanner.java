package org.isocenter.hardware.virtual;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.isocenter.hardware.EventGuard;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.Interlocks;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.StopLatency;
import org.isocenter.hardware.TableLimits;
import org.isocenter.hardware.UncheckedScannerException;
import org.isocenter.hardware.virtual.receive.ReceiveChain;
import org.isocenter.hardware.virtual.receive.ReceiveCoil;
import org.isocenter.hardware.virtual.receive.SpectrometerFaults;
import org.isocenter.model.Coils;
import org.isocenter.model.GradientHarmonics;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.compile.TimedEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A simulated scanner. Samples are in millilitres of fully polarised water: a phantom of one litre gives about 1000 after a
 * 90° pulse.
 */
public final class VirtualScanner implements Scanner {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualScanner.class);

    /** When readouts come so much later than in a real scan, the log says so. */
    private static final double LATE_SECONDS = 1;

    /** The thread that delivers is woken; what is computed meanwhile plays nothing. */
    private static final StopLatency STOP_LATENCY = new StopLatency(0.01, "at once");

    private final URI uri;
    private final VirtualOptions options;
    private final WorkerPool pool;
    private final int mostSpins;
    private final Interlocks interlocks;
    /** Where tables are simulated, one after the other: the thread that runs a scan only delivers, so it can stop at once. */
    private final ExecutorService conductors = Executors.newSingleThreadExecutor(runnable -> {
        Thread thread = new Thread(runnable, "virtual scanner");
        thread.setDaemon(true);
        return thread;
    });

    /** The run under way, or null. */
    private volatile Run current;

    private volatile OutputState outputs = OutputState.SAFE;
    private volatile boolean closed;
    /** Scan time since connecting: the main field's own time. */
    private double playedSeconds;

    VirtualScanner(URI uri, VirtualOptions options, int threads, int mostSpins) {
        this.mostSpins = mostSpins;
        this.uri = uri;
        this.options = options;
        pool = new WorkerPool(threads);
        interlocks = new Interlocks(uri.toString());
        interlockedAt(0);
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public String description() {
        return "Virtual scanner (" + options.profile().name() + ", phantom "
                + options.phantom().name() + ")";
    }

    @Override
    public String firmware() {
        return "Bloch simulation 1";
    }

    @Override
    public SystemLimits limits() {
        return options.profile().limits();
    }

    /** As the maker of the simulated coils knows them. */
    @Override
    public GradientHarmonics gradientHarmonics() {
        return options.profile().imperfections().gradients().harmonics();
    }

    @Override
    public Coils coils() {
        return options.profile().coils();
    }

    /** What the outputs are set to now. Any thread. */
    public OutputState outputs() {
        return outputs;
    }

    @Override
    public RunOutcome run(EventTable table, ReadoutSink sink) throws ScannerException, IOException {
        if (closed) {
            throw closedError();
        }
        TableLimits.refuseIfBeyond(table, limits(), uri.toString());
        try {
            return play(new EventGuard(table, limits(), uri.toString()), sink);
        } catch (UncheckedScannerException e) {
            throw e.getCause();
        }
    }

    /**
     * Plays events whose limits nobody has checked, as hardware does: what an emulated device was sent. Otherwise as
     * {@link #run}.
     */
    public RunOutcome play(TimedEvents table, ReadoutSink sink) throws ScannerException, IOException {
        if (closed) {
            throw closedError();
        }
        interlocks.refuseWhileLatched();
        Imperfections imperfections = options.profile().imperfections();
        ReceiveCoil coil = new ReceiveCoil(
                limits().receiveChannels(), imperfections.receive().fieldDirection());
        Run run = new Run();
        current = run;
        try {
            conductors.execute(new Conductor(table, options, coil, pool, mostSpins, playedSeconds, run));
            Delivery delivery = new Delivery(
                    new ReceiveChain(imperfections, coil, limits(), table, options.seed(), options.noiseFactor()),
                    new SpectrometerFaults(imperfections.faults(), options.seed(), uri.toString()),
                    coil.channels(),
                    sink);
            return deliver(run, table, delivery, sink);
        } catch (UnplayableTableException e) {
            throw new ScannerException(ScannerException.Kind.REFUSED, uri.toString(), e.getMessage(), e);
        } finally {
            run.abort();
            current = null;
            outputs = OutputState.SAFE;
        }
    }

    private RunOutcome deliver(Run run, TimedEvents table, Delivery delivery, ReadoutSink sink)
            throws IOException, ScannerException, UnplayableTableException {
        double before = playedSeconds;
        boolean late = false;
        for (Run.Item item = run.take(); item != null; item = run.take()) {
            if (item instanceof Run.Preparing preparing) {
                sink.preparing(preparing.share());
                run.begin();
            } else if (item instanceof Run.Signal signal) {
                double end = signal.received().window().endSeconds();
                if (!reached(run, end)) {
                    break;
                }
                if (options.realTime() && !late && run.behindSeconds(end) > LATE_SECONDS) {
                    late = true;
                    LOG.warn("{} cannot keep the pace of a real scan: {} s late after {} s", uri, LATE_SECONDS, (float)
                            end);
                }
                throwIfInterlocked(before + end);
                delivery.take(signal.received());
            } else if (item instanceof Run.Played played) {
                if (!reached(run, played.seconds())) {
                    break;
                }
                throwIfInterlocked(before + played.seconds());
                outputs = played.outputs();
                playedSeconds = before + played.seconds();
                sink.played(played.seconds());
            } else if (item instanceof Run.Ended ended) {
                throwIfFailed(ended.failure());
                return reached(run, table.durationSeconds()) ? RunOutcome.COMPLETED : RunOutcome.ABORTED;
            }
        }
        return RunOutcome.ABORTED;
    }

    private void throwIfInterlocked(double scanSeconds) throws ScannerException {
        Interlock tripped = interlockedAt(scanSeconds);
        if (tripped != null) {
            throw interlocks.tripped(tripped);
        }
    }

    /** The interlock that trips now; null for none. */
    private Interlock interlockedAt(double scanSeconds) {
        VirtualInterlock input = options.interlock();
        return input.trips(scanSeconds) ? interlocks.latch(input.kind(), input.reason()) : null;
    }

    @Override
    public List<Interlock> interlocks() {
        return interlocks.latched();
    }

    @Override
    public void acknowledge(Interlock interlock) throws ScannerException {
        if (options.interlock().causePersists()) {
            throw interlocks.persists(interlock);
        }
        interlocks.release(interlock);
    }

    /** Waits for this moment of the scan, in real time only; false when aborted. */
    private boolean reached(Run run, double scanSeconds) {
        return options.realTime() ? run.waitUntil(scanSeconds) : !run.aborted();
    }

    private static void throwIfFailed(Throwable failure) throws UnplayableTableException {
        if (failure instanceof UnplayableTableException unplayable) {
            throw unplayable;
        }
        if (failure instanceof RuntimeException broken) {
            throw broken;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    @Override
    public void abort() {
        Run run = current;
        if (run != null) {
            run.abort();
        }
    }

    @Override
    public StopLatency stopLatency() {
        return STOP_LATENCY;
    }

    @Override
    public void close() {
        closed = true;
        abort();
        conductors.shutdownNow();
        pool.close();
    }

    private ScannerException closedError() {
        return new ScannerException(
                ScannerException.Kind.REFUSED, uri.toString(), "the scanner has been closed: connect again");
    }
}
