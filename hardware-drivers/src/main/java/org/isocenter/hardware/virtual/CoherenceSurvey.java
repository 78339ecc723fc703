package org.isocenter.hardware.virtual;

import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.compile.TimedEvents;

/**
 * Follows two places of a slice of each direction through a table, as an extended phase graph: its middle, where pulses do what
 * they should, and its edge, where they excite, refocus and leave a bit of everything. What their coherences reach is what a
 * lattice of spins must be good for. One thread.
 */
final class CoherenceSurvey {
    private static final double REACH_METERS = 0.3;
    private static final double POINTS_PER_INVERSE_DURATION = 4;
    private static final double LARGEST_EXCITATION_RADIANS = Math.toRadians(150);
    private static final double PARALLEL = 0.999;
    private static final double AXIS_STEPS = 500;

    /** A pulse that turns less than this is one for another slice. */
    private static final double PASSIVE_RADIANS = 0.01;

    /** What share of the slice's signal its edges have, as power. */
    private static final double EDGES = 0.1;

    /** Where the exciting pulse has this share of its strongest effect is an edge. */
    private static final double EDGE_SHARE = 0.5;

    /** How long a windowed sinc lasts, in standard deviations of its magnitude over time. */
    private static final double LENGTH_PER_SPREAD = 8.4;

    private static final int MOST_PULSES = 20_000;
    private static final int MOST_WINDOWS = 2_000;
    private static final int STRAIGHT_POINTS = 17;
    private static final int CURVED_POINTS = 257;
    private static final double GOLDEN = 0.5 * (Math.sqrt(5) - 1);

    private final TimedEvents table;
    private final TableSurvey survey;
    private final ScannerFields fields;
    private final Material material;
    private final BooleanSupplier aborted;

    private CoherenceSurvey(
            TimedEvents table, TableSurvey survey, ScannerFields fields, Material material, BooleanSupplier aborted) {
        this.table = table;
        this.survey = survey;
        this.fields = fields;
        this.material = material;
        this.aborted = aborted;
    }

    /**
     * Reads the table some more times.
     *
     * @param survey of it
     * @param fields that play it
     * @param materials that there are; coherences last as long as in the middle one of them
     * @return null when nothing is encoded, no slice selected or nothing refocused
     */
    static CoherenceReach of(
            TimedEvents table,
            TableSurvey survey,
            ScannerFields fields,
            List<Material> materials,
            BooleanSupplier aborted)
            throws UnplayableTableException {
        List<Vec3> directions = survey.selectDirections();
        if (directions.isEmpty() || materials.isEmpty() || Double.isInfinite(survey.pixelMeters())) {
            return null;
        }
        if (survey.library().pulses().stream().allMatch(p -> p.flipRadians() <= LARGEST_EXCITATION_RADIANS)) {
            return null; // nothing is refocused, so little that is dephased is strong: columns do
        }
        List<Material> byDecay = materials.stream()
                .sorted(Comparator.comparingDouble(Material::t2Seconds))
                .toList();
        Material middle = byDecay.get(byDecay.size() / 2);
        return new CoherenceSurvey(table, survey, fields, middle, aborted).reach(directions);
    }

    private CoherenceReach reach(List<Vec3> directions) throws UnplayableTableException {
        double widest = 0;
        for (Vec3 direction : directions) {
            widest = Math.max(widest, widthPerMeter(exciting(direction)));
        }
        Vec3 axis = axis(directions.get(0));
        CoherenceReach reach = new CoherenceReach(axis, survey.edgeAcross(axis), 1 / survey.pixelMeters(), widest);
        for (Vec3 direction : directions) {
            Pulse pulse = exciting(direction);
            Vec3 along = gradient(pulse).normalized();
            List<Double> places = places(pulse);
            for (int p = 0; p < places.size(); p++) {
                follow(along.scaled(places.get(p)), reach);
                reach.settle(direction, profile(widthPerMeter(pulse), reach.cellPerMeter(), p == 0));
            }
        }
        reach.finish();
        return reach;
    }

    /** Nearly this direction, and the same one where a console has rounded the gradients of an oblique slice. */
    private static Vec3 axis(Vec3 d) {
        return new Vec3(
                        Math.rint(d.x() * AXIS_STEPS) / AXIS_STEPS,
                        Math.rint(d.y() * AXIS_STEPS) / AXIS_STEPS,
                        Math.rint(d.z() * AXIS_STEPS) / AXIS_STEPS)
                .normalized();
    }

    /** In steps of k-space, how much power the middle of a slice, or its edges, send beside a coherence's place. */
    private static double[] profile(double widthPerMeter, double cellPerMeter, boolean middle) {
        double[] profile = new double[(int) Math.ceil(widthPerMeter / cellPerMeter) + 1];
        for (int n = 0; n < profile.length; n++) {
            // The transform of a slice is the envelope of its pulse: the lobes of a sinc, and a window that ends it.
            double k = Math.min(widthPerMeter, n * cellPerMeter);
            double window = Math.pow(Math.cos(0.5 * Math.PI * k / widthPerMeter), 4);
            double lobes = n == 0 ? 1 : Math.min(1, widthPerMeter / (4 * Math.PI * k));
            profile[n] = window * (middle ? lobes * lobes : EDGES);
        }
        return profile;
    }

    private static Vec3 gradient(Pulse pulse) {
        return new Vec3(pulse.gradient(0, 0), pulse.gradient(1, 0), pulse.gradient(2, 0));
    }

