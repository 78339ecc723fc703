package org.isocenter.app;

import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Application;
import org.isocenter.session.IsocenterHome;
import org.isocenter.session.SessionLog;
import org.slf4j.LoggerFactory;

/**
 * Opens the operator window. A class of its own because Java refuses a main class that is an {@link Application} when JavaFX
 * is on the class path.
 */
public final class Launcher {
    private static final int DEVICE_FAILED = 3;

    /** Held, for a logger that nobody holds forgets its level. */
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    private Launcher() {}

    public static void main(String[] args) {
        quietJavafx();
        Optional<String> missing = DisplayCheck.ofThisMachine().whatIsMissing();
        if (missing.isPresent()) {
            fail(missing.get());
        }
        writeLog();
        try {
            Application.launch(ConsoleApplication.class, args);
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Launcher.class).error("the window could not be opened", e);
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            fail("the window could not be opened (" + cause.getMessage()
                    + "): see that DISPLAY names a display you may use and that the archive's folder can be written");
        }
    }

    private static void writeLog() {
        try {
            SessionLog.writeTo(IsocenterHome.folder());
        } catch (IOException e) {
            System.err.println("isocenter: no log is written (" + IsocenterHome.folder() + "): " + e.getMessage());
        }
    }

    /** JavaFX warns that it is on the class path, where this program means it to be. */
    static void quietJavafx() {
        JAVAFX.setLevel(Level.SEVERE);
    }

    private static void fail(String message) {
        System.err.println("isocenter: " + message);
        System.exit(DEVICE_FAILED);
    }
}
