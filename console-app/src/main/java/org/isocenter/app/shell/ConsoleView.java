package org.isocenter.app.shell;

import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.isocenter.app.device.InterlockStrip;
import org.isocenter.app.device.SettingsCard;
import org.isocenter.app.exam.EarlierView;
import org.isocenter.app.exam.PatientForm;
import org.isocenter.app.exam.QueueView;
import org.isocenter.app.hospital.HospitalSettingsCard;
import org.isocenter.app.hospital.OutboxCard;
import org.isocenter.app.instrument.InstrumentsCard;
import org.isocenter.app.notice.NoticeStrip;
import org.isocenter.app.panel.ParameterPanelView;
import org.isocenter.app.report.ReportCard;
import org.isocenter.app.scan.ScanBar;
import org.isocenter.app.viewer.ViewerView;
import org.isocenter.app.worklist.BreakOffCard;
import org.isocenter.app.worklist.WorklistView;

/**
 * The window. Keys: F5 or Ctrl+Enter starts; Esc twice stops; Ctrl+P patient; Ctrl+comma settings; Ctrl+I
 * instruments; Ctrl+R the scan's report; Ctrl+O what goes to the hospital's systems; F9 and Shift+F9 fold the
 * side panels away; F6 goes from region to region. FX thread.
 */
public final class ConsoleView extends StackPane {
    private static final double LEFT_WIDTH = 300;
    private static final double RIGHT_WIDTH = 340;
    private static final double CARD_GAP = 14;

    /** Two presses of Esc within this time are one wish to stop. */
    private static final long DOUBLE_PRESS_NANOS = 1_000_000_000L;

    private final Console console;
    private final WorklistView worklist;
    private final PatientForm patient;
    private final InstrumentsCard instruments;
    private final ReportCard report;
    private final SettingsCard settings;
    private final OutboxCard outbox;
    private final HospitalSettingsCard hospital;
    private final ScrollPane left = new ScrollPane();
    private final ParameterPanelView right;
    private final BorderPane frame = new BorderPane();
    private final Node[] regions;
    private long lastEscape = Long.MIN_VALUE / 2;

    public ConsoleView(Console console) {
        this.console = console;
        getStyleClass().add("console");
        patient = new PatientForm(console.patient(), console::newExam, console.breakOff()::ask);
        instruments = new InstrumentsCard(console.instruments());
        settings = new SettingsCard(console.device(), instruments::toggle);
        hospital = new HospitalSettingsCard(console.hospital());
        outbox = new OutboxCard(console.hospital(), hospital::toggle);
        worklist = new WorklistView(console.worklist());
        show(patient, false);
        show(worklist, false);
        console.patient().ordersProperty().addListener((o, before, now) -> showWorklist());
        console.patient().fixedProperty().addListener((o, before, now) -> showWorklist());
        QueueView queue = new QueueView(console.exam(), console.library(), console::openSequence);
        EarlierView earlier = new EarlierView(console.earlier());
        VBox content = new VBox(16, worklist, patient, queue, earlier);
        content.getStyleClass().add("side-panel");
        left.setContent(content);
        left.getStyleClass().add("plain-scroll");
        left.setId("left-panel");
        left.setFitToWidth(true);
        left.setFitToHeight(true);
        left.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        left.setFocusTraversable(false);
        left.setMinWidth(LEFT_WIDTH);
        left.setPrefWidth(LEFT_WIDTH);
        left.setMaxWidth(LEFT_WIDTH);
        VBox.setVgrow(earlier, Priority.ALWAYS);
        right = new ParameterPanelView(console.panel());
        right.setMinWidth(RIGHT_WIDTH);
        right.setMaxWidth(RIGHT_WIDTH);
        // Whatever the middle wants, it must never push Stop out of the window.
        left.setMinHeight(0);
        right.setMinHeight(0);
        report = new ReportCard(console.report());
        ViewerView viewer = new ViewerView(console.viewer(), console.report().availableProperty(), report::toggle);
        ScanBar bar = new ScanBar(console.scan(), console.exam());
        viewer.setMinHeight(0);
        bar.setMinHeight(USE_PREF_SIZE);
        VBox top = new VBox(
                new TopBar(console, this::togglePatient, settings::toggle, outbox::toggle, instruments::toggle),
                new InterlockStrip(console.interlocks()));
        frame.setTop(top);
        frame.setLeft(left);
        frame.setCenter(viewer);
        frame.setRight(right);
        VBox bottom = new VBox(new NoticeStrip(console.notices()), bar);
        frame.setBottom(bottom);
        getChildren().add(frame);
        List<Node> cards =
                List.of(settings, instruments, outbox, hospital, report, new BreakOffCard(console.breakOff()));
        for (Node card : cards) {
            StackPane.setAlignment(card, Pos.TOP_RIGHT);
            getChildren().add(card);
        }
        // Nothing covers Stop, what is told, or the way to acknowledge an interlock.
        InvalidationListener sized = o -> cards.forEach(card -> StackPane.setMargin(
                card, new Insets(top.getHeight() + CARD_GAP / 2, CARD_GAP, bottom.getHeight() + CARD_GAP, CARD_GAP)));
        top.heightProperty().addListener(sized);
        bottom.heightProperty().addListener(sized);
        regions = new Node[] {left, viewer, right, bar};
        addEventFilter(KeyEvent.KEY_PRESSED, this::onEscape);
    }

