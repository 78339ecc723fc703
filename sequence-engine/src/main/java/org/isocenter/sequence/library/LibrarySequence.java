package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Violation;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.LineOrder;

/** What all library sequences do alike: defaults that the scanner allows, validation with ways out, building. */
abstract class LibrarySequence implements SequenceBuilder {
    /** Defaults settle in a few rounds of remedies; this only guards against going round in circles. */
    private static final int ROUNDS = 40;

    /** A parameter that may help when {@code blamed} is in the way, and its value after so many steps of change. */
    private record WayOut(String blamed, String parameter, DoubleBinaryOperator afterSteps) {}

    private static final double BANDWIDTH_STEP = 1.05;
    private static final double REPETITION_STEP = 1.03;
    private static final DoubleBinaryOperator FASTER =
            (v, steps) -> Problems.roundedUp(v * Math.pow(BANDWIDTH_STEP, steps), 100);
    private static final DoubleBinaryOperator SLOWER =
            (v, steps) -> Problems.roundedDown(v / Math.pow(BANDWIDTH_STEP, steps), 100);

    private static final DoubleBinaryOperator LONGER =
            (v, steps) -> Problems.roundedUp(v * Math.pow(REPETITION_STEP, steps), 1e-2);

    private static final List<WayOut> WAYS_OUT = List.of(
            new WayOut("TE", "BW", FASTER),
            new WayOut("ESP", "BW", FASTER),
            new WayOut("TE", "ETL", (v, steps) -> v + steps),
            new WayOut("TE", "shots", (v, steps) -> v + steps),
            new WayOut("TE", "bValue", (v, steps) -> Problems.roundedDown(v - steps * 5e6, 5e6)),
            new WayOut("TE", "viewOrder", (v, steps) -> LineOrder.CENTRIC.ordinal()),
            new WayOut("TI", "TR", LONGER),
            new WayOut("TI", "slices", (v, steps) -> v - steps),
            new WayOut("TS", "TR", LONGER),
            new WayOut("TS", "slices", (v, steps) -> v - steps),
            new WayOut("TR", "slices", (v, steps) -> v - steps),
            new WayOut("TR", "ETL", (v, steps) -> v - steps),
            new WayOut("TR", "BW", FASTER),
            new WayOut("FOV", "BW", SLOWER));

    private static final int MOST_STEPS = 128;

    private final SequenceFamily family;
    private final String name;
    private final String title;
    private final String description;

    LibrarySequence(SequenceFamily family, String name, String title, String description) {
        this.family = family;
        this.name = name;
        this.title = title;
        this.description = description;
    }

    /** The parameters with the defaults of a scanner without limits. */
    abstract List<ParameterSpec> nominal();

    /** The sequence in all its times; null when {@code problems} tell why not. All values are within their ranges. */
    abstract Kernel plan(Protocol protocol, SystemLimits limits, Problems problems);

    @Override
    public final SequenceFamily family() {
        return family;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String title() {
        return title;
    }

    @Override
    public final String description() {
        return description;
    }

    @Override
    public final List<ParameterSpec> parameters(SystemLimits limits) {
        Protocol protocol = Protocol.defaults(title, name, nominal());
        for (int round = 0; round < ROUNDS; round++) {
            List<Violation> violations = problems(protocol, limits).list();
            Optional<Violation.Remedy> remedy =
                    violations.stream().flatMap(v -> v.remedies().stream()).findFirst();
            if (remedy.isEmpty()) {
                break;
            }
            protocol = protocol.with(remedy.get().parameter(), remedy.get().value());
        }
        List<ParameterSpec> specs = new ArrayList<>();
        for (ParameterSpec spec : nominal()) {
            specs.add(spec.withDefault(protocol.number(spec.name())));
        }
        return specs;
    }

    @Override
    public final List<Violation> validate(Protocol protocol, SystemLimits limits) {
        List<Violation> violations = problems(protocol, limits).list();
        Set<String> blamed = blamed(violations);
        List<Violation> result = new ArrayList<>();
        for (Violation violation : violations) {
            List<Violation.Remedy> remedies = new ArrayList<>(violation.remedies());
            for (WayOut way : WAYS_OUT) {
                if (way.blamed.equals(violation.parameter()) && protocol.has(way.parameter)) {
                    tryOut(protocol, limits, violation.parameter(), way, blamed).ifPresent(remedies::add);
                }
            }
            result.add(new Violation(violation.parameter(), violation.message(), remedies));
        }
        return result;
    }

    /**
     * A small change of the other parameter that ends the violation and starts no new one: steps are doubled until one helps,
     * then halved back to the smallest that still does.
     */
    private Optional<Violation.Remedy> tryOut(
            Protocol protocol, SystemLimits limits, String parameter, WayOut way, Set<String> blamed) {
        ParameterSpec spec = protocol.spec(way.parameter);
        IntPredicate helps = steps -> {
            double value = way.afterSteps.applyAsDouble(protocol.number(way.parameter), steps);
            if (!(value >= spec.minimum() && value <= spec.maximum())) {
                return false;
            }
            Set<String> left =
                    blamed(problems(protocol.with(way.parameter, value), limits).list());
            return !left.contains(parameter) && blamed.containsAll(left);
        };
        int enough = 1;
        while (enough <= MOST_STEPS && !helps.test(enough)) {
            enough *= 2;
        }
        if (enough > MOST_STEPS) {
            return Optional.empty();
        }
        int tooFew = enough / 2;
        while (enough - tooFew > 1) {
            int middle = (enough + tooFew) / 2;
            if (helps.test(middle)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        double value = way.afterSteps.applyAsDouble(protocol.number(way.parameter), enough);
        return Optional.of(Problems.remedyOf(spec, value));
    }

    private static Set<String> blamed(List<Violation> violations) {
        return violations.stream().map(Violation::parameter).collect(Collectors.toSet());
    }

    private Problems problems(Protocol protocol, SystemLimits limits) {
        Problems problems = new Problems(protocol);
        problems.checkRanges();
        if (problems.none()) {
            plan(protocol, limits, problems);
        }
        return problems;
    }

    @Override
    public final double durationSeconds(Protocol protocol, SystemLimits limits) {
        return kernel(protocol, limits).durationSeconds();
    }

    @Override
    public final SequencePlan build(Protocol protocol, SystemLimits limits, PatientPosition position) {
        return kernel(protocol, limits).write(position);
    }

    private Kernel kernel(Protocol protocol, SystemLimits limits) {
        Problems problems = new Problems(protocol);
        problems.checkRanges();
        Kernel kernel = problems.none() ? plan(protocol, limits, problems) : null;
        if (kernel == null) {
            throw new IllegalArgumentException(name + " cannot be built: "
                    + problems.list().stream().map(Violation::message).collect(Collectors.joining("; ")));
        }
        return kernel;
    }

    /**
     * What each logical axis may use so that all of these geometries stay within the limits. How the patient lies does not
     * matter: it only exchanges physical axes.
     */
    static GradientSystem gradientSystem(SystemLimits limits, List<EncodingGeometry> geometries) {
        GradientSystem least = null;
        for (EncodingGeometry geometry : geometries) {
            GradientSystem system = GradientSystem.of(limits, geometry.rotation());
            if (least == null || system.hertzPerMeter() < least.hertzPerMeter()) {
                least = system;
            }
        }
        return least;
    }
}
