package org.isocenter.app.fx;

import java.util.function.Function;
import javafx.scene.control.ListCell;

/** A choice in a list where null is a choice too, which {@link ChoiceText} alone would show as nothing. */
public final class ChoiceCell<T> extends ListCell<T> {
    private final Function<T, String> text;

    public ChoiceCell(Function<T, String> text) {
        this.text = text;
    }

    @Override
    protected void updateItem(T choice, boolean empty) {
        super.updateItem(choice, empty);
        setText(empty && choice != null ? "" : text.apply(choice));
    }
}
