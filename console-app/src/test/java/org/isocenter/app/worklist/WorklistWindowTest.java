package org.isocenter.app.worklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isocenter.app.OpenConsole.ask;
import static org.isocenter.app.OpenConsole.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.isocenter.app.OpenConsole;
import org.isocenter.app.device.DeviceModel;
import org.isocenter.app.exam.ItemState;
import org.isocenter.app.notice.Notice;
import org.isocenter.app.shell.Console;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.iod.Codes;
import org.isocenter.dicom.workflow.DiscontinuationReason;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.session.hospital.ProtocolCodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The real window with a hospital, on the virtual scanner. */
@ExtendWith(ApplicationExtension.class)
class WorklistWindowTest {
    private static final LocalDate TODAY = LocalDate.now();
    private static final String CODES = """
            [{"code": "HEAD", "scheme": "99HOSP", "scans": [
              {"sequence": "gre2d", "name": "Head plain", "parameters":
                {"matrix": "16", "matrixPhase": "16", "slices": "1", "TR": "50 ms", "colour": "red"}},
              {"sequence": "se2d", "name": "Head echo"}]}]
            """;

    @TempDir
    static Path homes;

    private Path home;
    private OpenConsole open;
    private Console console;

    @Start
    void open(Stage stage) throws Exception {
        home = Files.createTempDirectory(homes, "home");
        Files.writeString(home.resolve(ProtocolCodes.FILE_NAME), CODES);
        open = new OpenConsole(stage, home, "virtual:osi2one?phantom=bottle&seed=1");
        console = open.console();
    }

    @AfterEach
    void close() {
        open.close();
    }

    /** The patient's panel is open and the worklist has been told. */
    private void askHospital(FxRobot robot) throws TimeoutException {
        await(() -> console.device().linkProperty().get() == DeviceModel.Link.READY);
        robot.push(KeyCode.CONTROL, KeyCode.P);
        await(() -> !console.worklist().busyProperty().get());
    }

    private static void select(FxRobot robot, int index) {
        ListView<?> list = robot.lookup("#worklist-list").queryListView();
        robot.interact(() -> {
            list.requestFocus();
            list.getSelectionModel().clearAndSelect(index);
        });
    }

    /** A planned patient on a simulated scanner: that is asked about first. */
    private void scanNevertheless(FxRobot robot) {
        robot.interact(() -> console.scan().start());
        assertThat(ask(() -> console.scan().busyProperty().get())).isFalse();
        Notice simulated = ask(() -> console.notices().notices().get(0));
        assertThat(simulated.text()).contains("simulated");
        robot.interact(() -> simulated.actions().get(0).run().run());
    }

    private static Node node(FxRobot robot, String query) {
        return robot.lookup(query).query();
    }

    private static String field(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(TextField.class).getText();
    }

    @Test
    void anExamOfTheWorklistIsTakenScannedAndToldOf(FxRobot robot) throws Exception {
        try (TestHospital server =
                TestHospital.with(TestHospital.entry(TestHospital.NAME, "1.2.77", TODAY, "ISOCENTER", "HEAD"))) {
            server.settleIn(home);
            askHospital(robot);
            select(robot, 0);
            robot.push(KeyCode.ENTER);

            assertThat(field(robot, "#patient-name")).startsWith("Yamada, Tarou = 山田, 太郎");
            assertThat(field(robot, "#patient-birth")).isEqualTo("1980-02-29");
            assertThat(List.of("#patient-name", "#patient-id", "#patient-birth"))
                    .allSatisfy(id -> assertThat(node(robot, id).isDisabled()).isTrue());
            assertThat(node(robot, "#patient-weight").isDisabled()).isFalse();
            assertThat(node(robot, "#worklist").isVisible()).isFalse();
            assertThat(ask(() -> List.copyOf(console.exam().items())))
                    .extracting(item -> item.protocolProperty().get().name())
                    .containsExactly("Head plain", "Head echo");
            assertThat(ask(() -> List.copyOf(console.notices().notices())))
                    .extracting(Notice::text)
                    .singleElement()
                    .asString()
                    .contains("Head plain", "colour");

            var item = ask(() -> console.exam().items().get(0));
            await(() -> item.stateProperty().get() == ItemState.QUEUED);
            scanNevertheless(robot);
            await(() -> item.stateProperty().get() == ItemState.DONE);
            assertThat(ask(open.archive()::studies))
                    .singleElement()
                    .extracting(found -> found.study().instanceUid())
                    .isEqualTo("1.2.77");

            robot.clickOn("#new-exam");
            assertThat(node(robot, "#worklist").isVisible()).isTrue();
            await(() -> server.told().size() >= 3);
            Attributes begun = server.told().get(0);
            assertThat(begun.getString(Tag.PatientName)).isEqualTo(TestHospital.NAME);
            assertThat(begun.getString(Tag.PerformedProcedureStepStatus)).isEqualTo("IN PROGRESS");
            Attributes scheduled =
                    begun.getSequence(Tag.ScheduledStepAttributesSequence).get(0);
            assertThat(scheduled.getString(Tag.StudyInstanceUID)).isEqualTo("1.2.77");
            assertThat(scheduled.getString(Tag.AccessionNumber)).isEqualTo("ACC-7");
            Attributes ended = server.told().get(server.told().size() - 1);
            assertThat(ended.getString(Tag.PerformedProcedureStepStatus)).isEqualTo("COMPLETED");
            assertThat(ended.getSequence(Tag.PerformedSeriesSequence)).hasSize(1);
        }
    }

