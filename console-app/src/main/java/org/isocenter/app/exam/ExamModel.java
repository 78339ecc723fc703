package org.isocenter.app.exam;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.text.Messages;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Violation;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.library.SequenceLibrary;

/** The exam: scans done and scans to come, in order. Every change of the list can be undone. FX thread. */
public final class ExamModel {
    private final Tasks tasks;
    private final ObservableList<ExamItem> items = FXCollections.observableArrayList();
    private final ObjectProperty<ExamItem> selected = new SimpleObjectProperty<>();
    private final ObjectProperty<SystemLimits> limits = new SimpleObjectProperty<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();

    private record Check(List<Violation> violations, double durationSeconds) {}

    public ExamModel(Tasks tasks) {
        this.tasks = tasks;
        limits.addListener((o, before, now) -> items.forEach(this::check));
    }

    public ObservableList<ExamItem> items() {
        return items;
    }

    /** The item whose parameters and images are shown; null when there is none. */
    public ObjectProperty<ExamItem> selectedProperty() {
        return selected;
    }

    /** What the scanner can do; null before one has answered. */
    public ObjectProperty<SystemLimits> limitsProperty() {
        return limits;
    }

    public ReadOnlyBooleanProperty canUndoProperty() {
        return canUndo.getReadOnlyProperty();
    }

    /** A new scan with the builder's defaults, at the end. */
    public ExamItem add(SequenceBuilder builder) {
        ExamItem item = new ExamItem(builder, SequenceLibrary.defaults(builder, limits.get()));
        insert(items.size(), item);
        return item;
    }

    /** The same scan again, right after it. */
    public void duplicate(ExamItem item) {
        insert(
                items.indexOf(item) + 1,
                new ExamItem(item.builder(), item.protocolProperty().get()));
    }

    private void insert(int index, ExamItem item) {
        items.add(index, item);
        selected.set(item);
        check(item);
        remember(() -> {
            if (item.stateProperty().get().isOpen()) {
                takeOut(item);
            }
        });
    }

    /** Takes it off the list; not while it runs. Its data, if it has any, stay in the archive. */
    public void remove(ExamItem item) {
        int index = items.indexOf(item);
        if (index < 0 || item.stateProperty().get() == ItemState.RUNNING) {
            return;
        }
        takeOut(item);
        remember(() -> {
            items.add(Math.min(index, items.size()), item);
            selected.set(item);
        });
    }

    private void takeOut(ExamItem item) {
        int index = items.indexOf(item);
        if (index < 0) {
            return;
        }
        items.remove(index);
        selected.set(items.isEmpty() ? null : items.get(Math.min(index, items.size() - 1)));
    }

    /** So many places down (up when negative), as far as there are. */
    public void move(ExamItem item, int places) {
        int from = items.indexOf(item);
        int to = Math.max(0, Math.min(items.size() - 1, from + places));
        if (from < 0 || to == from) {
            return;
        }
        shift(item, to);
        remember(() -> shift(item, from));
    }

    private void shift(ExamItem item, int to) {
        if (items.remove(item)) {
            items.add(Math.min(to, items.size()), item);
            selected.set(item);
        }
    }

    /** Another protocol for a scan that has not run. */
    public void apply(ExamItem item, Protocol protocol) {
        if (!item.stateProperty().get().isOpen()) {
            return;
        }
        Protocol before = item.protocolProperty().get();
        item.setProtocol(protocol);
        check(item);
        remember(() -> {
            if (item.stateProperty().get().isOpen()) {
                item.setProtocol(before);
                check(item);
            }
        });
    }

    private void remember(Runnable back) {
        undo.push(back);
        canUndo.set(true);
    }

    /** Takes the last change of the list back. */
    public void undo() {
        if (!undo.isEmpty()) {
            undo.pop().run();
            canUndo.set(!undo.isEmpty());
        }
    }

    /** Another patient: an empty list. */
    public void clear() {
        items.clear();
        selected.set(null);
        undo.clear();
        canUndo.set(false);
    }

    /** The selected scan when it can run, else the first that can. */
    public Optional<ExamItem> next() {
        ExamItem chosen = selected.get();
        if (chosen != null && chosen.stateProperty().get() == ItemState.QUEUED) {
            return Optional.of(chosen);
        }
        return items.stream()
                .filter(i -> i.stateProperty().get() == ItemState.QUEUED)
                .findFirst();
    }

    /** Scan time of what is still to come, as far as it is known. */
    public double remainingSeconds() {
        return items.stream()
                .filter(i -> i.stateProperty().get() == ItemState.QUEUED)
                .mapToDouble(i -> i.durationSecondsProperty().get())
                .filter(Double::isFinite)
                .sum();
    }

    private void check(ExamItem item) {
        Protocol protocol = item.protocolProperty().get();
        SystemLimits on = limits.get();
        tasks.run(
                () -> {
                    List<Violation> violations = item.builder().validate(protocol, on);
                    double seconds = violations.isEmpty() ? item.builder().durationSeconds(protocol, on) : Double.NaN;
                    return new Check(violations, seconds);
                },
                check -> {
                    if (item.protocolProperty().get() == protocol
                            && item.stateProperty().get().isOpen()) {
                        show(item, check);
                    }
                },
                failure -> {
                    throw new IllegalStateException("checking " + protocol.sequence() + " failed", failure);
                });
    }

    private static void show(ExamItem item, Check check) {
        item.setDurationSeconds(check.durationSeconds());
        boolean good = check.violations().isEmpty();
        item.setState(good ? ItemState.QUEUED : ItemState.NEEDS_ATTENTION);
        item.setDetail(
                good
                        ? ProtocolSummary.of(item.protocolProperty().get())
                        : Messages.text(
                                "exam.attention",
                                blame(
                                        item.protocolProperty().get(),
                                        check.violations().get(0))));
    }

    /** The parameter to look at; where none is to blame, all that is wrong. */
    private static String blame(Protocol protocol, Violation violation) {
        return protocol.has(violation.parameter()) ? violation.parameter() : violation.message();
    }
}
