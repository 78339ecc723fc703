package org.isocenter.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import org.testfx.util.WaitForAsyncUtils;

/** A console in its real window, without a display. */
public final class OpenConsole implements AutoCloseable {
    private final ExecutorService background = Background.pool();
    private final ExecutorService network = Background.network();
    private final FxThread fx = new FxThread();
    private final Archive archive;
    private final ScanSession session;
    private final Hospital hospital;
    private final Console console;
    private final Stage stage;

    /** @param device address of the scanner */
    public OpenConsole(Stage stage, Path home, String device) {
        this.stage = stage;
        archive = Archive.open(home);
        session = new ScanSession(archive);
        hospital = new Hospital(archive, () -> DicomSettings.read(home));
        console = new Console(
                session,
                archive,
                hospital,
                new StandardReconstruction(),
                new Preferences(device, false),
                new Tasks(background, fx),
                new Tasks(network, fx));
        ConsoleWindow.open(console, stage, fx);
    }

    public Console console() {
        return console;
    }

    public Archive archive() {
        return archive;
    }

    @Override
    public void close() {
        WaitForAsyncUtils.asyncFx(() -> {
            fx.stop();
            stage.hide();
        });
        WaitForAsyncUtils.waitForFxEvents();
        session.close();
        console.close();
        hospital.close();
        background.shutdown();
        network.shutdown();
        archive.close();
    }

    /** Waits, for three minutes at most (a slow computer that does other work too), until this holds on the FX thread. */
    public static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                180,
                TimeUnit.SECONDS,
                () -> WaitForAsyncUtils.asyncFx(condition).get());
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** The answer of the FX thread. */
    public static <T> T ask(Callable<T> question) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, question);
    }
}
