package org.isocenter.app.fx;

import java.util.function.Function;
import javafx.util.StringConverter;

/** How what can be chosen is shown. It is never typed. */
public final class ChoiceText<T> extends StringConverter<T> {
    private final Function<T, String> text;

    public ChoiceText(Function<T, String> text) {
        this.text = text;
    }

    @Override
    public String toString(T choice) {
        return choice == null ? "" : text.apply(choice);
    }

    @Override
    public T fromString(String typed) {
        throw new UnsupportedOperationException("chosen, not typed");
    }
}
