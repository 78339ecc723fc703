package org.isocenter.sequence;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Violation;

/** Makes one kind of sequence from a protocol. Pure: same input, same output. Found by {@link java.util.ServiceLoader}. */
public interface SequenceBuilder {
    /** Short name that scripts use: "se2d". */
    String name();

    /** The list that it stands in. */
    SequenceFamily family();

    /** What people read: "2D spin echo". */
    String title();

    /** One sentence on what it is for. */
    String description();

    /** Parameters with ranges and defaults that suit this scanner; the defaults are always allowed. */
    List<ParameterSpec> parameters(SystemLimits limits);

    /** What is wrong with the protocol on this scanner, with reasons and ways out; empty when {@link #build} will work. */
    List<Violation> validate(Protocol protocol, SystemLimits limits);

    /** Scan time in seconds for a valid protocol, without building it. */
    double durationSeconds(Protocol protocol, SystemLimits limits);

    /**
     * The sequence, in physical (device) axes by way of rotation extensions.
     *
     * @throws IllegalArgumentException when {@link #validate} finds something
     */
    SequencePlan build(Protocol protocol, SystemLimits limits, PatientPosition position);
}
