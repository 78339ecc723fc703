package org.isocenter.session.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command writes a CSV file, and how. */
final class SeqCsvOptions {
    @Option(
            names = "--out",
            required = true,
            paramLabel = "CSV",
            description = "The file to write; - is standard output.")
    private String out;

    @Option(names = "--force", description = "Replace CSV.")
    private boolean force;

    /** Writes rows. */
    interface Rows {
        void writeTo(CsvWriter csv) throws IOException;
    }

    String out() {
        return out;
    }

    /** Refuses what cannot end well before any work is done. */
    void check(Terminal terminal) throws CommandException {
        if (!isStandardOutput()) {
            OutputFiles.refuseExisting(Path.of(out), force);
        } else if (terminal.json()) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "the CSV and --json cannot both go to standard output (--out -): name a file for the CSV");
        }
    }

    boolean isStandardOutput() {
        return out.equals("-");
    }

    /** Writes the file, whole or not at all. */
    void write(Terminal terminal, Rows rows) throws IOException {
        OutputFiles.Content content = stream -> {
            CsvWriter csv = new CsvWriter(stream);
            rows.writeTo(csv);
            csv.endRow();
            csv.flush();
        };
        if (isStandardOutput()) {
            content.writeTo(terminal.out());
        } else {
            OutputFiles.write(Path.of(out), content);
        }
    }
}