    @Test
    void aPlannedExamWhoseScanWasStoppedIsBrokenOffForAReason(FxRobot robot) throws Exception {
        try (TestHospital server =
                TestHospital.with(TestHospital.entry("Roe^Rita", "1.2.79", TODAY, "ISOCENTER", "HEAD"))) {
            server.settleIn(home);
            askHospital(robot);
            select(robot, 0);
            robot.push(KeyCode.ENTER);
            assertThat(node(robot, "#break-off").isVisible())
                    .as("also before the first scan")
                    .isTrue();
            var item = ask(() -> console.exam().items().get(0));
            await(() -> item.stateProperty().get() == ItemState.QUEUED);
            scanNevertheless(robot);
            robot.interact(() -> console.scan().stop());
            await(() -> !item.stateProperty().get().isOpen()
                    && !console.scan().busyProperty().get());

            robot.interact(
                    () -> console.exam().add(SequenceLibrary.find("tse3d").orElseThrow()));
            assertThat(ask(() -> List.copyOf(console.notices().notices())))
                    .extracting(Notice::text)
                    .as("not what the protocol code stands for")
                    .anyMatch(text -> text.contains("tse3d"));

            robot.clickOn("#break-off");
            assertThat(node(robot, "#break-off-confirm").isDisabled())
                    .as("without a reason")
                    .isTrue();
            robot.clickOn("#break-off-dismiss");
            assertThat(node(robot, "#break-off-card").isVisible()).isFalse();
            robot.clickOn("#break-off");
            robot.interact(() -> console.breakOff().reasonProperty().set(DiscontinuationReason.REFUSED));
            robot.clickOn("#break-off-confirm");
            await(() -> console.patient().ordersProperty().get().isEmpty());
            await(() -> server.told().size() >= 2);
            Attributes ended = server.told().get(server.told().size() - 1);
            assertThat(ended.getString(Tag.PerformedProcedureStepStatus)).isEqualTo("DISCONTINUED");
            assertThat(Codes.read(ended, Tag.PerformedProcedureStepDiscontinuationReasonCodeSequence))
                    .containsExactly(DiscontinuationReason.REFUSED.code());
        }
    }

    @Test
    void whatIsWrongWithAnEntryIsShownAndOneThatCannotBeUsedIsNotTaken(FxRobot robot) throws Exception {
        try (TestHospital server = TestHospital.with(
                TestHospital.entry("Doe^Jane", "", TODAY, "ISOCENTER", "HEAD"),
                TestHospital.entry("Roe^Rita", "1.2.78", TODAY, "OTHER", "KNEE"))) {
            server.settleIn(home);
            askHospital(robot);
            Label remarks = robot.lookup("#worklist-remarks").queryAs(Label.class);

            select(robot, 0);
            assertThat(remarks.getText()).contains("cannot be used", "(0020,000D)");
            assertThat(node(robot, "#worklist-take").isDisabled()).isTrue();
            robot.push(KeyCode.ENTER);
            assertThat(ask(() -> console.patient().ordersProperty().get())).isEmpty();

            select(robot, 1);
            assertThat(remarks.getText()).contains("planned for scanner OTHER", "KNEE");
            robot.clickOn("#worklist-take");
            assertThat(field(robot, "#patient-name")).isEqualTo("Roe, Rita");
            assertThat(ask(() -> console.exam().items())).isEmpty();
            assertThat(ask(() -> List.copyOf(console.notices().notices())))
                    .extracting(Notice::text)
                    .anyMatch(text -> text.contains("planned for scanner OTHER"));
            robot.clickOn("#new-exam");
            assertThat(ask(() -> List.copyOf(console.notices().notices())))
                    .as("what was said of the patient before")
                    .isEmpty();
        }
    }

    @Test
    void aHospitalThatDoesNotAnswerHoldsNothingUpAndIsGivenUp(FxRobot robot) throws Exception {
        try (TestHospital server = TestHospital.silent()) {
            server.settleIn(home);
            await(() -> console.device().linkProperty().get() == DeviceModel.Link.READY);
            robot.push(KeyCode.CONTROL, KeyCode.P);
            assertThat(ask(() -> console.worklist().busyProperty().get())).isTrue();
            robot.clickOn("#patient-id").write("P-1");
            assertThat(field(robot, "#patient-id")).isEqualTo("P-1");

            robot.clickOn("#worklist-refresh");
            assertThat(ask(() -> console.worklist().busyProperty().get())).isFalse();
            assertThat(robot.lookup("#worklist-message").queryAs(Label.class).getText())
                    .startsWith("Cancelled");
        }
    }
}
