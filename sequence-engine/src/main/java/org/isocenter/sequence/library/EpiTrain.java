package org.isocenter.sequence.library;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.ParameterSpec.Group;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.TrajectoryDescription;
import org.isocenter.model.Unit;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.design.EpiOrder;
import org.isocenter.sequence.design.EpiReadout;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;
import org.isocenter.sequence.design.LineSampling;
import org.isocenter.sequence.design.Lobe;

/**
 * The echo-planar train of one shot, and its navigators: three lines without phase encoding, forward, backward, forward, which
 * tell how much lines of either direction differ.
 */
record EpiTrain(EpiReadout readout, EpiOrder order, Volume volume, Lobe readLobe, Lobe phaseLobe, Grid grid) {
    private static final int NAVIGATORS = 3;

    /** Everything of a train that may be chosen, but for the geometry. */
    static List<ParameterSpec> parameters(int shots) {
        return List.of(
                ParameterSpec.count(
                        "shots",
                        "Shots",
                        Group.TIMING,
                        1,
                        256,
                        shots,
                        0,
                        "Excitations for one image: more of them make shorter trains, with less distortion and blurring"),
                ParameterSpec.quantity(
                        "ESP",
                        "Echo spacing",
                        Group.TIMING,
                        Unit.SECOND,
                        0,
                        0.1,
                        0,
                        0,
                        "Time from one line of a train to the next; 0 for the shortest that the gradients can do"),
                ParameterSpec.flag(
                        "rampSampling",
                        "Ramp sampling",
                        Group.TIMING,
                        true,
                        "Samples while the read gradient rises and falls, too: shorter trains"),
                ParameterSpec.flag(
                        "navigators",
                        "Navigators",
                        Group.TIMING,
                        true,
                        "Three lines without phase encoding in each shot, by which ghosts are corrected"),
                StandardParameters.partialFourier());
    }

    /** Null when {@code problems} tell why not. */
    static EpiTrain plan(
            Protocol protocol, SystemLimits limits, GradientSystem system, Volume volume, Problems problems) {
        Grid grid = system.grid();
        int firstLine = LineSampling.partial(volume.lines(), 1, protocol.number("partialFourier"))
                .firstLine();
        problems.atMost("shots", volume.lines() - firstLine, 1, "no more lines than that are measured");
        double spacing = protocol.number("ESP");
        EpiReadout.Demand demand = new EpiReadout.Demand(
                volume.matrix(),
                volume.fov().x(),
                protocol.number("BW"),
                FrequencyEncoding.OVERSAMPLING,
                protocol.count("shots") / volume.fov().y(),
                protocol.flag("rampSampling"),
                Rasters.ps(limits.adcDeadSeconds()),
                Rasters.ps(spacing));
        double amplitude = EpiReadout.amplitude(demand, grid);
        problems.atLeast(
                "FOV",
                amplitude * volume.fov().x() / system.hertzPerMeter(),
                1e-4,
                "at this bandwidth a smaller one needs a read gradient above "
                        + Excitation.milliTesla(system.hertzPerMeter(), limits));
        if (!problems.none()) {
            return null;
        }
        EpiReadout readout = EpiReadout.shortest(demand, system);
        if (spacing > 0 && readout.spacingPs() > Rasters.ps(spacing) + 2 * grid.stepPs()) {
            problems.atLeast(
                    "ESP",
                    readout.spacingPs() * 1e-12,
                    1e-5,
                    "the read gradient takes " + Timing.ms(readout.rampPs()) + " to rise and as long to fall, and "
                            + readout.samples() + " samples take " + Timing.ms(readout.samples() * readout.dwellPs()));
        }
        EpiOrder order = new EpiOrder(volume.lines(), firstLine, protocol.count("shots"));
        return new EpiTrain(
                readout,
                order,
                volume,
                system.shortest(readout.halfAreaPerMeter()),
                system.shortest(volume.largestKPhasePerMeter()),
                grid);
    }

    static boolean hasNavigators(Protocol protocol) {
        return protocol.flag("navigators");
    }

    /** The read gradient's moment before a train that starts forward; as much remains after an odd number of lobes. */
    double prephasePerMeter() {
        return -readout.halfAreaPerMeter();
    }

    long navigatorsPs() {
        return NAVIGATORS * readout.spacingPs();
    }

    long lengthPs() {
        return order.echoes() * readout.spacingPs();
    }

    /** How much later than the first a shot's train starts. */
    long shiftPs(int shot) {
        return order.shiftPs(shot, readout.spacingPs(), grid);
    }

    /** From the end of the prephasing of the first shot to the centre of k-space, in the shot that measures it. */
    long toCenterPs() {
        return shiftPs(order.centralShot()) + order.centralEcho() * readout.spacingPs() + readout.spacingPs() / 2;
    }

    double kOfFirstLine(int shot) {
        return volume.kPhasePerMeter(order.line(shot, 0));
    }

    /** Where the train leaves k along phase. */
    double kOfLastLine(int shot) {
        int last = order.line(shot, order.echoes() - 1);
        return volume.kPhasePerMeter(last < 0 ? order.line(shot, order.echoes() - 2) : last);
    }

