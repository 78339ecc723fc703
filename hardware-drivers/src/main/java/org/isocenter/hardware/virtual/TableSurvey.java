package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.compile.TimedEvents;

/**
 * What one needs to know of a table before the spins can be placed: its distinct pulses, the directions and the resolution
 * of its readouts, and the work for each spin.
 */
final class TableSurvey {
    static final double PARALLEL = 0.999;
    /** By how much of its length a readout may leave the straight line at a steady pace. */
    private static final double STRAIGHT = 0.02;

    private static final double LARGEST_EXCITATION_RADIANS = Math.toRadians(150);
    /** Rough times per spin to work out a pulse's map, and a gradient's frequencies. */
    private static final double NEW_PULSE_NANOSECONDS = 80;

    private static final double NEW_GRADIENT_NANOSECONDS = 45;
    private static final double SAME_RADIANS = 0.01;
    private static final double SAME_HERTZ_PER_METER = 1000;

    private static final double EDGE_STEPS = 50;

    private final PulseLibrary library;
    private final List<Vec3> readDirections = new ArrayList<>();
    private int windows;
    private double extentPerMeter;
    private double nanosecondsPerSpin;
    private double nanosecondsPerSpinAndChannel;
    private double nanosecondsPerMovingSpin;
    private double lowestShiftHertz = Double.POSITIVE_INFINITY;
    private double highestShiftHertz = Double.NEGATIVE_INFINITY;
    private final Set<Pulse> readAtOnce = Collections.newSetFromMap(new IdentityHashMap<>());
    private final FreeDecayReadouts freeDecays = new FreeDecayReadouts();
    private final EchoPairs echoes = new EchoPairs();
    private final ReadingGradients readings = new ReadingGradients();

    private TableSurvey(PulseLibrary library) {
        this.library = library;
    }

    /**
     * Reads the whole table once.
     *
     * @param library takes the table's pulses
     * @param fields that play it
     */
    static TableSurvey of(TimedEvents table, PulseLibrary library, ScannerFields fields, BooleanSupplier aborted)
            throws UnplayableTableException {
        TableSurvey survey = new TableSurvey(library);
        TableReader reader = new TableReader(table, survey.library, fields, EventGrain.WHOLE);
        Pulse lastPulse = null;
        GradientField lastGradient = null;
        for (PlayedEvent event = reader.next(); event != null && !aborted.getAsBoolean(); event = reader.next()) {
            if (event instanceof PlayedEvent.Reception) {
                survey.nanosecondsPerSpinAndChannel += BlochSimulation.nanosecondsPerSpin(event);
            } else {
                survey.nanosecondsPerSpin += BlochSimulation.nanosecondsPerSpin(event);
            }
            survey.nanosecondsPerMovingSpin += MovingSimulation.nanosecondsPerSpin(event);
            if (event instanceof PlayedEvent.Reception reception) {
                survey.windows++;
                survey.add(reception.window());
                if (lastPulse != null) {
                    survey.readAtOnce.add(lastPulse);
                }
                GradientField gradient = reception.window().gradient();
                if (gradient != null && (lastGradient == null || !gradient.sameAs(lastGradient))) {
                    survey.nanosecondsPerSpin += NEW_GRADIENT_NANOSECONDS;
                    lastGradient = gradient;
                }
                survey.freeDecays.window(reception.window());
                survey.readings.window(reception.window());
                survey.echoes.window(reception.window());
            } else if (event instanceof PlayedEvent.Transmission transmission) {
                lastPulse = transmission.pulse();
                survey.lowestShiftHertz = Math.min(survey.lowestShiftHertz, transmission.shiftHertz());
                survey.highestShiftHertz = Math.max(survey.highestShiftHertz, transmission.shiftHertz());
                survey.freeDecays.pulse(lastPulse);
                survey.readings.pulse(lastPulse);
                survey.echoes.pulse(lastPulse);
            } else if (event instanceof PlayedEvent.Precession precession) {
                survey.freeDecays.precession(precession);
                survey.echoes.precession(precession.path());
            }
        }
        survey.nanosecondsPerSpin += NEW_PULSE_NANOSECONDS * survey.kindsOfPulses();
        return survey;
    }

    /** Pulses that differ by no more than a console's words round are one, so that their tables have as many spins. */
    private long kindsOfPulses() {
        return library.pulses().stream()
                .map(p -> List.of(
                        Math.rint(p.flipRadians() / SAME_RADIANS),
                        Math.rint(p.gradient(0, 0) / SAME_HERTZ_PER_METER),
                        Math.rint(p.gradient(1, 0) / SAME_HERTZ_PER_METER),
                        Math.rint(p.gradient(2, 0) / SAME_HERTZ_PER_METER)))
                .distinct()
                .count();
    }

    /**
     * The pulses that decide where there must be spins. Where others select slices, those do not that act everywhere and only
     * prepare: what they excite is spoiled before a window opens, and what they invert or refocus sends nothing by itself.
     */
    List<Pulse> excitingPulses() {
        List<Pulse> pulses = library.pulses();
        if (pulses.stream().noneMatch(Pulse::selects)) {
            return pulses;
        }
        return pulses.stream()
                .filter(p -> p.selects() || readAtOnce.contains(p) && p.flipRadians() <= LARGEST_EXCITATION_RADIANS)
                .toList();
    }