    /** Gives the scene its keys. */
    public void installKeys(Scene scene) {
        var keys = scene.getAccelerators();
        keys.put(new KeyCodeCombination(KeyCode.F5), console.scan()::start);
        keys.put(new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN), console.scan()::start);
        keys.put(new KeyCodeCombination(KeyCode.P, KeyCombination.SHORTCUT_DOWN), this::togglePatient);
        keys.put(new KeyCodeCombination(KeyCode.COMMA, KeyCombination.SHORTCUT_DOWN), settings::toggle);
        keys.put(new KeyCodeCombination(KeyCode.I, KeyCombination.SHORTCUT_DOWN), instruments::toggle);
        keys.put(new KeyCodeCombination(KeyCode.R, KeyCombination.SHORTCUT_DOWN), report::toggle);
        keys.put(new KeyCodeCombination(KeyCode.O, KeyCombination.SHORTCUT_DOWN), outbox::toggle);
        keys.put(new KeyCodeCombination(KeyCode.F9), () -> toggle(left));
        keys.put(new KeyCodeCombination(KeyCode.F9, KeyCombination.SHIFT_DOWN), () -> toggle(right));
        keys.put(new KeyCodeCombination(KeyCode.F6), this::nextRegion);
    }

    /** A filter, so that no control can swallow the way to stop. */
    private void onEscape(KeyEvent e) {
        if (e.getCode() != KeyCode.ESCAPE) {
            return;
        }
        long now = System.nanoTime();
        if (now - lastEscape < DOUBLE_PRESS_NANOS) {
            console.scan().stop();
            lastEscape = Long.MIN_VALUE / 2;
        } else {
            lastEscape = now;
        }
    }

    private void togglePatient() {
        boolean open = !patient.isVisible();
        show(patient, open);
        showWorklist();
        if (open) {
            show(left, true);
            patient.focusName();
        }
    }

    /** Shown with the patient until it is settled who that is. */
    private void showWorklist() {
        boolean open = patient.isVisible()
                && console.patient().ordersProperty().get().isEmpty()
                && !console.patient().fixedProperty().get();
        if (open && !worklist.isVisible()) {
            console.worklist().refreshIfIdle();
        }
        if (!open && worklist.isVisible()) {
            left.requestFocus(); // else the focus goes to some field and the panel is scrolled to where that was
        }
        show(worklist, open);
    }

    private static void toggle(Node panel) {
        show(panel, !panel.isVisible());
    }

    private static void show(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }

    /** Puts the focus on the first control of the region after the one that has it. */
    private void nextRegion() {
        Node owner = getScene().getFocusOwner();
        int at = -1;
        for (int i = 0; i < regions.length; i++) {
            for (Node n = owner; n != null; n = n.getParent()) {
                if (n == regions[i]) {
                    at = i;
                }
            }
        }
        for (int step = 1; step <= regions.length; step++) {
            Node first = firstFocusable(regions[(at + step + regions.length) % regions.length]);
            if (first != null) {
                first.requestFocus();
                return;
            }
        }
    }

    private static Node firstFocusable(Node node) {
        if (!node.isVisible() || node.isDisabled()) {
            return null;
        }
        if (node.isFocusTraversable()) {
            return node;
        }
        if (node instanceof Parent parent) {
            for (Node child : parent.getChildrenUnmodifiable()) {
                Node found = firstFocusable(child);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
