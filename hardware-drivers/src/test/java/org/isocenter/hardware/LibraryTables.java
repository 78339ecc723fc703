package org.isocenter.hardware;

import java.util.Map;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.library.SequenceLibrary;

/** Compiled sequences of the library, for tests. */
public final class LibraryTables {
    private LibraryTables() {}

    /** With default parameters, but so many lines. */
    public static EventTable table(String name, int lines, String profile) {
        return table(name, "matrixPhase", lines, profile);
    }

    /** A gradient echo in three slices, with default parameters but so many lines, and no dummies, which are most of a short one. */
    public static EventTable lines(int lines) {
        return table("gre2d", Map.of("matrixPhase", (double) lines, "dummies", 0.0), "osi2one");
    }

    /** With default parameters but one. */
    public static EventTable table(String name, String parameter, int value, String profile) {
        return table(name, Map.of(parameter, (double) value), profile);
    }

    /** With default parameters but these. */
    public static EventTable table(String name, Map<String, Double> parameters, String profile) {
        SystemLimits limits = ScannerProfile.builtIn(profile).limits();
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, limits);
        for (Map.Entry<String, Double> each : parameters.entrySet()) {
            protocol = protocol.with(each.getKey(), each.getValue());
        }
        return table(builder, protocol, limits);
    }

    /** @param scan as one would ask for it: {@code se2d matrix=32 orientation=coronal} */
    public static EventTable table(String scan, String profile) {
        SystemLimits limits = ScannerProfile.builtIn(profile).limits();
        String[] words = scan.split(" ");
        SequenceBuilder builder = SequenceLibrary.find(words[0]).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, limits);
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=");
            protocol = protocol.withText(pair[0], pair[1]);
        }
        return table(builder, protocol, limits);
    }

    private static EventTable table(SequenceBuilder builder, Protocol protocol, SystemLimits limits) {
        try {
            return EventCompiler.compile(SafetyCheck.check(
                    builder.build(protocol, limits, PatientPosition.HFS).sequence(), limits));
        } catch (UnsafeSequenceException e) {
            throw new AssertionError(e);
        }
    }
}
