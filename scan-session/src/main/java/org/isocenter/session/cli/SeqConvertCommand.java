package org.isocenter.session.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.pulseq.JemrisTiming;
import org.isocenter.sequence.pulseq.PulseqFile;
import org.isocenter.sequence.pulseq.PulseqReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter seq convert}. */
@Command(name = "convert", description = "Rewrites a file in another version, without loss or not at all.")
final class SeqConvertCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "IN", description = "A Pulseq file.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write; - is standard output.")
    private String out;

    @Option(
            names = "--jemris",
            description =
                    "IN was written by JEMRIS: OUT is what JEMRIS itself simulates, shaped gradients as straight lines"
                            + " between samples at the starts of the rasters, and dwell times that are not cut off."
                            + " isocenter scan does so by itself.")
    private boolean jemris;

    @Mixin
    private SeqOutput output = new SeqOutput();

    @Mixin
    private SoftDelayOptions softDelays = new SoftDelayOptions();

    SeqConvertCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        output.check(out, terminal);
        PulseqFile read = PulseqReader.read(in);
        read.warnings().forEach(warning -> terminal.status("warning: " + in + ": " + warning));
        Sequence sequence = jemris ? JemrisTiming.of(read.sequence()).sequence() : read.sequence();
        output.write(softDelays.retime(in, sequence), in.toString(), out, terminal);
        return ExitCode.DONE;
    }
}
