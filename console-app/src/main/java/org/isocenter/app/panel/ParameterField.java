package org.isocenter.app.panel;

import java.util.List;
import java.util.Objects;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Violation;

/** One parameter as it is being edited: the text as typed, and what is wrong with it. FX thread. */
public final class ParameterField {
    private final ParameterSpec spec;
    private final StringProperty text = new SimpleStringProperty();
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();
    private final BooleanProperty readOnly = new SimpleBooleanProperty();
    private final String appliedText;

    /** What is wrong, and single changes that help. */
    public record Problem(String message, List<Violation.Remedy> remedies) {
        public Problem {
            remedies = List.copyOf(remedies);
        }
    }

    ParameterField(ParameterSpec spec, double appliedSi) {
        this.spec = spec;
        this.appliedText = show(appliedSi);
        text.set(appliedText);
    }

    public ParameterSpec spec() {
        return spec;
    }

    /** As it is typed, without the unit; a choice's word; "yes" or "no". */
    public StringProperty textProperty() {
        return text;
    }

    /** Null when nothing is wrong. */
    public ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether the text differs from what is applied. */
    public ReadOnlyBooleanProperty changedProperty() {
        return changed.getReadOnlyProperty();
    }

    /** The scan has begun: its parameters can be read but no longer changed. */
    public BooleanProperty readOnlyProperty() {
        return readOnly;
    }

    void setProblem(Problem newProblem) {
        if (!Objects.equals(newProblem, problem.get())) {
            problem.set(newProblem);
        }
    }

    void updateChanged() {
        changed.set(!text.get().strip().equals(appliedText));
    }

    /** How an SI value is written in the field. */
    String show(double si) {
        return switch (spec.kind()) {
            case QUANTITY, COUNT -> spec.unit().displayNumber(si);
            case FLAG, CHOICE -> spec.display(si);
        };
    }

    /**
     * The SI value of the text; a number without a unit has the unit that stands beside the field.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    double value() {
        String typed = text.get().strip().replace('−', '-');
        if (spec.kind() != ParameterSpec.Kind.QUANTITY || typed.isEmpty()) {
            return spec.parse(typed);
        }
        char last = typed.charAt(typed.length() - 1);
        boolean bare = Character.isDigit(last) || last == '.';
        return spec.parse(bare ? typed + spec.unit().displaySymbol() : typed);
    }
}
