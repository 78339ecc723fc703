package org.isocenter.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import org.isocenter.app.device.DeviceModel;
import org.isocenter.app.device.Preferences;
import org.isocenter.app.exam.ExamItem;
import org.isocenter.app.fx.Background;
import org.isocenter.app.fx.FxThread;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.panel.ParameterField;
import org.isocenter.app.shell.Console;
import org.isocenter.app.shell.ConsoleWindow;
import org.isocenter.model.Protocol;
import org.isocenter.model.Vec3;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.hospital.Hospital;
import org.isocenter.session.run.ScanSession;
import org.isocenter.session.run.ScanState;

/**
 * Takes the pictures of the documentation: opens the real window without a display, runs an exam of the brain phantom on the
 * virtual scanner, and saves the window as it is empty, scanning and finished.
 */
public final class Screenshots {
    private static final long PATIENCE_SECONDS = 180;
    private static final long LOOK_MILLIS = 50;

    /** As fast as it can be computed. */
    private static final Preferences FAST = new Preferences("virtual:osi2one?phantom=brain&seed=1", false);

    /** As fast as a real scanner, so that there is something half done to see. */
    private static final Preferences REAL = new Preferences("virtual:osi2one?phantom=brain&seed=1&pace=real", false);

    private final FxThread fx;
    private final Console console;
    private final Stage stage;
    private final Path out;

    private Screenshots(FxThread fx, Console console, Stage stage, Path out) {
        this.fx = fx;
        this.console = console;
        this.stage = stage;
        this.out = out;
    }

    public static void main(String[] args) {
        if (args.length != 2 || !args[0].equals("--out")) {
            System.err.println("isocenter: screenshots needs a folder (no --out): isocenter screenshots --out DIR");
            System.exit(2);
        }
        System.setProperty("glass.platform", "Monocle");
        System.setProperty("monocle.platform", "Headless");
        System.setProperty("headless.geometry", "1600x900");
        System.setProperty("prism.order", "sw");
        System.setProperty("java.awt.headless", "true");
        Launcher.quietJavafx();
        int code = 0;
        try {
            run(Path.of(args[1]));
        } catch (IOException | InterruptedException | ExecutionException | TimeoutException e) {
            System.err.println("isocenter: the screenshots could not be taken (" + e.getMessage() + ")");
            code = 3;
        }
        System.exit(code);
    }

    private static void run(Path out) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Files.createDirectories(out);
        Path home = Files.createTempDirectory("isocenter-screenshots");
        ExecutorService background = Background.pool();
        FxThread fx = new FxThread();
        CompletableFuture<Void> started = new CompletableFuture<>();
        Platform.startup(() -> started.complete(null));
        started.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        try (Archive archive = Archive.open(home);
                ScanSession session = new ScanSession(archive);
                Hospital hospital = new Hospital(archive, () -> DicomSettings.DEFAULT)) {
            Screenshots screenshots = CompletableFuture.supplyAsync(
                            () -> {
                                Console console = new Console(
                                        session,
                                        archive,
                                        hospital,
                                        new StandardReconstruction(),
                                        FAST,
                                        new Tasks(background, fx),
                                        new Tasks(background, fx));
                                Stage stage = new Stage();
                                ConsoleWindow.open(console, stage, fx);
                                return new Screenshots(fx, console, stage, out);
                            },
                            fx)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            screenshots.takeAll();
            background.shutdown();
            background.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            deleteTree(home);
        }
    }

    private void takeAll() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        connect(FAST);
        take("window-empty.png");

        ask(() -> {
            console.patient().nameProperty().set("PHANTOM, Head");
            console.patient().idProperty().set("QA-0471");
            console.patient().weightProperty().set("3.2");
            console.patient().phantomProperty().set(true);
            return null;
        });
        ExamItem localizer = add("localizer");
        ExamItem turbo = add("tse2d");
        ExamItem gradient = add("gre2d");
        ExamItem volume = add("tse3d");
        ask(() -> {
            Protocol whole = volume.protocolProperty().get();
            console.exam().apply(volume, whole.with("slab", 0.2).with("partitions", 40));
            return null;
        });
        scan(localizer);
        scan(turbo);

        connect(REAL);
        start(gradient);
        await(() -> console.scan().progressProperty().get() > 0.62);
        ask(() -> {
            console.exam().selectedProperty().set(volume);
            type("TE", "12");
            ((ToggleButton) stage.getScene().lookup("#tab-timing")).fire();
            return null;
        });
        take("window-scanning.png");
        ask(() -> {
            console.panel().undo();
            return null;
        });
        await(() -> !console.scan().busyProperty().get());

        connect(FAST);
        scan(volume);
        ask(() -> {
            // Beside the midline, where there is more to see.
            console.viewer().positionProperty().set(new Vec3(0.028, 0.01, 0.012));
            return null;
        });
        take("window-finished.png");
    }

    private void type(String parameter, String text) {
        for (ParameterField field : console.panel().fields()) {
            if (field.spec().name().equals(parameter)) {
                field.textProperty().set(text);
            }
        }
    }

    private ExamItem add(String sequence) throws InterruptedException, ExecutionException, TimeoutException {
        return ask(() -> console.exam()
                .add(console.library().stream()
                        .filter(b -> b.name().equals(sequence))
                        .findFirst()
                        .orElseThrow()));
    }

    private void connect(Preferences to) throws InterruptedException, ExecutionException, TimeoutException {
        ask(() -> {
            console.device().prefer(to);
            return null;
        });
        await(() -> console.device().linkProperty().get() == DeviceModel.Link.READY);
    }

    private void start(ExamItem item) throws InterruptedException, ExecutionException, TimeoutException {
        ask(() -> {
            console.exam().selectedProperty().set(item);
            console.scan().start();
            return null;
        });
    }

    private void scan(ExamItem item) throws InterruptedException, ExecutionException, TimeoutException {
        start(item);
        await(() -> !console.scan().busyProperty().get());
        ScanState end = ask(() -> console.scan().stateProperty().get());
        if (end != ScanState.DONE) {
            throw new TimeoutException("a scan ended as " + end + ": "
                    + ask(() -> console.notices().notices().get(0).text()));
        }
    }

    private void take(String name) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        // Two pulses: one lays out what has changed, one draws it.
        for (int i = 0; i < 2; i++) {
            ask(() -> null);
            Thread.sleep(LOOK_MILLIS);
        }
        Image image = ask(() -> stage.getScene().snapshot(null));
        ScreenPicture.write(image, out.resolve(name));
        System.err.println("isocenter: wrote " + out.resolve(name));
    }

    private <T> T ask(Supplier<T> question) throws InterruptedException, ExecutionException, TimeoutException {
        return CompletableFuture.supplyAsync(question, fx).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void await(Supplier<Boolean> condition) throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!ask(condition)) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("nothing happened for " + PATIENCE_SECONDS + " s");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(folder)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
