package org.isocenter.app.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isocenter.app.OpenConsole.ask;
import static org.isocenter.app.OpenConsole.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.isocenter.app.OpenConsole;
import org.isocenter.app.device.DeviceModel;
import org.isocenter.app.device.Preferences;
import org.isocenter.app.exam.ExamItem;
import org.isocenter.app.exam.ItemState;
import org.isocenter.app.shell.Console;
import org.isocenter.hardware.instrument.ServedInstrument;
import org.isocenter.sequence.library.SequenceLibrary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Instruments beside the virtual scanner, in the real window. */
@ExtendWith(ApplicationExtension.class)
class InstrumentsWindowTest {
    @TempDir
    static Path homes;

    private Path home;
    private OpenConsole open;
    private Console console;

    @Start
    void open(Stage stage) {
        home = homes.resolve("home-" + System.nanoTime());
        open = new OpenConsole(stage, home, "virtual:ideal?phantom=bottle&pace=real");
        console = open.console();
    }

    @AfterEach
    void close() {
        open.close();
    }

    private static String text(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(Label.class).getText();
    }

    private InstrumentModel add(ServedInstrument instrument) throws TimeoutException {
        await(() -> console.device().linkProperty().get() == DeviceModel.Link.READY);
        int before = console.instruments().items().size();
        InstrumentModel added = ask(() -> {
            String address = instrument.address().toString();
            int colon = address.indexOf(':');
            assertThat(console.instruments().add(address.substring(0, colon), address.substring(colon + 1)))
                    .isEmpty();
            return console.instruments().items().get(before);
        });
        await(() -> !added.isAtWork());
        assertThat(ask(() -> added.problemProperty().get())).isEmpty();
        return added;
    }

    private ExamItem start() {
        return ask(() -> {
            ExamItem item = console.exam().add(SequenceLibrary.find("gre2d").orElseThrow());
            console.exam()
                    .apply(
                            item,
                            item.protocolProperty()
                                    .get()
                                    .with("matrix", 32)
                                    .with("matrixPhase", 32)
                                    .with("slices", 1)
                                    .with("dummies", 0)
                                    .with("TR", 1));
            console.exam().selectedProperty().set(item);
            console.scan().start();
            return item;
        });
    }

    @Test
    void anAmplifierThatTripsStopsTheScanSaysWhyAndIsResetByAcknowledgingOnly(FxRobot robot) throws Exception {
        try (ServedInstrument amplifiers = ServedInstrument.amplifiers()) {
            InstrumentModel model = add(amplifiers);
            assertThat(model.takesPartInScans()).isTrue();
            ExamItem item = start();
            await(() -> console.viewer().kSpace().takenProperty().get() > 1);
            assertThat(amplifiers.isOn()).isTrue();

            amplifiers.trip();
            await(() -> item.stateProperty().get() == ItemState.FAILED);
            await(() -> robot.lookup("#interlock").query().isVisible());
            assertThat(text(robot, "#interlock-text")).contains("gradient amplifier", "overtemperature", "since");
            assertThat(ask(() -> console.device().linkProperty().get()))
                    .as("the scanner itself is well")
                    .isEqualTo(DeviceModel.Link.READY);
            assertThat(amplifiers.asked("GPA_ERRST")).isZero();

            ask(() -> {
                console.scan().start();
                return null;
            });
            assertThat(text(robot, "#notice-text")).contains("No scan while an interlock is latched");
            robot.clickOn("#interlock-acknowledge");
            await(() -> !robot.lookup("#interlock").query().isVisible());
            assertThat(amplifiers.asked("GPA_ERRST")).isEqualTo(1);
        }
    }

