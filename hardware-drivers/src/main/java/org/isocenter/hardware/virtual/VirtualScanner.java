package org.isocenter.hardware.virtual;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.TransmitImperfections;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.hardware.virtual.receive.ReceiveChain;
import org.isocenter.hardware.virtual.receive.ReceiveCoil;
import org.isocenter.hardware.virtual.receive.SpectrometerFaults;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventTable;

/**
 * A simulated scanner. Samples are in millilitres of fully polarised water: a phantom of one litre gives about 1000 after a
 * 90° pulse.
 */
public final class VirtualScanner implements Scanner {
    private static final double NANOSECONDS_PER_BATCH = 25e6;

    private final URI uri;
    private final VirtualOptions options;
    private final FieldMap field;
    private final TransmitImperfections transmit;
    private final WorkerPool pool;
    private final int mostSpins;
    private final Pace pace = new Pace();
    private volatile OutputState outputs = OutputState.SAFE;
    private volatile boolean closed;
    /** Scan time since connecting: the main field's own time. */
    private double playedSeconds;

    VirtualScanner(URI uri, VirtualOptions options, int threads, int mostSpins) {
        this.mostSpins = mostSpins;
        this.uri = uri;
        this.options = options;
        field = FieldMap.of(
                options.profile().imperfections().field(),
                options.profile().limits().larmorHertz());
        transmit = options.profile().imperfections().transmit();
        pool = new WorkerPool(threads);
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

    /** What the outputs are set to now. Any thread. */
    public OutputState outputs() {
        return outputs;
    }

    @Override
    public RunOutcome run(EventTable table, ReadoutSink sink) throws ScannerException, IOException {
        if (closed) {
            throw refused("the scanner has been closed: connect again");
        }
        TableLimits.refuseIfBeyond(table, limits(), uri.toString());
        pace.start();
        try {
            return play(table, sink);
        } catch (UnplayableTableException e) {
            throw new ScannerException(ScannerException.Kind.REFUSED, uri.toString(), e.getMessage(), e);
        } finally {
            outputs = OutputState.SAFE;
            pace.end();
        }
    }

    private RunOutcome play(EventTable table, ReadoutSink sink)
            throws IOException, ScannerException, UnplayableTableException {
        Phantom phantom = options.phantom();
        boolean listed = phantom instanceof SpinList;
        PulseLibrary library = new PulseLibrary(transmit.gain(), listed);
        ScannerFields fields = new ScannerFields(options.profile().imperfections(), limits(), playedSeconds);
        TableSurvey survey = TableSurvey.of(table, library, fields, pace::aborted);
        double larmor = limits().larmorHertz();
        TransmitField b1 = TransmitField.of(transmit);
        Spins spins = phantom instanceof SpinList list
                ? ListedSpins.of(list, field, b1)
                : new SpinPlacement(phantom, larmor, field, b1, survey, pool, pace::aborted).place(mostSpins);
        PulseMaps maps = new PulseMaps(
                library.pulses(),
                phantom.materials(),
                spins,
                Runtime.getRuntime().maxMemory() / 4);
        Imperfections imperfections = options.profile().imperfections();
        ReceiveCoil coil = new ReceiveCoil(
                limits().receiveChannels(), imperfections.receive().fieldDirection());
        BlochSimulation simulation = new BlochSimulation(
                spins, phantom.materials(), maps, coil, survey.readsFreeDecaysOnly() && !listed, pool, pace::aborted);
        Delivery delivery = new Delivery(
                new ReceiveChain(imperfections, coil, limits(), table, options.seed(), options.noiseFactor()),
                new SpectrometerFaults(imperfections.faults(), options.seed(), uri.toString()),
                coil.channels(),
                sink);
        TableReader reader = new TableReader(table, library, fields);
        double perBatch = NANOSECONDS_PER_BATCH * pool.workers() / Math.max(1, spins.count());
        pace.begin(options.realTime());
        for (List<PlayedEvent> batch = batch(reader, perBatch, coil.channels());
                !batch.isEmpty() && !pace.aborted();
                batch = batch(reader, perBatch, coil.channels())) {
            outputs = reader.outputs();
            playedSeconds = fields.startSeconds() + reader.nowSeconds();
            for (BlochSimulation.Received received : simulation.play(batch)) {
                if (!pace.waitUntil(received.window().endSeconds())) {
                    return RunOutcome.ABORTED;
                }
                delivery.take(received);
            }
        }
        return pace.waitUntil(table.durationSeconds()) ? RunOutcome.COMPLETED : RunOutcome.ABORTED;
    }

    private static List<PlayedEvent> batch(TableReader reader, double nanosecondsPerSpin, int channels)
            throws UnplayableTableException {
        List<PlayedEvent> batch = new ArrayList<>();
        double nanoseconds = 0;
        while (nanoseconds < nanosecondsPerSpin) {
            PlayedEvent event = reader.next();
            if (event == null) {
                break;
            }
            batch.add(event);
            int times = event instanceof PlayedEvent.Reception ? channels : 1;
            nanoseconds += times * BlochSimulation.nanosecondsPerSpin(event);
        }
        return batch;
    }

    @Override
    public void abort() {
        pace.abort();
    }

    @Override
    public void close() {
        closed = true;
        pace.abort();
        pool.close();
    }

    private ScannerException refused(String message) {
        return new ScannerException(ScannerException.Kind.REFUSED, uri.toString(), message);
    }
}