    private double blipPerMeter() {
        return order.shots() / volume.fov().y();
    }

    /**
     * The train, or a dummy's.
     *
     * @param forward whether the first lobe is positive
     * @param center of the slice on its own axes
     * @param rfPhase receiver phase
     * @param counters of the shot, without the line; null for a dummy
     */
    void write(PlanWriter writer, int shot, boolean forward, Vec3 center, double rfPhase, EncodingCounters counters) {
        int echoes = order.echoes();
        for (int echo = 0; echo < echoes; echo++) {
            boolean runsForward = forward == (echo % 2 == 0);
            int line = order.line(shot, echo);
            double before = echo == 0 || line < 0 ? 0 : blipPerMeter();
            boolean goesOn = echo < echoes - 1 && order.line(shot, echo + 1) >= 0;
            double after = goesOn ? blipPerMeter() : 0;
            line(writer, runsForward, before, after, line, center, rfPhase, line < 0 ? null : counters, 0);
        }
    }

    /** Lines through the centre of k-space, the first one forward. */
    void writeNavigators(PlanWriter writer, Vec3 center, double rfPhase, EncodingCounters counters) {
        for (int i = 0; i < NAVIGATORS; i++) {
            int line = volume.lines() / 2;
            line(writer, i % 2 == 0, 0, 0, line, center, rfPhase, counters, AcquisitionFlags.PHASE_CORRECTION);
        }
    }

    /** @param counters null for a lobe without a window */
    private void line(
            PlanWriter writer,
            boolean forward,
            double blipBefore,
            double blipAfter,
            int line,
            Vec3 center,
            double rfPhase,
            EncodingCounters counters,
            long flags) {
        var lobe = readout.lobe(forward);
        var blips = readout.blips(blipBefore, blipAfter);
        if (counters == null) {
            writer.block(readout.spacingPs(), null, lobe, blips, null);
            return;
        }
        double phase = rfPhase + 2 * Math.PI * volume.kPhasePerMeter(line) * center.y();
        EncodingCounters own = new EncodingCounters(
                line,
                0,
                counters.average(),
                counters.slice(),
                counters.contrast(),
                counters.phase(),
                counters.repetition(),
                counters.set(),
                counters.segment());
        writer.readout(
                readout.spacingPs(),
                lobe,
                blips,
                null,
                window(forward, center.x(), phase),
                readout.centerSample(forward),
                0,
                own,
                flags | (forward ? 0 : AcquisitionFlags.REVERSE));
    }

    /**
     * The window for a field of view whose centre lies {@code offsetMeters} along read from the isocentre: on ramps the
     * frequency there changes, and the receiver follows it by a phase for each sample.
     */
    private Adc window(boolean forward, double offsetMeters, double phaseAtCenter) {
        int samples = readout.samples();
        long dwell = readout.dwellPs();
        long delay = readout.windowPs(forward);
        if (readout.isEven() || offsetMeters == 0) {
            double hertz = (forward ? 1 : -1) * readout.amplitudeHertzPerMeter() * offsetMeters;
            double toCenter = (readout.centerSample(forward) + 0.5) * dwell * 1e-12;
            double phase = Angles.positive(phaseAtCenter - 2 * Math.PI * hertz * toCenter);
            return new Adc(samples, dwell, delay, 0, 0, hertz, phase, null);
        }
        double[] radians = new double[samples];
        for (int s = 0; s < samples; s++) {
            double k = readout.kPerMeter(forward ? s : samples - 1 - s);
            radians[s] = Angles.positive(2 * Math.PI * k * offsetMeters);
        }
        return new Adc(samples, dwell, delay, 0, 0, 0, Angles.positive(phaseAtCenter), new Shape(radians));
    }

    /** With the description that others regrid by. */
    Encoding encoding(Protocol protocol) {
        LineSampling sampling = LineSampling.partial(volume.lines(), 1, protocol.number("partialFourier"));
        Encoding cartesian = volume.encoding(sampling, protocol.count("averages"), 1, order.echoes());
        Map<String, Long> whole = new HashMap<>();
        whole.put("etl", (long) order.echoes());
        whole.put("numberOfNavigators", hasNavigators(protocol) ? (long) NAVIGATORS : 0L);
        whole.put("rampUpTime", micros(readout.rampPs()));
        whole.put("rampDownTime", micros(readout.rampPs()));
        whole.put("flatTopTime", micros(2 * readout.halfFlatPs()));
        whole.put("acqDelayTime", micros(readout.windowPs(true)));
        whole.put("numSamples", (long) readout.samples());
        Map<String, Double> numbers =
                Map.of("dwellTime", readout.dwellPs() * 1e-6, "echoSpacing", readout.spacingPs() * 1e-9);
        return cartesian.withTrajectory(
                Encoding.Trajectory.EPI, new TrajectoryDescription(TrajectoryDescription.EPI, whole, numbers));
    }

    private static long micros(long ps) {
        return Math.round(ps * 1e-6);
    }
}
