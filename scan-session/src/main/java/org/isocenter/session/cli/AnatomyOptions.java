package org.isocenter.session.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.Side;
import picocli.CommandLine.Option;

/** What of the body is imaged. Whoever names one of a pair names its side too: it is never guessed, and images must tell it. */
final class AnatomyOptions {
    @Option(
            names = "--body-part",
            paramLabel = "PART",
            description = "What is imaged, by DICOM's term (PS3.16 annex L): HEAD, KNEE, LSPINE and so on.")
    private String part = "";

    @Option(
            names = "--side",
            paramLabel = "left|right|both",
            description = "Which side of the patient, where the part is one of a pair.")
    private String side = "";

    /**
     * What the options tell, and of what they do not, what is known already.
     *
     * @param known from the worklist, or from raw data
     * @param phantom of which no side is asked
     * @throws CommandException when an option is not understood, or a side is missing
     */
    Anatomy complete(Anatomy known, boolean phantom) throws CommandException {
        Anatomy anatomy = told().or(known);
        if (!phantom && anatomy.sideMissing()) {
            throw new CommandException(
                    ExitCode.INPUT,
                    anatomy.term() + " is one of a pair, and its side is not known (--side): add --side left, right or"
                            + " both");
        }
        return anatomy;
    }

    private Anatomy told() throws CommandException {
        if (!part.isBlank() && BodyPart.of(part).isEmpty()) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "no such part of the body (--body-part " + part + "): write one of "
                            + Arrays.stream(BodyPart.values()).map(Enum::name).collect(Collectors.joining(", ")));
        }
        if (!side.isBlank() && Side.of(side).isEmpty()) {
            throw new CommandException(ExitCode.INPUT, "no such side (--side " + side + "): write left, right or both");
        }
        BodyPart named = BodyPart.of(part).orElse(null);
        if (named != null && !named.paired() && !side.isBlank()) {
            throw new CommandException(
                    ExitCode.INPUT, named + " is not one of a pair (--side " + side + "): leave out --side");
        }
        return new Anatomy(named, Side.of(side).orElse(Side.UNKNOWN));
    }
}
