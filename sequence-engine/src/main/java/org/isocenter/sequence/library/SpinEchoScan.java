package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.design.DesignRasters;
import org.isocenter.sequence.design.EchoTrains;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.LineOrder;
import org.isocenter.sequence.design.LineSampling;
import org.isocenter.sequence.design.LineSampling.View;
import org.isocenter.sequence.design.Pulses;
import org.isocenter.sequence.design.ViewOrder;

/**
 * A scan of spin-echo trains. Either all echoes of a train measure the same line, each for an image of its own contrast, or
 * (turbo) each measures another line of one image, whose centre comes at TE. Slices are interleaved in TR, with an inversion
 * or saturation before each excitation where the protocol wants one.
 */
final class SpinEchoScan implements Kernel {
    private final Protocol protocol;
    private final SystemLimits limits;
    private final EncodingGeometry stack;
    private final Volume volume;
    private final SpinEchoTrain train;
    private final Preparation preparation;
    private final Interleaving interleaving;
    private final LineSampling sampling;
    private final boolean turbo;
    private final int centralEcho;

    /**
     * @param pulses of the train
     * @param preparation before each excitation, or null
     * @return null when {@code problems} tell why not
     */
    static SpinEchoScan plan(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Volume volume,
            SpinEchoTrain.Parts pulses,
            Preparation preparation,
            Problems problems) {
        LineSampling sampling = Sampling.of(protocol, limits, volume, problems);
        if (protocol.has("ETL") && problems.none()) {
            int lines =
                    sampling.views(volume.partitions() / 2, LineOrder.LINEAR).size();
            problems.atMost("ETL", lines, 1, "there are no more lines to measure than that");
        }
        if (!problems.none()) {
            return null;
        }
        SpinEchoTrain train = SpinEchoTrain.plan(protocol, limits, system, volume, pulses, problems);
        if (train == null) {
            return null;
        }
        SpinEchoScan planned =
                new SpinEchoScan(protocol, limits, system, volume, sampling, train, preparation, problems);
        return problems.none() ? planned : null;
    }

    private SpinEchoScan(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Volume volume,
            LineSampling sampling,
            SpinEchoTrain train,
            Preparation preparation,
            Problems problems) {
        this.protocol = protocol;
        this.limits = limits;
        this.stack = Placement.of(protocol);
        this.volume = volume;
        this.sampling = sampling;
        this.train = train;
        this.preparation = preparation;
        turbo = protocol.has("ETL");
        centralEcho = turbo ? centralEcho(problems) : 0;
        interleaving = Interleaving.plan(
                protocol,
                volume.slices(),
                train.leadPs(),
                train.tailPs(),
                train.onPs(),
                preparation,
                limits,
                system.grid(),
                problems);
        double reach = (volume.slices() - 1) / 2.0 * volume.spacingMeters();
        double sliceGradient = Math.max(
                train.largestSliceGradient(),
                preparation == null ? 0 : preparation.pulse().hertzPerMeter());
        Timing.offset(protocol, stack.slice(), stack, reach, sliceGradient, limits, problems);
        double readGradient = train.readout().gradient().amplitudeHertzPerMeter();
        Timing.offset(protocol, stack.read(), stack, 0, readGradient, limits, problems);
        Timing.readouts(
                (long) volume.slices() * sampling.count() * (turbo ? 1 : train.echoes()) * protocol.count("averages"),
                problems);
    }

    /** The echo that comes at TE, from 0. */
    private int centralEcho(Problems problems) {
        double spacing = train.spacingSeconds();
        double te = protocol.number("TE");
        int echoes = train.echoes();
        int nearest = (int) Math.max(1, Math.min(echoes, Math.rint(te / spacing)));
        if (Math.abs(te - nearest * spacing) > 0.01 * spacing) {
            int second = te > nearest * spacing ? nearest + 1 : nearest - 1;
            String message = "TE must be a whole number of echo spacings, up to " + echoes + ": the nearest is "
                    + protocol.spec("TE").display(nearest * spacing);
            if (second >= 1 && second <= echoes) {
                problems.add("TE", message, nearest * spacing, second * spacing);
            } else {
                problems.add("TE", message, nearest * spacing);
            }
            return nearest - 1;
        }
        LineOrder order = Sampling.order(protocol);
        int given =
                EchoTrains.centralEcho(order, lines(volume.partitions() / 2), volume.lines() / 2, echoes, nearest - 1);
        if (given != nearest - 1) {
            problems.add(
                    "TE",
                    "TE must be " + protocol.spec("TE").display((given + 1) * spacing) + ": with the view order "
                            + order.label() + " echo " + (given + 1) + " of " + echoes
                            + " measures the centre of k-space",
                    (given + 1) * spacing);
        }
        return given;
    }

