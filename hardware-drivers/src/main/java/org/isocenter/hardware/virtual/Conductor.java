package org.isocenter.hardware.virtual;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.TransmitImperfections;
import org.isocenter.hardware.virtual.phantom.FieldShift;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.hardware.virtual.receive.ReceiveCoil;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.TimedEvents;

/** Simulates one table, on a thread of its own: reads it, places the spins, plays it, and hands all that is received to the run. */
final class Conductor implements Runnable {
    /** How much work for each thread a batch should be: the longer, the more rarely a block's data come into the caches anew. */
    private static final long BATCH_NANOS = 400_000_000;

    /** The first is a guess, and the compiler has not done its work yet. */
    private static final double FIRST_BATCH_NANOS = 50e6;

    /** By how much a batch may be longer than the one before. */
    private static final double LONGER = 2;

    /** For the sums of a batch. */
    private static final long BATCH_BYTES = 64 << 20;

    /** About how long each step of the preparation takes, as shares of it. */
    private static final double SURVEYED = 0.2;

    private static final double PLACED = 0.9;
    private static final double SMALLEST_STEP = 0.02;
    private static final long SIGN_OF_LIFE_NANOS = 5_000_000_000L;

    private final TimedEvents table;
    private final VirtualOptions options;
    private final ReceiveCoil coil;
    private final WorkerPool pool;
    private final int mostSpins;
    private final double startSeconds;
    private final Run run;
    private double told = -1;
    private Run.Item latest = new Run.Preparing(0);
    private volatile long latestNanos = System.nanoTime();

    /** @param startSeconds scan time since connecting: the main field's own time */
    Conductor(
            TimedEvents table,
            VirtualOptions options,
            ReceiveCoil coil,
            WorkerPool pool,
            int mostSpins,
            double startSeconds,
            Run run) {
        this.table = table;
        this.options = options;
        this.coil = coil;
        this.pool = pool;
        this.mostSpins = mostSpins;
        this.startSeconds = startSeconds;
        this.run = run;
    }

    @Override
    public void run() {
        try {
            play();
            run.put(new Run.Ended(null));
        } catch (UnplayableTableException | RuntimeException | Error e) {
            run.put(new Run.Ended(e));
        }
    }