    /** Which pulses are seen in spin echoes only. */
    EchoPairs echoes() {
        return echoes;
    }

    private void add(Window window) {
        if (!window.constantGradient()) {
            for (int axis = 0; axis < 3; axis++) {
                // To the window's end, which is the same where a console receives each sample in parts.
                double end = window.samples() == 1 ? 0 : window.turnsAfterShare(axis, 1);
                double low = Math.min(0, end);
                double high = Math.max(0, end);
                for (double k : window.turns()[axis]) {
                    low = Math.min(low, k);
                    high = Math.max(high, k);
                }
                extentPerMeter = Math.max(extentPerMeter, high - low);
            }
            addStraightReadout(window);
            return;
        }
        GradientField g = window.gradient();
        Vec3 gradient = new Vec3(g.x(), g.y(), g.z());
        if (gradient.norm() > 0) {
            double extent = gradient.norm() * window.samples() * window.dwellSeconds();
            extentPerMeter = Math.max(extentPerMeter, extent);
            addReadDirection(gradient.normalized());
        }
    }

    private void addReadDirection(Vec3 direction) {
        if (readDirections.size() < 16
                && readDirections.stream().noneMatch(d -> Math.abs(d.dot(direction)) > PARALLEL)) {
            readDirections.add(direction);
        }
    }

    /** A gradient that changes a little while it is read, as under eddy currents, has a direction all the same. */
    private void addStraightReadout(Window window) {
        Vec3 first = place(window, 0);
        Vec3 chord = place(window, window.samples() - 1).minus(first);
        for (int quarter = 1; quarter <= 3; quarter++) {
            Vec3 between = place(window, quarter * (window.samples() - 1) / 4)
                    .minus(first)
                    .minus(chord.scaled(0.25 * quarter));
            if (between.norm() >= STRAIGHT * chord.norm()) {
                return;
            }
        }
        addReadDirection(chord.normalized());
    }

    private static Vec3 place(Window window, int sample) {
        return new Vec3(
                window.turnsPerMeter(0, sample), window.turnsPerMeter(1, sample), window.turnsPerMeter(2, sample));
    }

    PulseLibrary library() {
        return library;
    }

    /** How many there are, or stretches of them. */
    int windows() {
        return windows;
    }

    /** Whether every window reads the free decay of the pulse before it, as in a gradient echo. */
    boolean readsFreeDecaysOnly() {
        return freeDecays.only();
    }

    /** Smallest frequency that all spins have in common during a pulse; infinite when there is none. */
    double lowestShiftHertz() {
        return lowestShiftHertz;
    }

    double highestShiftHertz() {
        return highestShiftHertz;
    }

    /** About how long the whole table takes for each spin that stays where it is. */
    double nanosecondsPerSpin(int channels) {
        return nanosecondsPerSpin + channels * nanosecondsPerSpinAndChannel;
    }

    /** The same for each spin that moves. */
    double nanosecondsPerMovingSpin() {
        return nanosecondsPerMovingSpin;
    }

    /** Size of the finest pixel; infinite when nothing is encoded. */
    double pixelMeters() {
        return 1 / extentPerMeter;
    }

    /** Distinct directions in which pulses select, in the order of the table. */
    List<Vec3> selectDirections() {
        List<Vec3> directions = new ArrayList<>();
        for (Pulse pulse : library.pulses()) {
            Vec3 gradient = new Vec3(pulse.gradient(0, 0), pulse.gradient(1, 0), pulse.gradient(2, 0));
            if (pulse.constantGradient() && pulse.selects()) {
                Vec3 direction = gradient.normalized();
                if (directions.stream().noneMatch(d -> Math.abs(d.dot(direction)) > PARALLEL)) {
                    directions.add(direction);
                }
            }
        }
        return directions;
    }

    /** How to gather the spins that are selected along a direction; null for those that are selected along none, or any. */
    SpinOrder spinOrder(Vec3 direction) {
        // What forgotten coherences give back is worked out by flip angle, which is about the same within a layer.
        return readings.spinOrder(direction, readsFreeDecaysOnly());
    }

    private static double round(double cosine) {
        return Math.rint(cosine * EDGE_STEPS) / EDGE_STEPS;
    }

    /** A unit vector perpendicular to this one: a direction of readout, if there is one. */
    Vec3 edgeAcross(Vec3 axis) {
        for (Vec3 read : readDirections) {
            if (Math.abs(read.dot(axis)) < 0.02) {
                // Eddy currents turn what is measured a little, by when the first and last samples are: lattices shall
                // stand alike.
                Vec3 edge = new Vec3(round(read.x()), round(read.y()), round(read.z()));
                return edge.minus(axis.scaled(edge.dot(axis))).normalized();
            }
        }
        Vec3 other = Math.abs(axis.x()) < 0.7 ? Vec3.X : Vec3.Y;
        return other.minus(axis.scaled(other.dot(axis))).normalized();
    }
}
