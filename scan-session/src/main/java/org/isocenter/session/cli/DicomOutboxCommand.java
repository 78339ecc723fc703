package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.archive.OutboxStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter dicom outbox}: what waits to be sent. */
@Command(name = "outbox", description = "What waits to be sent, is refused, or is not yet promised to be kept.")
final class DicomOutboxCommand implements Callable<Integer> {
    private final Terminal terminal;

    DicomOutboxCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    CommandLine withSubcommands() {
        return new CommandLine(this)
                .addSubcommand(new ListRows(terminal))
                .addSubcommand(new Retry(terminal))
                .addSubcommand(new Cancel(terminal));
    }

    @Override
    public Integer call() {
        return new ListRows(terminal).call();
    }

    /** {@code outbox list}. */
    @Command(name = "list", description = "Lists what is not done; with --all what is done too, the newest first.")
    static final class ListRows implements Callable<Integer> {
        private static final int MOST = 1000;

        private final Terminal terminal;

        @Option(names = "--all", description = "Also what is done: the newest " + MOST + ", as long as they are kept.")
        private boolean all;

        ListRows(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            try (Archive archive = Archive.openDefault()) {
                List<OutboxRow> rows =
                        all ? archive.outbox().newest(MOST) : archive.outbox().open();
                rows.forEach(row -> terminal.line(OutboxText.line(row)));
                OutboxStore.Counts counts = archive.outbox().counts();
                terminal.line(rows.isEmpty() ? "nothing waits" : summary(counts));
                if (all) {
                    terminal.line("what is done is listed for " + OutboxStore.KEPT.toDays() + " days; images stay");
                }
                ObjectNode document = Terminal.object()
                        .put("pending", counts.pending())
                        .put("sending", counts.sending())
                        .put("failed", counts.failed())
                        .put("uncommitted", counts.uncommitted())
                        .put("keptDays", OutboxStore.KEPT.toDays());
                document.set("rows", OutboxText.json(rows));
                terminal.document(document);
            }
            return ExitCode.DONE;
        }

        private static String summary(OutboxStore.Counts counts) {
            return counts.pending() + " wait, " + counts.sending() + " are being sent, " + counts.failed()
                    + " were refused, " + counts.uncommitted() + " are not yet promised to be kept";
        }
    }

    /** Which rows are meant. */
    static final class Choice {
        @Parameters(arity = "0..*", paramLabel = "NUMBER", description = "Of the rows.")
        private List<Long> numbers = List.of();

        @Option(names = "--failed", description = "All that were refused.")
        private boolean failed;

        private List<Long> of(Archive archive) throws CommandException {
            if (failed == !numbers.isEmpty()) {
                throw new CommandException(
                        ExitCode.INPUT, "which ones (NUMBER): name numbers of isocenter dicom outbox, or --failed");
            }
            if (failed) {
                return archive.outbox().open().stream()
                        .filter(row -> row.state() == OutboxState.FAILED)
                        .map(OutboxRow::number)
                        .toList();
            }
            for (long number : numbers) {
                if (archive.outbox().find(number).isEmpty()) {
                    throw new CommandException(
                            ExitCode.INPUT, "there is no such row (" + number + "): see isocenter dicom outbox");
                }
            }
            return numbers;
        }
    }

    private static int tell(Terminal terminal, String what, List<Long> wanted, List<Long> done) {
        ObjectNode document = Terminal.object();
        done.forEach(document.putArray("done")::add);
        terminal.document(document);
        terminal.line(what + ": " + done.size() + " of " + wanted.size());
        if (done.size() < wanted.size()) {
            List<Long> left =
                    wanted.stream().filter(number -> !done.contains(number)).toList();
            terminal.error(
                    "not changed (" + left + "): they are being sent, or done; see isocenter dicom outbox list --all",
                    null);
            return ExitCode.NO;
        }
        return ExitCode.DONE;
    }

    /** {@code outbox retry}. */
    @Command(name = "retry", description = "Sends rows again at once, the refused ones too, and waits for the outcome.")
    static final class Retry implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private Choice choice;

        Retry(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws CommandException {
            try (Archive archive = Archive.openDefault()) {
                List<Long> wanted = choice.of(archive);
                List<Long> done = archive.outbox().retry(wanted);
                if (done.size() < wanted.size() || done.isEmpty()) {
                    return tell(terminal, "tried again", wanted, done);
                }
                OutboxRun run = new OutboxRun(archive, terminal);
                List<OutboxRow> rows = run.send(done, false);
                ObjectNode document = Terminal.object();
                document.set("rows", OutboxText.json(rows));
                terminal.document(document);
                return run.tell(rows);
            }
        }
    }

    /** {@code outbox cancel}. */
    @Command(name = "cancel", description = "Gives rows up: they are not sent any more, and their files may go.")
    static final class Cancel implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private Choice choice;

        Cancel(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws CommandException {
            try (Archive archive = Archive.openDefault()) {
                List<Long> wanted = choice.of(archive);
                return tell(terminal, "given up", wanted, archive.outbox().cancel(wanted));
            }
        }
    }
}
