package org.isocenter.app;

import java.util.concurrent.ExecutorService;
import javafx.application.Application;
import javafx.stage.Stage;
import org.isocenter.app.device.Preferences;
import org.isocenter.app.fx.Background;
import org.isocenter.app.fx.FxThread;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.shell.Console;
import org.isocenter.app.shell.ConsoleWindow;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.hospital.Hospital;
import org.isocenter.session.run.ScanSession;
import org.isocenter.session.run.ShutdownStop;

/** The operator window as a program. Started by {@link Launcher}. */
public final class ConsoleApplication extends Application {
    private final FxThread fx = new FxThread();
    private final ExecutorService background = Background.pool();
    private final ExecutorService network = Background.network();
    private Archive archive;
    private Hospital hospital;
    private ScanSession session;
    private Preferences preferences;
    private ShutdownStop shutdown;
    private Console console;

    /** On the launcher's thread: what fails here is told in one line. */
    @Override
    public void init() throws Exception {
        archive = Archive.openDefault();
        preferences = Preferences.read(archive.folder());
        session = new ScanSession(archive);
        hospital = new Hospital(archive, () -> DicomSettings.read(archive.folder()));
        shutdown = new ShutdownStop(session, text -> System.err.println("isocenter: " + text));
    }

    @Override
    public void start(Stage stage) {
        console = new Console(
                session,
                archive,
                hospital,
                new StandardReconstruction(),
                preferences,
                new Tasks(background, fx),
                new Tasks(network, fx));
        ConsoleWindow.open(console, stage, fx);
    }

    /** The window is gone; the program ends when the hardware is safe and the data are on disk. */
    @Override
    public void stop() {
        fx.stop();
        Thread closing = new Thread(
                () -> {
                    shutdown.close();
                    if (shutdown.isAtWork()) {
                        return; // it needs the session
                    }
                    session.close();
                    if (console != null) { // else the window never opened
                        console.close();
                    }
                    hospital.close();
                    background.shutdown();
                    network.shutdown();
                    archive.close();
                },
                "closing");
        closing.start();
    }
}