    private void play() throws UnplayableTableException {
        pool.afterEach(this::goOn);
        SystemLimits limits = options.profile().limits();
        Imperfections imperfections = options.profile().imperfections();
        prepared(0);
        Phantom phantom = options.phantom();
        FieldShift shift = phantom.fieldShift(imperfections.receive().fieldDirection(), this::stopped);
        if (run.aborted()) {
            return;
        }
        FieldMap magnet = FieldMap.of(imperfections.field(), limits.larmorHertz());
        FieldMap field = FieldMap.of(imperfections.field(), limits.larmorHertz(), shift);
        TransmitImperfections transmit = imperfections.transmit();
        Optional<SpinList> listed = phantom.listed();
        PulseLibrary library = new PulseLibrary(transmit.gain(), listed.isPresent());
        ScannerFields fields = new ScannerFields(imperfections, limits, startSeconds);
        TableSurvey survey = TableSurvey.of(table, library, fields, this::stopped);
        prepared(SURVEYED);
        if (run.aborted()) {
            return;
        }
        GradientWarp warp = GradientWarp.of(imperfections.gradients());
        Surroundings surroundings = new Surroundings(field, TransmitField.of(transmit), warp);
        // Spins that move take the shift along that they have where they start.
        Surroundings passed = new Surroundings(magnet, surroundings.transmit(), warp);
        PhantomReach reach = new PhantomReach(phantom, surroundings, table.durationSeconds());
        CoherenceReach coherences = listed.isPresent()
                ? null
                : CoherenceSurvey.of(table, survey, fields, phantom.materials(), this::stopped);
        Spins spins = listed.isPresent()
                ? ListedSpins.of(phantom, listed.get(), surroundings, survey.spinOrder(null))
                : new SpinPlacement(
                                phantom,
                                limits.larmorHertz(),
                                surroundings,
                                survey,
                                coherences,
                                reach,
                                pool,
                                share -> prepared(SURVEYED + (PLACED - SURVEYED) * share),
                                this::stopped)
                        .place(mostSpins, coil.channels());
        spins.seenThrough(warp);
        prepared(PLACED);
        if (run.aborted()) {
            return;
        }
        PulseMaps maps = new PulseMaps(
                library.pulses(),
                survey.echoes(),
                phantom.materials(),
                spins,
                Runtime.getRuntime().maxMemory() / 4);
        boolean idealSpoiling = survey.readsFreeDecaysOnly() && listed.isEmpty();
        BlochSimulation simulation =
                new BlochSimulation(spins, phantom.materials(), maps, coil, idealSpoiling, pool, this::stopped);
        Optional<MovingSimulation> moving = phantom.motion()
                .map(motion -> new MovingSimulation(
                        spins,
                        phantom.materials(),
                        motion,
                        passed,
                        new MovingPulses(library.pulses(), phantom.materials(), reach, spins, passed),
                        coil,
                        idealSpoiling,
                        pool,
                        this::stopped));
        EventGrain grain = phantom.motion().map(EventGrain::of).orElse(EventGrain.WHOLE);
        TableReader reader = new TableReader(table, library, fields, grain);
        double perBatch = FIRST_BATCH_NANOS * pool.workers() / Math.max(1, spins.count());
        long mostSamples = BATCH_BYTES / Math.max(1, simulation.bytesPerSample());
        double playedSeconds = 0;
        for (List<PlayedEvent> batch = batch(reader, perBatch, mostSamples);
                !batch.isEmpty() && !run.aborted();
                batch = batch(reader, perBatch, mostSamples)) {
            long begin = workedNanos();
            List<BlochSimulation.Received> all = simulation.play(batch);
            if (moving.isPresent()) {
                moving.get().play(batch, all);
            }
            // The results do not depend on it.
            perBatch *= Math.min(LONGER, (double) BATCH_NANOS / Math.max(1, workedNanos() - begin));
            prepared(1); // the clock starts when there is something to deliver
            for (BlochSimulation.Received received : all) {
                run.put(new Run.Signal(received));
            }
            playedSeconds += seconds(batch);
            tell(new Run.Played(playedSeconds, reader.outputs()));
        }
        prepared(1);
    }

    /**
     * How long this thread, which does its share of each batch, has worked: on a busy computer it waits for its turn as well, and batches
     * that are short for that reason only make more work.
     */
    private static long workedNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }

    /** How much time passes: the reader itself is further on. */
    private static double seconds(List<PlayedEvent> batch) {
        double seconds = 0;
        for (PlayedEvent event : batch) {
            if (event instanceof PlayedEvent.Precession precession) {
                seconds += precession.path().seconds();
            } else if (event instanceof PlayedEvent.Transmission transmission) {
                seconds += transmission.pulse().durationSeconds();
            }
        }
        return seconds;
    }

    /** Asked by all that takes long, which so gives its sign of life. Any thread. */
    private boolean stopped() {
        if (System.nanoTime() - latestNanos > SIGN_OF_LIFE_NANOS) {
            goOn();
        }
        return run.aborted();
    }

    /** Any thread. */
    private synchronized void prepared(double share) {
        if (share >= told + SMALLEST_STEP || share == 1 && told < 1) {
            told = share;
            tell(new Run.Preparing(share));
        }
    }

    private synchronized void tell(Run.Item item) {
        latest = item;
        latestNanos = System.nanoTime();
        run.put(item);
    }

    /** Tells the latest again when there has been nothing else to tell for long: a slow computer is not a dead scanner. Any thread. */
    private synchronized void goOn() {
        if (System.nanoTime() - latestNanos > SIGN_OF_LIFE_NANOS) {
            tell(latest);
        }
    }

    private List<PlayedEvent> batch(TableReader reader, double nanosecondsPerSpin, long mostSamples)
            throws UnplayableTableException {
        List<PlayedEvent> batch = new ArrayList<>();
        double nanoseconds = 0;
        long samples = 0;
        while (nanoseconds < nanosecondsPerSpin && samples < mostSamples) {
            PlayedEvent event = reader.next();
            if (event == null) {
                break;
            }
            batch.add(event);
            int times = 1;
            if (event instanceof PlayedEvent.Reception reception) {
                times = coil.channels();
                samples += reception.window().samples();
            }
            nanoseconds += times * BlochSimulation.nanosecondsPerSpin(event);
        }
        return batch;
    }
}
