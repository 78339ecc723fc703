package org.isocenter.app.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of the window, all from {@code messages.properties} beside this class. Any thread. */
public final class Messages {
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("org.isocenter.app.text.messages");

    private Messages() {}

    /**
     * The text for {@code key} with {@code {0}}, {@code {1}}… replaced.
     *
     * @throws java.util.MissingResourceException for a key that nobody wrote a text for
     */
    public static String text(String key, Object... arguments) {
        return new MessageFormat(BUNDLE.getString(key), Locale.ROOT).format(arguments);
    }
}