    /** The measured lines of a partition, ascending. */
    private int[] lines(int partition) {
        return sampling.views(partition, LineOrder.LINEAR).stream()
                .mapToInt(View::line)
                .toArray();
    }

    /** What each train measures, in the order of time: a view for each echo, null for one that measures nothing. */
    private List<View[]> shots() {
        return turbo ? turboShots() : contrastShots();
    }

    /** Each line of each partition is a shot, all of whose echoes measure it. */
    private List<View[]> contrastShots() {
        List<View[]> result = new ArrayList<>();
        for (View view : sampling.views(LineOrder.LINEAR, LineOrder.CENTRIC)) {
            View[] shot = new View[train.echoes()];
            Arrays.fill(shot, view);
            result.add(shot);
        }
        return result;
    }

    /** Trains over the lines of one partition after another. */
    private List<View[]> turboShots() {
        List<View[]> result = new ArrayList<>();
        LineOrder order = Sampling.order(protocol);
        for (int partition : LineOrder.CENTRIC.arranged(sampling.measuredPartitions(), volume.partitions() / 2)) {
            int[][] trains =
                    EchoTrains.trains(order, lines(partition), volume.lines() / 2, train.echoes(), centralEcho);
            for (int[] lines : trains) {
                result.add(IntStream.of(lines)
                        .mapToObj(line -> line < 0 ? null : sampling.view(line, partition))
                        .toArray(View[]::new));
            }
        }
        return result;
    }

    private long repetitions(int shots) {
        return protocol.count("dummies") + (long) shots * protocol.count("averages");
    }

    @Override
    public double durationSeconds() {
        return interleaving.durationPs(repetitions(shots().size())) * 1e-12;
    }

    @Override
    public SequencePlan write(PatientPosition position) {
        PlanWriter writer = new PlanWriter(DesignRasters.of(limits), position);
        int[] order = ViewOrder.interleaved(volume.slices());
        List<View[]> shots = shots();
        long repetitions = repetitions(shots.size());
        List<Interleaving.Event> events = interleaving.events(repetitions);
        for (int i = 0; i < events.size(); i++) {
            Interleaving.Event event = events.get(i);
            long end = i + 1 < events.size() ? events.get(i + 1).startPs() : interleaving.durationPs(repetitions);
            int slice = order[event.position()];
            EncodingGeometry geometry = Placement.slice(stack, slice, volume.slices(), volume.spacingMeters());
            if (event.prepares()) {
                preparation.write(writer, geometry, end - event.startPs());
            } else {
                train(writer, geometry, shots, event.repetition(), slice, end - event.startPs());
            }
        }
        int averages = protocol.count("averages");
        int contrasts = turbo ? 1 : train.echoes();
        return writer.finish(
                List.of(volume.encoding(sampling, averages, contrasts, turbo ? train.echoes() : contrasts)),
                parameters(contrasts),
                List.of());
    }

    private void train(
            PlanWriter writer,
            EncodingGeometry geometry,
            List<View[]> shots,
            long repetition,
            int slice,
            long lengthPs) {
        int dummies = protocol.count("dummies");
        EncodingCounters[] counters = new EncodingCounters[train.echoes()];
        long[] flags = new long[train.echoes()];
        if (repetition >= dummies) {
            int average = (int) ((repetition - dummies) / shots.size());
            View[] views = shots.get((int) ((repetition - dummies) % shots.size()));
            for (int echo = 0; echo < views.length; echo++) {
                View view = views[echo];
                if (view != null) {
                    int contrast = turbo ? 0 : echo;
                    counters[echo] =
                            new EncodingCounters(view.line(), view.partition(), average, slice, contrast, 0, 0, 0, 0);
                    flags[echo] = view.flags();
                }
            }
        }
        // What is left of the transverse magnetisation must not come back in step with that of later repetitions.
        train.write(writer, geometry, Pulses.spoilingPhaseRadians(repetition), counters, flags, lengthPs);
    }

    private SequenceParameters parameters(int contrasts) {
        boolean inverts = preparation != null && preparation.inverts();
        List<Double> echoTimes = turbo
                ? List.of(train.echoSeconds(centralEcho))
                : IntStream.range(0, contrasts).mapToObj(train::echoSeconds).toList();
        return new SequenceParameters(
                protocol.sequence(),
                inverts ? List.of("SE", "IR") : List.of("SE"),
                List.of(turbo ? "SK" : "NONE"),
                protocol.has("partitions") ? "3D" : "2D",
                interleaving.repetitionPs() * 1e-12,
                echoTimes,
                inverts ? preparation.delayPs() * 1e-12 : Double.NaN,
                protocol.number("FA"),
                train.echoes(),
                protocol.count("averages"),
                volume.voxelDepthMeters(),
                train.readout().dwellPs() * 1e-12);
    }
}
