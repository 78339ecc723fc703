package org.isocenter.sequence.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.ParameterSpec.Group;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Unit;
import org.isocenter.model.Violation;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.check.CheckResult;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.pulseq.PulseqFile;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.pulseq.SoftDelays;
import org.isocenter.sequence.pulseq.SoftDelays.Setting;
import org.isocenter.sequence.pulseq.SoftDelays.SoftDelayException;
import org.isocenter.sequence.trajectory.EncodingPlanner;

/**
 * A Pulseq file as a sequence whose parameters are its soft delays. Every change is re-timed and checked anew. The file is
 * read once: what is planned is what was read. Immutable; any thread.
 */
public final class FileSequence implements SequenceBuilder {
    /** Under this name violations stand that no soft delay is to blame for. */
    public static final String WHOLE_SEQUENCE = "sequence";

    /** Ends ranges that have no end of their own. */
    private static final double LONGEST_SECONDS = 1000;

    private final Path file;
    private final PulseqFile read;
    private final List<Setting> settings;

    private FileSequence(Path file, PulseqFile read, List<Setting> settings) {
        this.file = file;
        this.read = read;
        this.settings = settings;
    }

    /**
     * Reads the file.
     *
     * @throws IOException when it cannot be read, is no Pulseq file, or has soft delays that contradict one another
     */
    public static FileSequence read(Path file) throws IOException {
        PulseqFile read = PulseqReader.read(file);
        try {
            return new FileSequence(file, read, SoftDelays.of(read.sequence()));
        } catch (SoftDelayException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    public Path file() {
        return file;
    }

    /** What the reader tolerated. */
    public List<String> warnings() {
        return read.warnings();
    }

    @Override
    public SequenceFamily family() {
        return SequenceFamily.FILE;
    }

    @Override
    public String name() {
        return file.getFileName().toString();
    }

    @Override
    public String title() {
        return name();
    }

    @Override
    public String description() {
        return "Pulseq " + read.version() + ", " + read.sequence().blockCount() + " blocks";
    }

    @Override
    public List<ParameterSpec> parameters(SystemLimits limits) {
        List<ParameterSpec> specs = new ArrayList<>();
        for (Setting setting : settings) {
            specs.add(ParameterSpec.quantity(
                    setting.hint(),
                    setting.hint(),
                    Group.TIMING,
                    Unit.SECOND,
                    setting.minimumSeconds(),
                    Math.min(LONGEST_SECONDS, setting.maximumSeconds()),
                    setting.defaultSeconds(),
                    0,
                    "Soft delay of the file; re-times " + setting.blocks() + " blocks"));
        }
        return specs;
    }

    @Override
    public List<Violation> validate(Protocol protocol, SystemLimits limits) {
        List<Violation> violations = new ArrayList<>();
        for (ParameterSpec spec : protocol.specs()) {
            double value = protocol.number(spec.name());
            if (!(value >= spec.minimum() && value <= spec.maximum())) {
                double nearest = Math.max(spec.minimum(), Math.min(spec.maximum(), value));
                violations.add(new Violation(
                        spec.name(),
                        spec.name() + " must be " + SoftDelays.range(spec.minimum(), spec.maximum()),
                        List.of(new Violation.Remedy(
                                spec.name(), nearest, spec.name() + " = " + spec.display(nearest)))));
            }
        }
        if (!violations.isEmpty()) {
            return violations;
        }
        for (CheckResult failure : SafetyCheck.report(retimed(protocol), limits).failures()) {
            violations.add(new Violation(WHOLE_SEQUENCE, failure.name() + ": " + failure.detail(), List.of()));
        }
        return violations;
    }

    @Override
    public double durationSeconds(Protocol protocol, SystemLimits limits) {
        return retimed(protocol).durationPs() * 1e-12;
    }

    @Override
    public SequencePlan build(Protocol protocol, SystemLimits limits, PatientPosition position) {
        return EncodingPlanner.plan(retimed(protocol), limits.larmorHertz(), position);
    }

    /** The soft delays that differ from what the file says, in seconds. */
    public Map<String, Double> changed(Protocol protocol) {
        Map<String, Double> changed = new LinkedHashMap<>();
        for (ParameterSpec spec : protocol.specs()) {
            double value = protocol.number(spec.name());
            if (value != spec.defaultNumber()) {
                changed.put(spec.name(), value);
            }
        }
        return changed;
    }

    private Sequence retimed(Protocol protocol) {
        try {
            return SoftDelays.with(read.sequence(), changed(protocol));
        } catch (SoftDelayException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
