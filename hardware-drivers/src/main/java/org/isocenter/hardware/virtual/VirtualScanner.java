package org.isocenter.hardware.virtual;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.TransmitImperfections;
import org.isocenter.hardware.virtual.phantom.Phantom;
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
    /** Samples of the window under way, by channels. */
    private float[] re;

    private float[] im;

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

    private RunOutcome play(EventTable table, ReadoutSink sink) throws IOException, UnplayableTableException {
        PulseLibrary library = new PulseLibrary(transmit.gain());
        TableSurvey survey = TableSurvey.of(table, library, pace::aborted);
        Phantom phantom = options.phantom();
        Spins spins = new SpinPlacement(phantom, field, TransmitField.of(transmit), survey, pool, pace::aborted)
                .place(mostSpins);
        PulseMaps maps = new PulseMaps(
                library.pulses(),
                phantom.materials(),
                spins,
                Runtime.getRuntime().maxMemory() / 4);
        BlochSimulation simulation = new BlochSimulation(
                spins,
                phantom.materials(),
                maps,
                new ReceiveCoil(limits().receiveChannels()),
                survey.readsFreeDecaysOnly(),
                pool,
                pace::aborted);
        TableReader reader = new TableReader(table, library);
        double perBatch = NANOSECONDS_PER_BATCH * pool.workers() / Math.max(1, spins.count());
        pace.begin(options.realTime());
        for (List<PlayedEvent> batch = batch(reader, perBatch);
                !batch.isEmpty() && !pace.aborted();
                batch = batch(reader, perBatch)) {
            outputs = reader.outputs();
            for (BlochSimulation.Received received : simulation.play(batch)) {
                if (!pace.waitUntil(received.window().endSeconds())) {
                    return RunOutcome.ABORTED;
                }
                deliver(received, sink);
            }
        }
        return pace.waitUntil(table.durationSeconds()) ? RunOutcome.COMPLETED : RunOutcome.ABORTED;
    }

    private static List<PlayedEvent> batch(TableReader reader, double nanosecondsPerSpin)
            throws UnplayableTableException {
        List<PlayedEvent> batch = new ArrayList<>();
        double nanoseconds = 0;
        while (nanoseconds < nanosecondsPerSpin) {
            PlayedEvent event = reader.next();
            if (event == null) {
                break;
            }
            batch.add(event);
            nanoseconds += BlochSimulation.nanosecondsPerSpin(event);
        }
        return batch;
    }

    /** Demodulates, conjugates; adds noise when the window is whole. */
    private void deliver(BlochSimulation.Received received, ReadoutSink sink) throws IOException {
        Window window = received.window();
        int samples = window.wholeSamples();
        int channels = limits().receiveChannels();
        if (window.firstSample() == 0) {
            re = new float[channels * samples];
            im = new float[channels * samples];
        }
        for (int s = 0; s < window.samples(); s++) {
            double angle = window.demodulationRadians(s);
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            for (int channel = 0; channel < channels; channel++) {
                int from = channel * window.samples() + s;
                int to = channel * samples + window.firstSample() + s;
                re[to] = (float) (received.re()[from] * cos + received.im()[from] * sin);
                im[to] = (float) (received.re()[from] * sin - received.im()[from] * cos);
            }
        }
        if (!window.completesTheWindow()) {
            return;
        }
        double deviation = options.profile().imperfections().receive().noise() * options.noiseFactor();
        new NoiseSource(options.seed(), deviation).addTo(re, im, re.length, window.adcIndex(), window.dwellSeconds());
        sink.readout(window.adcIndex(), channels, samples, re, im);
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
