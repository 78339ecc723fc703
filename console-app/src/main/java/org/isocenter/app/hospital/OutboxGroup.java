package org.isocenter.app.hospital;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.isocenter.app.text.Messages;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;

/** Rows of the outbox that share their fate: what one line of the list stands for. Never empty. */
public record OutboxGroup(List<OutboxRow> rows) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** What makes rows alike. */
    private record Key(String destination, OutboxKind kind, String scanId, OutboxState state, String reason) {}

    public OutboxGroup {
        rows = List.copyOf(rows);
    }

    /** In the order of their first rows. */
    static List<OutboxGroup> of(List<OutboxRow> rows) {
        Map<Key, List<OutboxRow>> groups = new LinkedHashMap<>();
        for (OutboxRow row : rows) {
            Key key = new Key(row.destination(), row.kind(), row.scanId().orElse(""), row.state(), row.reason());
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
        }
        return groups.values().stream().map(OutboxGroup::new).toList();
    }

    private OutboxRow first() {
        return rows.get(0);
    }

    OutboxState state() {
        return first().state();
    }

    List<Long> numbers() {
        return rows.stream().map(OutboxRow::number).toList();
    }

    /** "12 images to PACS". */
    String title() {
        return Messages.text("outbox.kind." + first().kind().name(), rows.size(), first().destination());
    }

    /** How far they are, and why not farther. */
    String detail() {
        String time = TIME.format(first().created());
        return switch (state()) {
            case PENDING ->
                first().reason().isEmpty()
                        ? Messages.text("outbox.state.PENDING", time)
                        : Messages.text(
                                "outbox.state.again",
                                TIME.format(rows.stream()
                                        .map(OutboxRow::nextAttempt)
                                        .min(Instant::compareTo)
                                        .orElseThrow()),
                                first().reason());
            case FAILED -> Messages.text("outbox.state.FAILED", first().reason());
            default -> Messages.text("outbox.state." + state().name(), time);
        };
    }

    boolean canRetry() {
        return state() == OutboxState.FAILED || state() == OutboxState.PENDING;
    }

    boolean canCancel() {
        return state() != OutboxState.SENDING;
    }
}
