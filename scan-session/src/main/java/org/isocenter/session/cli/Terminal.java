package org.isocenter.session.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** Standard output and error as the commands share them. Progress may come from another thread. */
final class Terminal {
    private static final int BAR_WIDTH = 30;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private boolean json;
    private boolean debug;
    private boolean barShown;

    Terminal(PrintStream out, PrintStream err, boolean interactive) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
    }

    void setJson(boolean on) {
        json = on;
    }

    boolean json() {
        return json;
    }

    void setDebug(boolean on) {
        debug = on;
    }

    boolean debug() {
        return debug;
    }

    PrintStream out() {
        return out;
    }

    /** A line of the answer for people; nothing with {@code --json}. */
    synchronized void line(String text) {
        if (!json) {
            clearBar();
            out.println(text);
        }
    }

    /** The whole answer for programs; only with {@code --json}. */
    synchronized void document(JsonNode document) {
        if (json) {
            try {
                out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Puts a number, or null where JSON has none. */
    static void number(ObjectNode into, String name, double value) {
        if (Double.isFinite(value)) {
            into.put(name, value);
        } else {
            into.putNull(name);
        }
    }

    /** What is going on; to standard error. */
    synchronized void status(String text) {
        clearBar();
        err.println(text);
    }

    /** One line to standard error. */
    synchronized void error(String message, Throwable cause) {
        clearBar();
        err.println("isocenter: " + message.replaceAll("\\s*\\R\\s*", " "));
        if (debug && cause != null) {
            cause.printStackTrace(err);
        }
    }

    /** A bar on an interactive terminal. */
    synchronized void progress(double fraction, String text) {
        if (interactive && !json) {
            int full = (int) Math.round(BAR_WIDTH * Math.min(1, Math.max(0, fraction)));
            err.print("\r\u001b[K[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "] " + text);
            err.flush();
            barShown = true;
        }
    }

    private void clearBar() {
        if (barShown) {
            err.print("\r\u001b[K");
            barShown = false;
        }
    }

    /** Whether a person sits at the terminal: from Java 22 on a console can be there without one. */
    static boolean isInteractive() {
        if (System.console() == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (boolean) System.console().getClass().getMethod("isTerminal").invoke(System.console());
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Runtime.version().feature() < 22;
        }
    }
}