    private static double widthPerMeter(Pulse pulse) {
        return gradient(pulse).norm() * LENGTH_PER_SPREAD * pulse.spreadSeconds();
    }

    /** The first for a slice of this direction. */
    private Pulse exciting(Vec3 direction) {
        List<Pulse> selecting = survey.library().pulses().stream()
                .filter(p -> p.constantGradient()
                        && p.selects()
                        && Math.abs(gradient(p).normalized().dot(direction)) > PARALLEL)
                .toList();
        List<Pulse> exciting = selecting.stream()
                .filter(p -> p.flipRadians() <= LARGEST_EXCITATION_RADIANS)
                .toList();
        List<Pulse> from = exciting.isEmpty() ? selecting : exciting;
        return from.get(0);
    }

    /** Coordinates along the gradient of the middle of what a pulse turns, and of an edge. */
    private static List<Double> places(Pulse pulse) {
        double g = gradient(pulse).norm();
        double step = 1 / (POINTS_PER_INVERSE_DURATION * pulse.durationSeconds());
        int points = (int) Math.ceil(2 * REACH_METERS * g / step) + 1;
        double[] offsets = new double[points];
        for (int i = 0; i < points; i++) {
            offsets[i] = -REACH_METERS * g + i * step;
        }
        PulseTurns turns = PulseTurns.rotations(pulse, offsets);
        int strongest = 0;
        double[] effect = new double[points];
        for (int i = 0; i < points; i++) {
            effect[i] = Math.hypot(turns.x[0][i], turns.y[0][i]);
            strongest = effect[i] > effect[strongest] ? i : strongest;
        }
        double low = edge(offsets, effect, strongest, -1);
        double high = edge(offsets, effect, strongest, 1);
        return List.of(0.5 * (low + high) / g, high / g);
    }

    /**
     * Where a pulse's effect falls to its share, this way from where it is strongest: between two points, so that it does not jump when a
     * table differs a little.
     */
    private static double edge(double[] offsets, double[] effect, int strongest, int way) {
        double least = EDGE_SHARE * effect[strongest];
        int at = strongest;
        while (effect[at] >= least) {
            at += way;
            if (at < 0 || at == effect.length) {
                return offsets[at - way];
            }
        }
        double beyond = (least - effect[at]) / (effect[at - way] - effect[at]);
        return offsets[at] + beyond * (offsets[at - way] - offsets[at]);
    }

    private void follow(Vec3 place, CoherenceReach reach) throws UnplayableTableException {
        TableReader reader = new TableReader(table, survey.library(), fields, EventGrain.WHOLE);
        PendingPrecession pending = new PendingPrecession();
        pending.follow(material, true, new Coherences());
        Map<Pulse, Map<Double, Double>> flips = new IdentityHashMap<>();
        int pulses = 0;
        for (PlayedEvent event = reader.next();
                event != null && pulses < MOST_PULSES && !aborted.getAsBoolean();
                event = reader.next()) {
            if (event instanceof PlayedEvent.Precession precession) {
                pending.add(precession.path(), material.t2Seconds());
            } else if (event instanceof PlayedEvent.Reception reception) {
                receive(reception.window(), pending, reach);
            } else if (event instanceof PlayedEvent.Transmission t) {
                double flip = flips.computeIfAbsent(t.pulse(), none -> new HashMap<>())
                        .computeIfAbsent(t.shiftHertz(), shift -> flip(t.pulse(), place, shift));
                transmit(t, flip, pending);
                pulses += flip < PASSIVE_RADIANS ? 0 : 1;
            }
        }
    }

    private void transmit(PlayedEvent.Transmission transmission, double flip, PendingPrecession pending) {
        if (flip < PASSIVE_RADIANS) {
            pending.add(transmission.path(), material.t2Seconds());
            pending.forgetDephased();
            return;
        }
        if (survey.readsFreeDecaysOnly()) {
            pending.forgetDephasedAt(transmission.pulse());
        } else {
            pending.forgetOtherSlice(transmission.pulse());
        }
        pending.clear();
        pending.pulseTurned(transmission.pulse(), new double[] {flip}, transmission.phaseRadians());
    }

    private void receive(Window window, PendingPrecession pending, CoherenceReach reach) {
        if (!isLookedAt(window.adcIndex())) {
            return;
        }
        int points = window.samples() == 1 ? 1 : window.nearlyStraight() ? STRAIGHT_POINTS : CURVED_POINTS;
        pending.eachTransverse((x, y, z, magnitude) -> {
            for (int n = 0; n < points; n++) {
                double share = (n + 0.5) / points;
                reach.add(
                        x + window.turnsAfterShare(0, share),
                        y + window.turnsAfterShare(1, share),
                        z + window.turnsAfterShare(2, share),
                        magnitude * magnitude);
            }
        });
    }

    /** Some of many windows, in no step with whatever recurs in the table. */
    private boolean isLookedAt(int window) {
        double share = (double) MOST_WINDOWS / survey.windows();
        double at = window * GOLDEN;
        return at - Math.floor(at) < share;
    }

    private static double flip(Pulse pulse, Vec3 place, double shiftHertz) {
        if (!pulse.constantGradient()) {
            return pulse.flipRadians();
        }
        double hertz = pulse.field(0).hertzAt(place.x(), place.y(), place.z()) + shiftHertz;
        PulseTurns turn = PulseTurns.rotations(pulse, new double[] {hertz});
        return 2 * Math.asin(Math.min(1, Math.hypot(turn.x[0][0], turn.y[0][0])));
    }
}
