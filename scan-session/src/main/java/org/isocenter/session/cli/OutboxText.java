package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;

/** Rows of the outbox for people and programs. */
final class OutboxText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private OutboxText() {}

    static String line(OutboxRow row) {
        return String.format(
                Locale.ROOT,
                "%6d  %-12s %-9s %s %s%s",
                row.number(),
                row.destination(),
                row.state().name().toLowerCase(Locale.ROOT),
                kind(row.kind()),
                row.subjectUid(),
                detail(row));
    }

    private static String kind(OutboxKind kind) {
        return switch (kind) {
            case INSTANCE -> "image";
            case PERFORMED_STEP_CREATE -> "begin of step";
            case PERFORMED_STEP_SET -> "state of step";
            case COMMITMENT -> "commitment request";
            case IMAGING_STUDY -> "study";
        };
    }

    private static String detail(OutboxRow row) {
        if (row.state() == OutboxState.PENDING && row.nextAttempt().isAfter(Instant.now())) {
            return "\n        " + row.attempts() + " failed, again at " + TIME.format(row.nextAttempt()) + ": "
                    + row.reason();
        }
        if (row.state() == OutboxState.FAILED) {
            return "\n        " + row.reason();
        }
        return row.state() == OutboxState.SENT && row.commits() ? " (not yet promised to be kept)" : "";
    }

    static ArrayNode json(List<OutboxRow> rows) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (OutboxRow row : rows) {
            array.addObject()
                    .put("number", row.number())
                    .put("destination", row.destination())
                    .put("kind", row.kind().name())
                    .put("uid", row.subjectUid())
                    .put("file", row.file().map(Object::toString).orElse(null))
                    .put("scan", row.scanId().orElse(null))
                    .put("state", row.state().name())
                    .put("reason", row.reason())
                    .put("attempts", row.attempts())
                    .put(
                            "nextAttempt",
                            row.state() == OutboxState.PENDING
                                    ? row.nextAttempt().toString()
                                    : null)
                    .put("created", row.created().toString())
                    .put("changed", row.changed().toString());
        }
        return array;
    }
}
