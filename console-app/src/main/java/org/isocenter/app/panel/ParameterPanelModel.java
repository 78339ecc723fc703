package org.isocenter.app.panel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.text.Messages;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Violation;
import org.isocenter.sequence.SequenceBuilder;

/**
 * A protocol being edited. Each edit is checked in the background; the newest answer counts. Nothing is changed outside until
 * {@link #apply}. FX thread.
 */
public final class ParameterPanelModel {
    private final Tasks tasks;
    private final ObservableList<ParameterField> fields = FXCollections.observableArrayList();
    private final Map<String, ParameterField> byName = new LinkedHashMap<>();
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Estimate> applied = new ReadOnlyObjectWrapper<>(Estimate.UNKNOWN);
    private final ReadOnlyObjectWrapper<Estimate> draft = new ReadOnlyObjectWrapper<>(Estimate.UNKNOWN);
    private final ReadOnlyObjectWrapper<Protocol> edited = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper canApply = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    private final Deque<Edit> undo = new ArrayDeque<>();
    private SequenceBuilder builder;
    private SystemLimits limits;
    private Protocol protocol;
    private Consumer<Protocol> onApply = p -> {};
    private boolean readOnly;
    private boolean replaying;
    private long newest;

    /** One field's text before a run of edits to it. */
    private record Edit(ParameterField field, String before) {}

    private record Answer(List<Violation> violations, Estimate estimate) {}

    public ParameterPanelModel(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Shows this protocol, afresh. {@code onApply} gets what the person makes of it. */
    public void edit(
            SequenceBuilder newBuilder,
            SystemLimits newLimits,
            Protocol newProtocol,
            boolean newReadOnly,
            Consumer<Protocol> newOnApply) {
        builder = newBuilder;
        limits = newLimits;
        protocol = newProtocol;
        readOnly = newReadOnly;
        onApply = newOnApply;
        title.set(newProtocol.name());
        edited.set(null);
        undo.clear();
        byName.clear();
        List<ParameterField> made = new ArrayList<>();
        for (ParameterSpec spec : newProtocol.specs()) {
            ParameterField field = new ParameterField(spec, newProtocol.number(spec.name()));
            field.readOnlyProperty().set(newReadOnly);
            field.textProperty().addListener((o, before, now) -> edited(field, before));
            byName.put(spec.name(), field);
            made.add(field);
        }
        fields.setAll(made);
        applied.set(Estimate.UNKNOWN);
        draft.set(Estimate.UNKNOWN);
        check();
    }

    /** Shows nothing. */
    public void clear() {
        newest++;
        protocol = null;
        edited.set(null);
        builder = null;
        fields.clear();
        byName.clear();
        undo.clear();
        title.set("");
        problem.set("");
        applied.set(Estimate.UNKNOWN);
        draft.set(Estimate.UNKNOWN);
        canApply.set(false);
        canUndo.set(false);
    }

    private void edited(ParameterField field, String before) {
        if (!replaying && (undo.isEmpty() || undo.peek().field() != field)) {
            undo.push(new Edit(field, before));
        }
        check();
    }

    /** Takes a way out that a problem offers. */
    public void take(Violation.Remedy remedy) {
        ParameterField field = byName.get(remedy.parameter());
        field.textProperty().set(field.show(remedy.value()));
    }

    /** The last edited field as it was before. */
    public void undo() {
        if (!undo.isEmpty()) {
            Edit edit = undo.pop();
            replaying = true;
            edit.field().textProperty().set(edit.before());
            replaying = false;
            check();
        }
    }

    /** Hands the edited protocol over, if nothing is wrong with it. */
    public void apply() {
        if (!canApply.get()) {
            return;
        }
        Protocol result = typed(new LinkedHashMap<>());
        Consumer<Protocol> receiver = onApply;
        edit(builder, limits, result, readOnly, onApply);
        receiver.accept(result);
    }

    /** The protocol with all texts that are values; {@code problems} gets those that are not. */
    private Protocol typed(Map<String, ParameterField.Problem> problems) {
        Protocol result = protocol;
        for (ParameterField field : fields) {
            try {
                if (field.changedProperty().get()) {
                    result = result.with(field.spec().name(), field.value());
                }
            } catch (IllegalArgumentException e) {
                double before = protocol.number(field.spec().name());
                String way = Messages.text("panel.backTo", field.spec().display(before));
                problems.put(
                        field.spec().name(),
                        new ParameterField.Problem(
                                e.getMessage(),
                                List.of(new Violation.Remedy(field.spec().name(), before, way))));
            }
        }
        return result;
    }

    private void check() {
        long number = ++newest;
        canUndo.set(!undo.isEmpty());
        canApply.set(false);
        fields.forEach(ParameterField::updateChanged);
        Map<String, ParameterField.Problem> unreadable = new LinkedHashMap<>();
        Protocol wanted = typed(unreadable);
        edited.set(wanted);
        boolean changed = fields.stream().anyMatch(f -> f.changedProperty().get());
        SequenceBuilder usedBuilder = builder;
        SystemLimits usedLimits = limits;
        tasks.run(
                () -> answer(usedBuilder, usedLimits, wanted),
                answer -> {
                    if (number == newest) {
                        show(answer, unreadable, changed);
                    }
                },
                failure -> {
                    throw new IllegalStateException("checking " + wanted.sequence() + " failed", failure);
                });
    }

    private static Answer answer(SequenceBuilder builder, SystemLimits limits, Protocol wanted) {
        List<Violation> violations = builder.validate(wanted, limits);
        return new Answer(violations, violations.isEmpty() ? Estimate.of(wanted, builder, limits) : Estimate.UNKNOWN);
    }

    private void show(Answer answer, Map<String, ParameterField.Problem> unreadable, boolean changed) {
        Map<String, ParameterField.Problem> problems = new LinkedHashMap<>(unreadable);
        for (Violation violation : answer.violations()) {
            problems.putIfAbsent(
                    violation.parameter(), new ParameterField.Problem(violation.message(), violation.remedies()));
        }
        for (ParameterField field : fields) {
            field.setProblem(problems.get(field.spec().name()));
        }
        problem.set(problems.entrySet().stream()
                .filter(entry -> !byName.containsKey(entry.getKey()))
                .map(entry -> entry.getValue().message())
                .collect(Collectors.joining("\n")));
        Estimate estimate = problems.isEmpty() ? answer.estimate() : Estimate.UNKNOWN;
        draft.set(estimate);
        if (!changed) {
            applied.set(estimate);
        }
        canApply.set(changed && problems.isEmpty() && !readOnly);
    }

    /** In the order of the specs; replaced as a whole when another protocol is shown. */
    public ObservableList<ParameterField> fields() {
        return fields;
    }

    /** Name of the protocol; empty when nothing is shown. */
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /** What is wrong with the whole that no field is to blame for; empty when nothing is. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** The protocol with all that is typed and can be read, allowed or not; null when nothing is shown. */
    public ReadOnlyObjectProperty<Protocol> editedProperty() {
        return edited.getReadOnlyProperty();
    }

    /** Of the protocol as it is now. */
    public ReadOnlyObjectProperty<Estimate> appliedProperty() {
        return applied.getReadOnlyProperty();
    }

    /** Of the protocol as edited; unknown while something is wrong with it. */
    public ReadOnlyObjectProperty<Estimate> draftProperty() {
        return draft.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canApplyProperty() {
        return canApply.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canUndoProperty() {
        return canUndo.getReadOnlyProperty();
    }

    public boolean isReadOnly() {
        return readOnly;
    }
}
