package org.isocenter.session.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.chain.Chain;
import org.isocenter.recon.chain.ChainFormatException;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.chain.ChainYaml;
import org.isocenter.recon.standard.StandardChains;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.recon.standard.StandardSteps;

/** What {@code --pipeline} names. */
final class Pipelines {
    static final String STANDARD = "standard";
    static final String DESCRIPTION = "How images are made: standard (a chain by the data's kind), a chain by name"
            + " (isocenter recon --list-steps shows them), or a YAML file with one; default ${DEFAULT-VALUE}.";

    private Pipelines() {}

    /** @throws CommandException when there is no such chain, or the file cannot be read or is wrong */
    static Reconstruction of(String nameOrFile) throws CommandException {
        if (nameOrFile.equals(STANDARD)) {
            return new StandardReconstruction();
        }
        return new ChainReconstruction(chain(nameOrFile));
    }

    /** A chain with every parameter, as {@code --pipeline} takes it. */
    static String yaml(String nameOrFile) throws CommandException {
        if (nameOrFile.equals(STANDARD)) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "standard is no chain of its own (--print-pipeline): it picks one of "
                            + String.join(", ", StandardChains.names()));
        }
        return new ChainYaml(StandardSteps.REGISTRY).write(chain(nameOrFile));
    }

    private static Chain chain(String nameOrFile) throws CommandException {
        if (StandardChains.names().contains(nameOrFile)) {
            return StandardChains.named(nameOrFile);
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "no such chain (" + nameOrFile + "): there are " + STANDARD + ", "
                            + String.join(", ", StandardChains.names()) + ", or give a YAML file");
        }
        try {
            return new ChainYaml(StandardSteps.REGISTRY).read(file);
        } catch (ChainFormatException | IOException e) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "the chain cannot be read (" + e.getMessage()
                            + "): isocenter recon --list-steps shows what there is",
                    e);
        }
    }
}
