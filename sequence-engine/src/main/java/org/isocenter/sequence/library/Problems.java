package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.Violation;

/** Gathers what is wrong with a protocol while a sequence is planned from it. */
final class Problems {
    private final Protocol protocol;
    private final List<Violation> found = new ArrayList<>();

    Problems(Protocol protocol) {
        this.protocol = protocol;
    }

    boolean none() {
        return found.isEmpty();
    }

    List<Violation> list() {
        return List.copyOf(found);
    }

    /** Ranges of the specs, whole counts, finite numbers. */
    void checkRanges() {
        for (ParameterSpec spec : protocol.specs()) {
            double value = protocol.number(spec.name());
            boolean whole = spec.kind() == ParameterSpec.Kind.QUANTITY || value == Math.rint(value);
            if (value >= spec.minimum() && value <= spec.maximum() && whole) {
                continue;
            }
            if (!Double.isFinite(value)) {
                add(spec.name(), spec.name() + " must be a finite number", spec.defaultNumber());
            } else if (value < spec.minimum()) {
                add(spec.name(), spec.name() + " must be ≥ " + spec.display(spec.minimum()), spec.minimum());
            } else if (value > spec.maximum()) {
                add(spec.name(), spec.name() + " must be ≤ " + spec.display(spec.maximum()), spec.maximum());
            } else {
                add(spec.name(), spec.name() + " must be a whole number", Math.rint(value));
            }
        }
    }

    /** Says that the parameter must be no less than {@code least} if it is; the remedy is rounded up to {@code step}. */
    void atLeast(String parameter, double least, double step, String why) {
        double value = protocol.number(parameter);
        if (value < least - 1e-9 * Math.abs(least)) {
            double allowed = roundedUp(least, step);
            add(parameter, parameter + " must be ≥ " + protocol.spec(parameter).display(allowed) + ": " + why, allowed);
        }
    }

    /** Says that the parameter must be no more than {@code most} if it is; the remedy is rounded down to {@code step}. */
    void atMost(String parameter, double most, double step, String why) {
        double value = protocol.number(parameter);
        if (value > most + 1e-9 * Math.abs(most)) {
            double allowed = roundedDown(most, step);
            add(parameter, parameter + " must be ≤ " + protocol.spec(parameter).display(allowed) + ": " + why, allowed);
        }
    }

    /** @param allowed nearest allowed values; those beyond the parameter's range are left out */
    void add(String parameter, String message, double... allowed) {
        List<Violation.Remedy> remedies = new ArrayList<>();
        for (double value : allowed) {
            remedy(parameter, value).ifPresent(remedies::add);
        }
        found.add(new Violation(parameter, message, remedies));
    }

    private Optional<Violation.Remedy> remedy(String parameter, double value) {
        ParameterSpec spec = protocol.spec(parameter);
        if (!(value >= spec.minimum() && value <= spec.maximum())) {
            return Optional.empty();
        }
        return Optional.of(remedyOf(spec, value));
    }

    static Violation.Remedy remedyOf(ParameterSpec spec, double value) {
        return new Violation.Remedy(spec.name(), value, spec.name() + " = " + spec.display(value));
    }

    /** The smallest multiple of {@code step} that is no less; written so that decimal steps give decimal numbers. */
    static double roundedUp(double value, double step) {
        double perUnit = 1 / step;
        return step < 1 ? Math.ceil(value * perUnit - 1e-9) / perUnit : Math.ceil(value / step - 1e-9) * step;
    }

    static double roundedDown(double value, double step) {
        return -roundedUp(-value, step);
    }
}
