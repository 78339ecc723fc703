package org.isocenter.session.run;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.ParameterSpec.Group;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Unit;
import org.isocenter.model.Violation;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.session.Examples;

/** Readouts and nothing else; a gradient of the strength asked for makes it unsafe where that is too much. */
public final class TestSequence implements SequenceBuilder {
    static final int LINES = 16;
    private static final int SAMPLES = 32;
    private static final long PS = 1_000_000L;

    @Override
    public SequenceFamily family() {
        return SequenceFamily.SPIN_ECHO;
    }

    @Override
    public String name() {
        return "readouts";
    }

    @Override
    public String title() {
        return "Readouts";
    }

    @Override
    public String description() {
        return "For tests.";
    }

    @Override
    public List<ParameterSpec> parameters(SystemLimits limits) {
        return List.of(
                ParameterSpec.quantity("TR", "Repetition time", Group.CONTRAST, Unit.SECOND, 1e-3, 9, 5e-3, 0, ""),
                ParameterSpec.quantity("G", "Gradient", Group.CONTRAST, Unit.HERTZ, 0, 1e9, 1e5, 0, ""));
    }

    @Override
    public List<Violation> validate(Protocol protocol, SystemLimits limits) {
        return protocol.number("TR") >= 5e-3
                ? List.of()
                : List.of(new Violation(
                        "TR",
                        "TR must be ≥ 5 ms: the readout takes that long",
                        List.of(new Violation.Remedy("TR", 5e-3, "set TR to 5 ms"))));
    }

    @Override
    public double durationSeconds(Protocol protocol, SystemLimits limits) {
        return LINES * protocol.number("TR");
    }

    @Override
    public SequencePlan build(Protocol protocol, SystemLimits limits, PatientPosition position) {
        Sequence.Builder builder = new Sequence.Builder(Rasters.of(limits));
        Adc adc = new Adc(SAMPLES, 10 * PS, 1000 * PS, 0, 0, 0, 0, null);
        Gradient gradient = new Gradient.Trapezoid(protocol.number("G"), 500 * PS, 500 * PS, 500 * PS, 0);
        List<ReadoutHeader> headers = new ArrayList<>();
        long tr = Math.round(protocol.number("TR") * 1e12);
        for (int line = 0; line < LINES; line++) {
            headers.add(new ReadoutHeader(
                    line,
                    0,
                    new EncodingCounters(line, 0, 0, 0, 0, 0, 0, 0, 0),
                    SAMPLES,
                    1,
                    SAMPLES / 2,
                    0,
                    0,
                    10e-6,
                    (builder.endPs() + adc.delayPs()) * 1e-12,
                    0,
                    EncodingGeometry.AXIAL));
            builder.block(tr, null, gradient, null, null, adc, List.of());
        }
        var header = Examples.header("", Examples.study("1.2.3"), SAMPLES, LINES);
        List<Encoding> encodings = header.encodings();
        return new SequencePlan(builder.build(), encodings, headers, header.sequence(), List.of("a note"));
    }
}
