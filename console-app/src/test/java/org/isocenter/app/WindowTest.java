package org.isocenter.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isocenter.app.OpenConsole.ask;
import static org.isocenter.app.OpenConsole.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.isocenter.app.device.DeviceModel;
import org.isocenter.app.device.Preferences;
import org.isocenter.app.exam.ExamItem;
import org.isocenter.app.exam.ItemState;
import org.isocenter.app.shell.Console;
import org.isocenter.app.viewer.DisplayWindow;
import org.isocenter.app.viewer.ViewPlane;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.sequence.pulseq.PulseqVersion;
import org.isocenter.sequence.pulseq.PulseqWriter;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.run.ScanState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The real window, without a display, on the virtual scanner. */
@ExtendWith(ApplicationExtension.class)
class WindowTest {
    private static final String FAST = "virtual:osi2one?phantom=bottle&seed=1";
    private static final String REAL = FAST + "&pace=real";

    @TempDir
    static Path homes;

    private OpenConsole open;
    private Console console;
    private Path home;
    private Stage stage;

    @Start
    void open(Stage newStage) {
        home = homes.resolve("home-" + System.nanoTime());
        openConsole(newStage);
    }

    private void openConsole(Stage newStage) {
        stage = newStage;
        open = new OpenConsole(stage, home, FAST);
        console = open.console();
    }

    @AfterEach
    void close() {
        open.close();
    }

    private void ready() throws TimeoutException {
        await(() -> console.device().linkProperty().get() == DeviceModel.Link.READY);
    }

    /** A scan that takes a second or two to compute: one thick slice, few lines. */
    private ExamItem addSmall(double trSeconds) {
        return ask(() -> {
            ExamItem item = console.exam()
                    .add(console.library().stream()
                            .filter(b -> b.name().equals("gre2d"))
                            .findFirst()
                            .orElseThrow());
            Protocol small = item.protocolProperty()
                    .get()
                    .with("matrix", 32)
                    .with("matrixPhase", 32)
                    .with("slices", 1)
                    .with("TR", trSeconds);
            console.exam().apply(item, small);
            return item;
        });
    }

    private static String text(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(Label.class).getText();
    }

    @Test
    void theWindowOpensEmptyAndReadyAndSaysWhatIsMissingToStart(FxRobot robot) throws TimeoutException {
        ready();

        assertThat(text(robot, "#scan-state")).isEqualTo("ready");
        assertThat(robot.lookup("#stop").queryAs(Button.class).isDisabled()).isFalse();
        robot.push(KeyCode.F5);
        await(() -> !console.notices().notices().isEmpty());
        assertThat(text(robot, "#notice-text")).contains("add a scan");
    }

    private void connect(String address) throws TimeoutException {
        ask(() -> {
            console.device().prefer(new Preferences(address, false));
            return null;
        });
        ready();
    }

    @Test
    void anInterlockCannotBeOverlookedAndNoScanStartsUntilItIsAcknowledged(FxRobot robot) throws TimeoutException {
        connect("virtual:ideal?phantom=bottle&interlock=door@0.5s");
        assertThat(robot.lookup("#interlock").query().isVisible()).isFalse();
        ExamItem item = addSmall(0.05);
        robot.clickOn("#start");
        await(() -> item.stateProperty().get() == ItemState.FAILED);
        assertThat(text(robot, "#interlock-text")).contains("INTERLOCK", "door", "since");
        assertThat(ask(() -> console.viewer().selected() == null
                        || !console.viewer().selected().isLive()))
                .isTrue();

        connect("virtual:ideal?phantom=bottle");
        await(() -> robot.lookup("#interlock").query().isVisible());
        ExamItem again = addSmall(0.05);
        ask(() -> {
            console.exam().selectedProperty().set(again);
            return null;
        });
        robot.clickOn("#start");
        await(() -> text(robot, "#notice-text").contains("No scan while an interlock is latched"));

        robot.clickOn("#interlock-acknowledge");
        await(() -> !robot.lookup("#interlock").query().isVisible());
        robot.clickOn("#start");
        await(() -> again.stateProperty().get() == ItemState.DONE);
    }

    @Test
    void anInterlockWhoseCauseIsThereStaysAndSaysSo(FxRobot robot) throws TimeoutException {
        connect("virtual:ideal?phantom=bottle&interlock=emergency-stop");
        await(() -> robot.lookup("#interlock").query().isVisible());
        assertThat(text(robot, "#interlock-text")).contains("emergency stop");
        robot.clickOn("#interlock-acknowledge");
        await(() -> text(robot, "#notice-text").contains("its cause is still there"));
        assertThat(robot.lookup("#interlock").query().isVisible()).isTrue();
    }

    @Test
    void whatAStopTakesStandsBesideStopAndALostConnectionSaysWhatToDo(FxRobot robot) throws TimeoutException {
        ready();
        await(() -> text(robot, "#stop-takes").equals("STOP acts at once, within 10 ms"));
        ask(() -> {
            console.device().prefer(new Preferences("stream+tcp://127.0.0.1:1", false));
            return null;
        });
        await(() -> console.device().linkProperty().get() == DeviceModel.Link.UNREACHABLE);
        assertThat(text(robot, "#notice-text")).contains("does not answer", "127.0.0.1:1");
        assertThat(robot.lookup(".notice-action").queryAs(Button.class).getText())
                .isEqualTo("Connect again");
    }

