package org.isocenter.session.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.hospital.Hospital;

/** Sends rows of the outbox while a command waits for them. What is not sent by its end stays in the outbox. */
final class OutboxRun {
    private static final long LOOK_MILLIS = 200;

    private final Archive archive;
    private final Terminal terminal;

    OutboxRun(Archive archive, Terminal terminal) {
        this.archive = archive;
        this.terminal = terminal;
    }

    /**
     * Sends, and tells how it went.
     *
     * @param numbers of the rows
     * @param untilDone whether to try again until all is delivered or refused, committed too where that is asked for; otherwise each is
     *     tried once
     * @return the rows as they are then
     */
    List<OutboxRow> send(List<Long> numbers, boolean untilDone) throws CommandException {
        if (numbers.isEmpty()) {
            return List.of();
        }
        try (Hospital hospital = new Hospital(archive, () -> DicomSettings.read(archive.folder()))) {
            if (untilDone) {
                listen(hospital);
            }
            hospital.outbox().start();
            while (true) {
                List<OutboxRow> rows = archive.outbox().find(numbers);
                long settled =
                        rows.stream().filter(row -> isSettled(row, untilDone)).count();
                terminal.progress((double) settled / rows.size(), settled + " of " + rows.size() + " sent");
                if (settled == rows.size()) {
                    return rows;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.INTERRUPTED, "interrupted: what was not sent waits in the outbox", e);
        }
    }

    /** Commitment may be answered by a call; where a window listens already, that takes it. */
    private void listen(Hospital hospital) {
        try {
            hospital.listen();
        } catch (IOException e) {
            terminal.status("isocenter: not listening: " + e.getMessage());
        }
    }

    private static boolean isSettled(OutboxRow row, boolean untilDone) {
        return switch (row.state()) {
            case FAILED, COMMITTED, CANCELLED -> true;
            case SENT -> !untilDone || row.isDone();
            case SENDING -> false;
            case PENDING -> !untilDone && row.nextAttempt().isAfter(Instant.now());
        };
    }

    /** Says how it went, and returns the exit code. */
    int tell(List<OutboxRow> rows) {
        Map<String, int[]> perDestination = new TreeMap<>();
        for (OutboxRow row : rows) {
            boolean there = row.state() == OutboxState.SENT || row.state() == OutboxState.COMMITTED;
            perDestination.computeIfAbsent(row.destination(), d -> new int[2])[there ? 0 : 1]++;
        }
        perDestination.forEach(
                (name, count) -> terminal.line("sent to " + name + ": " + count[0] + " of " + (count[0] + count[1])));
        List<OutboxRow> missing = rows.stream()
                .filter(row -> row.state() == OutboxState.FAILED || row.state() == OutboxState.PENDING)
                .toList();
        if (missing.isEmpty()) {
            return ExitCode.DONE;
        }
        boolean refused = missing.stream().allMatch(row -> row.state() == OutboxState.FAILED);
        terminal.error(
                missing.size() + " not sent (" + missing.get(0).destination() + "): "
                        + missing.get(0).reason() + "; "
                        + (refused ? "see" : "they stay in the outbox and are tried again by the console, see")
                        + " isocenter dicom outbox",
                null);
        return refused ? ExitCode.NO : ExitCode.DEVICE;
    }
}