    @Test
    void anInstrumentWhoseLinkIsLostInAScanStopsItAndIsNamedNotTheScanner(FxRobot robot) throws Exception {
        try (ServedInstrument amplifiers = ServedInstrument.amplifiers()) {
            add(amplifiers);
            ExamItem item = start();
            await(() -> console.viewer().kSpace().takenProperty().get() > 1);
            amplifiers.close();
            await(() -> item.stateProperty().get() == ItemState.FAILED);
            assertThat(text(robot, "#notice-text"))
                    .contains(amplifiers.address().toString());
            assertThat(ask(() -> console.device().linkProperty().get())).isEqualTo(DeviceModel.Link.READY);
        }
    }

    @Test
    void aSearchForTheMatchShowsTheBestSoFarBlocksTheAnalyserAndCanBeCancelled(FxRobot robot) throws Exception {
        try (ServedInstrument tuner = ServedInstrument.tuner();
                ServedInstrument analyzer = ServedInstrument.nanoVna()) {
            InstrumentModel board = add(tuner);
            robot.clickOn("#instruments-open");
            await(() -> robot.lookup("#match-find").tryQuery().isPresent());
            robot.clickOn("#match-find");
            assertThat(text(robot, "#match-result")).contains("needs a network analyser");
            InstrumentModel sweeper = add(analyzer);
            robot.clickOn("#match-find");
            await(() -> text(robot, "#match-result").contains("best so far"));
            assertThat(ask(() -> sweeper.isAtWork())).isTrue();
            robot.clickOn("#instrument-cancel");
            await(() -> !board.isAtWork() && !sweeper.isAtWork());
            assertThat(text(robot, "#match-result")).startsWith("Cancelled. The best of");
            assertThat(text(robot, "#tuner-result")).contains("antenna to the scanner");
            assertThat(ask(() -> board.problemProperty().get())).isEmpty();
        }
    }

    @Test
    void theAntennasReflectionIsSweptTheBestMatchIsToldAndTheInstrumentIsRemembered(FxRobot robot) throws Exception {
        try (ServedInstrument analyzer = ServedInstrument.nanoVna()) {
            add(analyzer);
            robot.clickOn("#instruments-open");
            robot.clickOn("#sweep");
            await(() -> !text(robot, "#sweep-result").isEmpty());
            assertThat(text(robot, "#sweep-result")).contains("Best match at 1.99", "from the carrier");

            analyzer.fallSilent();
            robot.clickOn("#sweep");
            robot.clickOn("#instrument-cancel");
            await(() -> text(robot, "#instrument-problem").equals("Cancelled."));
            assertThat(Preferences.read(home).instruments())
                    .isEqualTo(List.of(analyzer.address().toString()));
        }
    }

    @Test
    void theirPanelOpensAndClosesByKeys(FxRobot robot) {
        robot.push(KeyCode.SHORTCUT, KeyCode.I);
        assertThat(robot.lookup("#instruments").query().isVisible()).isTrue();
        robot.push(KeyCode.ESCAPE);
        assertThat(robot.lookup("#instruments").query().isVisible()).isFalse();
    }

    @Test
    void shimCurrentsAreSetAndAWrongOneIsNamed(FxRobot robot) throws IOException, TimeoutException {
        try (ServedInstrument shims = ServedInstrument.shims()) {
            add(shims);
            robot.clickOn("#instruments-open");
            robot.interact(
                    () -> robot.lookup("#shim-3").queryAs(TextField.class).setText("much"));
            robot.clickOn("#shim-set");
            assertThat(text(robot, "#shim-result")).contains("Channel 3", "much");
            robot.interact(
                    () -> robot.lookup("#shim-3").queryAs(TextField.class).setText("12.5"));
            robot.clickOn("#shim-set");
            await(() -> text(robot, "#shim-result").equals("These currents flow."));
            assertThat(shims.asked("STC 3 0.0125")).isEqualTo(1);
            robot.clickOn("#shim-zero");
            await(() -> text(robot, "#shim-result").equals("No current flows."));
            assertThat(robot.lookup("#shim-3").queryAs(TextField.class).getText())
                    .isEqualTo("0");
        }
    }
}
