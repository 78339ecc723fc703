package org.isocenter.app.worklist;

import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.isocenter.app.text.Messages;
import org.isocenter.dicom.workflow.DiscontinuationReason;

/** Whether an exam is to be broken off, and why. FX thread. */
public final class BreakOffModel {
    private final Consumer<DiscontinuationReason> onBreakOff;
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper();
    private final ObjectProperty<DiscontinuationReason> reason = new SimpleObjectProperty<>();

    /** @param onBreakOff ends the exam for this reason */
    public BreakOffModel(Consumer<DiscontinuationReason> onBreakOff) {
        this.onBreakOff = onBreakOff;
    }

    /** What a reason is called. */
    public static String text(DiscontinuationReason reason) {
        return Messages.text("breakOff.reason." + reason.name());
    }

    /** Whether the operator is asked for the reason. */
    public ReadOnlyBooleanProperty askingProperty() {
        return asking.getReadOnlyProperty();
    }

    /** As chosen so far; null for none: none is suggested. */
    public ObjectProperty<DiscontinuationReason> reasonProperty() {
        return reason;
    }

    /** Asks for the reason. */
    public void ask() {
        reason.set(null);
        asking.set(true);
    }

    /** The exam goes on. */
    public void dismiss() {
        asking.set(false);
    }

    /** Breaks off for the reason chosen; nothing happens without one. */
    public void confirm() {
        if (reason.get() != null) {
            asking.set(false);
            onBreakOff.accept(reason.get());
        }
    }
}
