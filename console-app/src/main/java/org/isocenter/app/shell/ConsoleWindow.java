package org.isocenter.app.shell;

import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.isocenter.app.fx.FxThread;
import org.isocenter.app.notice.Notice;
import org.isocenter.app.text.Messages;

/** The console in a stage of its own. FX thread. */
public final class ConsoleWindow {
    private static final double WIDTH = 1600;
    private static final double HEIGHT = 900;
    private static final double LEAST_WIDTH = 1180;
    private static final double LEAST_HEIGHT = 680;

    private final Console console;
    private final Stage stage;
    private boolean closeWarned;

    private ConsoleWindow(Console console, Stage stage) {
        this.console = console;
        this.stage = stage;
    }

    /** Opens it, starts the console, and takes what is new of a scan once per frame from now on. */
    public static void open(Console console, Stage stage, FxThread fx) {
        new ConsoleWindow(console, stage).open(fx);
    }

    private void open(FxThread fx) {
        Theme.loadFonts();
        ConsoleView view = new ConsoleView(console);
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        Scene scene = new Scene(view, Math.min(WIDTH, screen.getWidth()), Math.min(HEIGHT, screen.getHeight()));
        var preferences = console.device().preferencesProperty();
        Theme.apply(scene, preferences.get().light());
        preferences.addListener((o, before, now) -> Theme.apply(scene, now.light()));
        view.installKeys(scene);
        stage.setTitle(Messages.text("app.name"));
        stage.setMinWidth(Math.min(LEAST_WIDTH, screen.getWidth()));
        stage.setMinHeight(Math.min(LEAST_HEIGHT, screen.getHeight()));
        stage.setScene(scene);
        stage.setMaximized(true);
        stage.setOnCloseRequest(e -> {
            if (console.scan().busyProperty().get() && !closeWarned) {
                closeWarned = true;
                console.notices().add(Notice.of(Notice.Kind.WARNING, Messages.text("app.close.busy")));
                e.consume();
            }
        });
        console.scan().busyProperty().addListener((o, before, now) -> closeWarned = false);
        stage.show();
        view.requestFocus();
        fx.onFrame(console::frame);
        console.begin();
    }
}
