package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.hardware.TransmitImperfections;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.hardware.virtual.receive.ReceiveCoil;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventTable;

/** Simulates one table, on a thread of its own: reads it, places the spins, plays it, and hands all that is received to the run. */
final class Conductor implements Runnable {
    private static final double NANOSECONDS_PER_BATCH = 25e6;

    /** About how long each step of the preparation takes, as shares of it. */
    private static final double SURVEYED = 0.2;

    private static final double PLACED = 0.9;

    private final EventTable table;
    private final VirtualOptions options;
    private final ReceiveCoil coil;
    private final WorkerPool pool;
    private final int mostSpins;
    private final double startSeconds;
    private final Run run;

    /** @param startSeconds scan time since connecting: the main field's own time */
    Conductor(
            EventTable table,
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
        SystemLimits limits = options.profile().limits();
        TransmitImperfections transmit = options.profile().imperfections().transmit();
        FieldMap field = FieldMap.of(options.profile().imperfections().field(), limits.larmorHertz());
        run.put(new Run.Preparing(0));
        Phantom phantom = options.phantom();
        boolean listed = phantom instanceof SpinList;
        PulseLibrary library = new PulseLibrary(transmit.gain(), listed);
        ScannerFields fields = new ScannerFields(options.profile().imperfections(), limits, startSeconds);
        TableSurvey survey = TableSurvey.of(table, library, fields, run::aborted);
        run.put(new Run.Preparing(SURVEYED));
        if (run.aborted()) {
            return;
        }
        TransmitField b1 = TransmitField.of(transmit);
        GradientWarp warp = GradientWarp.of(options.profile().imperfections().gradients());
        Spins spins = phantom instanceof SpinList list
                ? ListedSpins.of(list, field, b1)
                : new SpinPlacement(phantom, limits.larmorHertz(), field, b1, warp, survey, pool, run::aborted)
                        .place(mostSpins);
        spins.seenThrough(warp);
        run.put(new Run.Preparing(PLACED));
        if (run.aborted()) {
            return;
        }
        PulseMaps maps = new PulseMaps(
                library.pulses(),
                phantom.materials(),
                spins,
                Runtime.getRuntime().maxMemory() / 4);
        BlochSimulation simulation = new BlochSimulation(
                spins, phantom.materials(), maps, coil, survey.readsFreeDecaysOnly() && !listed, pool, run::aborted);
        TableReader reader = new TableReader(table, library, fields);
        double perBatch = NANOSECONDS_PER_BATCH * pool.workers() / Math.max(1, spins.count());
        run.put(new Run.Preparing(1));
        for (List<PlayedEvent> batch = batch(reader, perBatch);
                !batch.isEmpty() && !run.aborted();
                batch = batch(reader, perBatch)) {
            for (BlochSimulation.Received received : simulation.play(batch)) {
                run.put(new Run.Signal(received));
            }
            run.put(new Run.Played(reader.nowSeconds(), reader.outputs()));
        }
    }

    private List<PlayedEvent> batch(TableReader reader, double nanosecondsPerSpin) throws UnplayableTableException {
        List<PlayedEvent> batch = new ArrayList<>();
        double nanoseconds = 0;
        while (nanoseconds < nanosecondsPerSpin) {
            PlayedEvent event = reader.next();
            if (event == null) {
                break;
            }
            batch.add(event);
            int times = event instanceof PlayedEvent.Reception ? coil.channels() : 1;
            nanoseconds += times * BlochSimulation.nanosecondsPerSpin(event);
        }
        return batch;
    }
}
