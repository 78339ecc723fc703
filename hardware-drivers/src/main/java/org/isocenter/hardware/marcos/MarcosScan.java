package org.isocenter.hardware.marcos;

import java.io.IOException;
import java.util.Iterator;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.isocenter.hardware.StopLatency;
import org.isocenter.hardware.UncheckedScannerException;
import org.isocenter.hardware.UncompilableTableException;
import org.isocenter.sequence.compile.Rest;
import org.isocenter.sequence.compile.TimedEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One scan: a table's runs, one after the other. While a run plays, the readouts of the one before are handed on and the next is
 * compiled. One thread, but {@link #stop} and {@link #stopLatency} are for any.
 */
final class MarcosScan {
    private static final Logger LOG = LoggerFactory.getLogger(MarcosScan.class);
    /** What a simulated FPGA takes for a second of the scan, with room to spare. */
    private static final double SIMULATED_SLOWDOWN = 60;

    /** The server's words for samples that are missing somewhere. */
    private static final String SAMPLES_LOST = "RX FIFO";

    private static final double SHARE_TOLD = 0.01;

    /** When a stop takes effect. */
    private static final String AT_REPETITION = "at the end of the repetition under way";

    private static final String AFTER_SEVERAL = "after the repetitions that were sent together";
    /** What a run may be longer than a repetition, by where in the pause it ends. */
    private static final double PAUSE_SECONDS = 0.005;

    private final TimedEvents table;
    private final MarcosAddress address;
    private final MargaSettings settings;
    private final MarcosConsole console;
    private final SafeState safe;
    private final MargaValidator validator;
    private final RunSamples samples;
    private final RunPacer pacer;

    private volatile boolean stopped;
    private volatile long stoppedNanos;
    private volatile double longestSeconds = Double.NaN;
    /** Whether a run is longer than any repetition. */
    private volatile boolean manyAtOnce;
    /** Whether a simulated console knows the whole scan. */
    private boolean announced;

    private Prepared playing;
    private long startedNanos;

    /** A run as it is sent. */
    private record Prepared(MargaRun run, byte[] payload) {}

    /** @param settings of the address, with the receiver of this console */
    MarcosScan(TimedEvents table, MarcosAddress address, MargaSettings settings, MarcosConsole console) {
        this.table = table;
        this.address = address;
        this.settings = settings;
        this.console = console;
        safe = new SafeState(console, settings, device());
        validator = new MargaValidator(settings);
        samples = new RunSamples(address, console.isHardware());
        pacer = new RunPacer(console.isHardware());
    }

    /** Takes effect at the end of the run under way. Any thread. */
    void stop() {
        stoppedNanos = System.nanoTime();
        stopped = true;
    }

    /** Of any scan: what a repetition takes is not known yet. */
    static StopLatency beforeScan(MarcosAddress address) {
        return new StopLatency(Double.NaN, AT_REPETITION + " (short ones: " + (float) address.longestSeconds() + " s)");
    }

    /** Any thread. */
    StopLatency stopLatency() {
        return new StopLatency(longestSeconds, manyAtOnce ? AFTER_SEVERAL : AT_REPETITION);
    }

    /** Since it was told to stop. */
    double stoppedSeconds() {
        return (System.nanoTime() - stoppedNanos) * 1e-9;
    }

    /** Of the run under way, at most; 0 when none is. */
    double busySeconds() {
        return playing == null ? 0 : playing.run().seconds();
    }

    /** Leaves outputs as the last run did: RF off, gates closed, gradients at their shims; or, when it throws, anyhow. */
    RunOutcome play(ReadoutSink sink) throws ScannerException, IOException {
        try {
            announce(sink);
            return stopped ? RunOutcome.ABORTED : playAll(sink);
        } catch (ScannerException e) {
            // One that computes for long is left; it forgets the scan with the connection.
            if (stopped && e.kind() == Kind.TIMEOUT && !console.isHardware()) {
                return RunOutcome.ABORTED;
            }
            throw e;
        } catch (UncompilableTableException e) {
            throw new ScannerException(Kind.REFUSED, device(), e.getMessage(), e);
        } catch (UncheckedScannerException e) {
            throw e.getCause();
        }
    }

    private String device() {
        return address.uri().toString();
    }

    private MargaRuns runs() {
        return new MargaRuns(table, settings, RunLimits.of(address));
    }

    /** Compiles and checks all before anything is played, and tells a simulated console about it. */
    private void announce(ReadoutSink sink) throws ScannerException, UncompilableTableException {
        boolean announcing = !console.isHardware();
        double longest = 0;
        double told = 0;
        MargaRuns all = runs();
        for (MargaRun run = all.next(); run != null && !stopped; run = all.next()) {
            MargaRun sent = pacer.sent(run);
            byte[] payload = checked(sent);
            announcing = announcing && console.announce(payload);
            longest = Math.max(longest, sent.seconds());
            double share = run.endSeconds() / table.durationSeconds();
            if (share > told + SHARE_TOLD) {
                sink.preparing(Math.min(1, share));
                told = share;
            }
        }
        if (announcing && !stopped) {
            announced = console.announce(null);
        }
        manyAtOnce = longest > longestRepetitionSeconds() + PAUSE_SECONDS;
        longestSeconds = longest + address.exchangeSeconds();
    }

    private double longestRepetitionSeconds() {
        long longest = 0;
        long before = 0;
        for (Iterator<Rest> rests = table.rests(); rests.hasNext(); ) {
            Rest rest = rests.next();
            if (rest.certain()) {
                longest = Math.max(longest, rest.toTick() - before);
                before = rest.toTick();
            }
        }
        return Math.max(longest, table.durationTicks() - before) / table.clockHertz();
    }

    private byte[] checked(MargaRun run) throws ScannerException {
        byte[] payload = run.payload();
        try {
            validator.check(payload, run.lengthClocks());
        } catch (IllegalStateException e) {
            throw new ScannerException(
                    Kind.REFUSED, device(), e.getMessage() + ": this is a fault of the driver, please report it", e);
        }
        return payload;
    }

    private RunOutcome playAll(ReadoutSink sink) throws ScannerException, IOException, UncompilableTableException {
        MargaRuns runs = runs();
        Prepared next = prepare(runs.next());
        MargaRun before = null;
        Reply received = null;
        while (next != null) {
            if (announced) {
                deliver(before, received, sink);
                before = null;
                awaitSimulation(next.run(), sink);
            }
            if (!start(next)) {
                silence();
                break;
            }
            deliver(before, received, sink);
            before = playing.run();
            next = prepare(runs.next());
            received = await();
            failIfFailed(before, received, sink);
        }
        deliver(before, received, sink);
        if (pacer.late() > 0) {
            LOG.warn(
                    "{}: {} runs started late, by {} ms at most: the steady state was disturbed; give exchange={} or more, or"
                            + " longest= more than {} where repetitions follow one another without a pause",
                    device(),
                    pacer.late(),
                    (float) (1e3 * pacer.latestSeconds()),
                    (float) (2 * pacer.largestExchangeSeconds()),
                    (float) address.longestSeconds());
        }
        return next == null ? RunOutcome.COMPLETED : RunOutcome.ABORTED;
    }

    /**
     * Until a simulated console has a run's samples, which takes what its computer needs. Tells of it as long as the simulation
     * goes on, so that a slow computer is not taken for a dead link.
     */
    private void awaitSimulation(MargaRun run, ReadoutSink sink) throws ScannerException {
        long heard = 0;
        long heardNanos = System.nanoTime();
        for (long signs = console.computing(); signs != 0 && !stopped; signs = console.computing()) {
            if (signs != heard) {
                heard = signs;
                heardNanos = System.nanoTime();
                sink.played(run.startSeconds());
            } else if (System.nanoTime() - heardNanos > nanos(address.patienceSeconds())) {
                throw new ScannerException(
                        Kind.TIMEOUT,
                        device(),
                        "the simulation of run " + (run.number() + 1) + " has not gone on for "
                                + address.patienceSeconds() + " s: if it is only slow, give patience= more seconds");
            }
        }
    }

    private Prepared prepare(MargaRun run) throws ScannerException {
        if (run == null) {
            return null;
        }
        MargaRun sent = pacer.sent(run);
        return new Prepared(sent, checked(sent));
    }

    /** Starts a run at its moment; false when the scan has been stopped. */
    private boolean start(Prepared prepared) throws ScannerException {
        pacer.awaitStart(prepared.run(), () -> stopped);
        if (stopped) {
            return false;
        }
        playing = prepared;
        startedNanos = System.nanoTime();
        console.run(prepared.payload());
        pacer.started(prepared.run());
        return true;
    }

    /** Makes all safe before what has been received goes to the disk. Whether it worked is looked at afterwards. */
    private void silence() {
        try {
            safe.write();
        } catch (ScannerException e) {
            LOG.info("{}", e.getMessage());
        }
    }

    private Reply await() throws ScannerException {
        Reply reply = console.result(this::untilNanos);
        playing = null;
        pacer.ended();
        return reply;
    }

    /** When to give the run under way up. */
    private long untilNanos() {
        double seconds = playing.run().seconds();
        double margin = 1e-3 * address.timeoutMillis();
        double simulating = console.isHardware() ? 0 : SIMULATED_SLOWDOWN * seconds + address.patienceSeconds();
        long until = startedNanos + nanos(seconds + margin + simulating);
        long whenStopped = stoppedNanos + nanos(seconds + margin);
        return stopped && whenStopped - until < 0 ? whenStopped : until;
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    /** Waits for the reply to a run that is under way, so that the console listens again. */
    void settle() throws ScannerException {
        if (playing != null && console.isOpen()) {
            stop();
            await();
        }
    }

    private void deliver(MargaRun run, Reply reply, ReadoutSink sink) throws ScannerException, IOException {
        if (run != null) {
            samples.deliver(run, reply, sink);
            sink.played(run.endSeconds());
        }
    }

    /** Windows that were whole before something failed are handed on. */
    private void failIfFailed(MargaRun run, Reply reply, ReadoutSink sink) throws ScannerException, IOException {
        if (reply.errors().isEmpty()) {
            return;
        }
        if (reply.errors().stream().noneMatch(error -> error.contains(SAMPLES_LOST))) {
            try {
                samples.deliver(run, reply, sink);
            } catch (ScannerException e) {
                LOG.info("{}", e.getMessage());
            }
        }
        console.throwIfFailed("run_seq (run " + (run.number() + 1) + ")", reply.errors());
    }
}