    @Test
    void anEchoTimeThatIsTooShortStaysAsTypedSaysWhyAndIsMendedByOneClick(FxRobot robot) throws TimeoutException {
        ready();
        addSmall(0.05);
        robot.clickOn("#tab-timing");
        TextField te = robot.lookup("#parameter-TE").queryAs(TextField.class);
        robot.clickOn(te);
        // One edit: were it several, the answer to an earlier one could be replaced while it is clicked.
        robot.push(KeyCode.SHORTCUT, KeyCode.A).write("1");
        await(() -> robot.lookup(".remedy").tryQuery().isPresent());

        assertThat(te.getText()).isEqualTo("1");
        assertThat(robot.lookup("#parameter-apply").queryAs(Button.class).isDisabled())
                .isTrue();
        Hyperlink remedy = robot.lookup(".remedy").queryAs(Hyperlink.class);
        robot.clickOn(remedy);
        await(() -> robot.lookup(".remedy").tryQuery().isEmpty());
        assertThat(te.getText()).isNotEqualTo("1");
    }

    @Test
    void aScanShowsItsImageAndIsInTheArchiveAfterARestart(FxRobot robot) throws TimeoutException {
        ready();
        robot.clickOn("#start");
        assertThat(text(robot, "#notice-text")).contains("nothing to run");
        ExamItem item = addSmall(0.05);

        robot.clickOn("#start");
        assertThat(ask(() -> console.notices().notices().stream()
                        .filter(notice -> notice.text().contains("nothing to run"))
                        .toList()))
                .isEmpty();
        await(() -> item.stateProperty().get() == ItemState.DONE);

        assertThat(ask(() -> console.scan().stateProperty().get())).isEqualTo(ScanState.DONE);
        assertThat(text(robot, "#scan-state")).isEqualTo("done");
        assertThat(ask(() -> console.viewer()
                        .viewport(ViewPlane.AXIAL)
                        .cutProperty()
                        .get()
                        .columns()))
                .isEqualTo(32);
        assertThat(ask(() -> console.viewer().kSpace().takenProperty().get()))
                .isEqualTo(ask(() -> console.viewer().kSpace().expected()));

        restart();
        await(() -> console.earlier().studies().size() == 1);
        assertThat(ask(() -> console.viewer().selected())).isNull();
        TreeView<?> earlier = robot.lookup("#earlier").queryAs(TreeView.class);
        robot.interact(() -> {
            earlier.requestFocus();
            earlier.getSelectionModel().select(1);
        });
        robot.push(KeyCode.ENTER);
        await(() -> console.viewer().selected() != null);
        assertThat(ask(() -> console.viewer()
                        .viewport(ViewPlane.AXIAL)
                        .cutProperty()
                        .get()
                        .columns()))
                .isEqualTo(32);
    }

    @Test
    void aSystemOfTheHospitalIsSetUpAndWhatIsWrongIsToldByItsField(FxRobot robot) throws Exception {
        ready();
        robot.clickOn("#outbox-open").clickOn("#outbox-settings").clickOn("#hospital-add");
        Map<String, String> fields =
                Map.of("name", "Archive", "aeTitle", "PACS", "host", "pacs.example", "port", "some");
        fields.forEach((name, text) -> robot.interact(() ->
                robot.lookup("#destination-" + name).queryAs(TextField.class).setText(text)));
        robot.clickOn("#hospital-apply");
        assertThat(text(robot, "#hospital-problem")).contains("Archive, Port", "65535");
        robot.interact(
                () -> robot.lookup("#destination-port").queryAs(TextField.class).setText("4242"));
        robot.clickOn("#destination-automatic").clickOn("#hospital-apply");
        await(() -> !console.hospital().exports().isEmpty());
        assertThat(robot.lookup("#hospital-settings").query().isVisible()).isFalse();
        assertThat(DicomSettings.read(home).find("Archive").orElseThrow().address())
                .isEqualTo("PACS@pacs.example:4242");
    }

    @Test
    void aPulseqFileIsPlannedAndScanned() throws Exception {
        ready();
        SequenceBuilder builder = SequenceLibrary.find("gre2d").orElseThrow();
        SystemLimits limits = ScannerProfile.builtIn("osi2one").limits();
        Protocol small = SequenceLibrary.defaults(builder, limits)
                .with("matrix", 16)
                .with("matrixPhase", 16)
                .with("slices", 1)
                .with("TR", 0.05);
        Path file = homes.resolve("own.seq");
        Files.write(
                file,
                PulseqWriter.write(
                        builder.build(small, limits, PatientPosition.HFS).sequence(), PulseqVersion.V1_5_1));
        Path other = homes.resolve("other.seq");
        Files.writeString(other, "no sequence");
        ask(() -> {
            console.openSequence(other);
            console.openSequence(file);
            return null;
        });
        await(() -> console.exam().items().size() == 1
                && !console.notices().notices().isEmpty());
        ExamItem item = ask(() -> console.exam().items().get(0));
        await(() -> item.stateProperty().get() == ItemState.QUEUED);

        ask(() -> {
            console.scan().start();
            return null;
        });
        await(() -> item.stateProperty().get() == ItemState.DONE);
        assertThat(ask(item::volumes)).hasSize(1);
    }

