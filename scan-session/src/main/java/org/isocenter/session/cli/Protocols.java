package org.isocenter.session.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.library.SequenceLibrary;

/** Library sequences by name, and {@code --set} upon them. */
final class Protocols {
    private Protocols() {}

    static SequenceBuilder builder(String name) throws CommandException {
        return SequenceLibrary.find(name)
                .orElseThrow(() -> new CommandException(
                        ExitCode.INPUT,
                        "no such sequence (" + name + "): name a .seq file or one of the library, "
                                + SequenceLibrary.all().stream()
                                        .map(SequenceBuilder::name)
                                        .collect(Collectors.joining(", "))));
    }

    /** The defaults on this system, changed as {@code settings} (each "TE=20ms") say. */
    static Protocol protocol(SequenceBuilder builder, SystemLimits limits, List<String> settings)
            throws CommandException {
        Protocol protocol = SequenceLibrary.defaults(builder, limits);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new CommandException(
                        ExitCode.INPUT, "this sets nothing (--set " + setting + "): write e.g. --set TE=20ms");
            }
            try {
                protocol = protocol.withText(setting.substring(0, equals).strip(), setting.substring(equals + 1));
            } catch (IllegalArgumentException e) {
                throw new CommandException(
                        ExitCode.INPUT, "a setting is not understood (--set " + setting + "): " + e.getMessage(), e);
            }
        }
        return protocol;
    }
}
