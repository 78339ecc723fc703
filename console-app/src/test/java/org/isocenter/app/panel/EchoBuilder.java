package org.isocenter.app.panel;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.ParameterSpec.Group;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Unit;
import org.isocenter.model.Violation;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.SequencePlan;

/** A sequence with a rule between two parameters, and nothing to play: for view models. */
public final class EchoBuilder implements SequenceBuilder {
    /** A rule that is easy to break in a test. */
    private static double shortest(Protocol protocol) {
        return protocol.number("TR") / 10;
    }

    @Override
    public SequenceFamily family() {
        return SequenceFamily.SPIN_ECHO;
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String title() {
        return "Echo";
    }

    @Override
    public String description() {
        return "For tests.";
    }

    @Override
    public List<ParameterSpec> parameters(SystemLimits limits) {
        return List.of(
                ParameterSpec.quantity("TE", "Echo time", Group.CONTRAST, Unit.SECOND, 0, 1, 0.02, 0, "When."),
                ParameterSpec.quantity(
                        "TR", "Repetition time", Group.CONTRAST, Unit.SECOND, 0, 10, 0.1, 0, "How often."),
                ParameterSpec.count("matrix", "Matrix", Group.GEOMETRY, 16, 256, 100, 0, "How fine."),
                ParameterSpec.quantity(
                        "FOV", "Field of view", Group.GEOMETRY, Unit.METER, 0.05, 0.5, 0.2, 0, "How large."),
                ParameterSpec.quantity(
                        "thickness", "Thickness", Group.GEOMETRY, Unit.METER, 0, 1, 0.005, 0, "How thick."),
                ParameterSpec.quantity("BW", "Bandwidth", Group.TIMING, Unit.HERTZ, 1e3, 1e6, 2e4, 0, "How fast."),
                ParameterSpec.count("averages", "Averages", Group.TIMING, 1, 99, 1, 0, "How many."),
                ParameterSpec.choice(
                        "orientation", "Orientation", Group.GEOMETRY, List.of("axial", "coronal"), "Where."));
    }

    @Override
    public List<Violation> validate(Protocol protocol, SystemLimits limits) {
        List<Violation> found = new ArrayList<>();
        if (protocol.number("averages") > 50) {
            found.add(new Violation("sequence", "the amplifier needs a rest", List.of()));
        }
        double shortest = shortest(protocol);
        if (protocol.number("TE") < shortest) {
            found.add(new Violation(
                    "TE",
                    "TE must be ≥ " + Unit.SECOND.display(shortest) + ": a tenth of TR",
                    List.of(
                            new Violation.Remedy("TE", shortest, "use " + Unit.SECOND.display(shortest)),
                            new Violation.Remedy("TR", protocol.number("TE") * 10, "shorter TR"))));
        }
        return found;
    }

    @Override
    public double durationSeconds(Protocol protocol, SystemLimits limits) {
        return protocol.number("TR") * protocol.number("matrix") * protocol.number("averages");
    }

    @Override
    public SequencePlan build(Protocol protocol, SystemLimits limits, PatientPosition position) {
        throw new IllegalStateException("view models build nothing");
    }
}