    private void restart() {
        open.close();
        ask(() -> {
            openConsole(new Stage());
            return null;
        });
    }

    @Test
    void escapeTwiceStopsTheScanAndItsDataAreKept(FxRobot robot) throws TimeoutException {
        ready();
        ask(() -> {
            console.device().prefer(new Preferences(REAL, false));
            return null;
        });
        ready();
        ExamItem item = addSmall(1);
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        await(() -> console.viewer().kSpace().takenProperty().get() > 2);

        robot.push(KeyCode.ESCAPE);
        robot.push(KeyCode.ESCAPE);
        await(() -> item.stateProperty().get() == ItemState.STOPPED);

        assertThat(text(robot, "#scan-state")).isEqualTo("stopped");
        await(() -> console.earlier().studies().size() == 1);
        int kept = ask(() -> console.earlier().studies().get(0).scans().get(0).readouts());
        assertThat(kept).isBetween(3, 31);
        assertThat(ask(() -> console.exam().items().get(0).stateProperty().get()))
                .isEqualTo(ItemState.STOPPED);
    }

    @Test
    void draggingOverAnImageChangesWindowAndLevelAndRSetsThemBack(FxRobot robot) throws TimeoutException {
        ready();
        ExamItem item = addSmall(0.05);
        robot.push(KeyCode.F5);
        await(() -> item.stateProperty().get() == ItemState.DONE);
        Node axial = robot.lookup("#viewport-axial").query();
        DisplayWindow before =
                ask(() -> console.viewer().selected().windowProperty().get());

        robot.moveTo(axial).press(MouseButton.PRIMARY).moveBy(60, 20).release(MouseButton.PRIMARY);
        DisplayWindow after =
                ask(() -> console.viewer().selected().windowProperty().get());

        assertThat(after.width()).isGreaterThan(before.width() * 1.1);
        assertThat(after.level()).isGreaterThan(before.level());
        robot.push(KeyCode.R);
        assertThat(ask(() -> console.viewer().selected().windowProperty().get()))
                .isEqualTo(before);
    }

    @Test
    void aScanCanBeAddedAndStartedWithTheKeyboardAlone(FxRobot robot) throws TimeoutException {
        ready();
        robot.push(KeyCode.F6);
        for (int i = 0; i < 20 && !focusIsOn("exam-add"); i++) {
            robot.push(KeyCode.TAB);
        }
        assertThat(focusIsOn("exam-add")).isTrue();
        robot.push(KeyCode.SPACE);
        robot.push(KeyCode.DOWN);
        robot.push(KeyCode.ENTER);
        await(() -> console.exam().items().size() == 1);

        robot.push(KeyCode.F5);
        await(() -> !console.scan().busyProperty().get()
                && console.exam().items().get(0).stateProperty().get() != ItemState.QUEUED);

        assertThat(ask(() -> console.exam().items().get(0).stateProperty().get()))
                .isEqualTo(ItemState.DONE);
    }

    private boolean focusIsOn(String id) {
        Node owner = ask(() -> stage.getScene().getFocusOwner());
        return owner != null && id.equals(owner.getId());
    }

    @Test
    void stopStaysInASmallWindowHoweverMuchThereIsOnTheLeft(FxRobot robot) throws TimeoutException {
        ready();
        robot.push(KeyCode.CONTROL, KeyCode.P);
        for (int i = 0; i < 12; i++) {
            addSmall(0.05);
        }
        ask(() -> {
            stage.setWidth(1180);
            stage.setHeight(680);
            return null;
        });
        await(() -> stage.getScene().getHeight() <= 680);

        Node stop = robot.lookup("#stop").query();
        assertThat(ask(() -> stop.localToScene(stop.getBoundsInLocal()).getMaxY()))
                .isLessThanOrEqualTo(ask(() -> stage.getScene().getHeight()));
        assertThat(ask(() -> stop.localToScene(stop.getBoundsInLocal()).getMaxX()))
                .isLessThanOrEqualTo(ask(() -> stage.getScene().getWidth()));
    }

    @Test
    void thePatientIsTypedInWithoutStoppingAnything(FxRobot robot) throws TimeoutException {
        ready();
        robot.push(KeyCode.CONTROL, KeyCode.P);
        robot.write("Doe, Jane");

        assertThat(ask(() -> console.patient().nameProperty().get())).isEqualTo("Doe, Jane");
        assertThat(robot.lookup(".patient-title").queryAs(Label.class).getText())
                .isEqualTo("Doe, Jane");
    }
}
