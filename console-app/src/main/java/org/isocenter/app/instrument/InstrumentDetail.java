package org.isocenter.app.instrument;

import java.util.List;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.instrument.Attenuator;
import org.isocenter.hardware.instrument.Instrument;
import org.isocenter.hardware.instrument.NetworkAnalyzer;
import org.isocenter.hardware.instrument.PatientTable;
import org.isocenter.hardware.instrument.ShimSupply;
import org.isocenter.hardware.instrument.Tuner;

/** One instrument: how it is, what it said last, and what can be done with it. FX thread. */
final class InstrumentDetail extends VBox {
    private final InstrumentModel model;
    private final InstrumentsModel all;
    private final Label state = new Label();
    private final Label problem = new Label();
    private final Button connect = new Button();
    private final Button test = new Button(Messages.text("instrument.test"));
    private final Button cancel = new Button(Messages.text("instrument.cancel"));
    private final ProgressBar progress = new ProgressBar();
    private final GridPane tests = new GridPane();
    private final VBox tools = new VBox(16);

    /** Held, because the model outlives this and forgets it. */
    private final InvalidationListener changed = o -> update();

    private final InvalidationListener connectionChanged = o -> showTools();

    /** @param all the model is one of them */
    InstrumentDetail(InstrumentModel model, InstrumentsModel all) {
        super(12);
        this.model = model;
        this.all = all;
        Label name = new Label(model.nameProperty().get());
        name.textProperty().bind(model.nameProperty());
        name.getStyleClass().add("queue-name");
        name.setWrapText(true);
        Label address = new Label(model.address().toString());
        address.getStyleClass().add("hint");
        address.managedProperty().bind(address.visibleProperty());
        address.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> !model.nameProperty().get().contains(address.getText()), model.nameProperty()));
        state.setId("instrument-state");
        state.setWrapText(true);
        problem.setId("instrument-problem");
        problem.getStyleClass().add("problem-label");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        connect.setId("instrument-connect");
        connect.setOnAction(e -> connectOrNot());
        test.setId("instrument-test");
        test.disableProperty().bind(model.blockedBinding());
        test.setOnAction(e -> model.test());
        cancel.setId("instrument-cancel");
        cancel.setOnAction(e -> model.cancel());
        progress.setPrefWidth(120);
        HBox buttons = new HBox(8, connect, test, cancel, progress);
        buttons.setAlignment(Pos.CENTER_LEFT);
        tests.setHgap(12);
        tests.setVgap(4);
        getChildren().addAll(new VBox(2, name, address), state, buttons, problem, tests, tools);
        model.workProperty().addListener(new WeakInvalidationListener(changed));
        model.progressProperty().addListener(new WeakInvalidationListener(changed));
        model.problemProperty().addListener(new WeakInvalidationListener(changed));
        model.testsProperty().addListener(new WeakInvalidationListener(changed));
        model.blockedBinding().addListener(new WeakInvalidationListener(changed));
        model.connectedProperty().addListener(new WeakInvalidationListener(connectionChanged));
        showTools();
    }

    /** A label for a control, with a mnemonic where its text has one. */
    static Label label(String key, Node of, Object... arguments) {
        Label label = new Label(Messages.text(key, arguments));
        label.setLabelFor(of);
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.getStyleClass().add("parameter-label");
        return label;
    }

    private void connectOrNot() {
        if (model.connectedProperty().get() == null) {
            model.connect();
        } else {
            model.disconnect();
        }
    }

    private void showTools() {
        Instrument instrument = model.connectedProperty().get();
        tools.getChildren().clear();
        if (instrument instanceof NetworkAnalyzer analyzer) {
            tools.getChildren().add(new SweepPane(model, analyzer, all.larmorHertz()));
        } else if (instrument instanceof Tuner tuner) {
            TunerPane settings = new TunerPane(model, tuner);
            MatchPane match =
                    new MatchPane(model, tuner, all, setting -> settings.show(setting, Tuner.Antenna.SCANNER));
            tools.getChildren().addAll(settings, match);
        } else if (instrument instanceof Attenuator attenuator) {
            tools.getChildren().add(new GainPane(model, attenuator));
        } else if (instrument instanceof ShimSupply supply) {
            tools.getChildren().add(new ShimPane(model, supply));
        } else if (instrument instanceof PatientTable table) {
            tools.getChildren().add(new TablePane(model, table));
        }
        update();
    }

    private void update() {
        boolean connected = model.connectedProperty().get() != null;
        boolean working = model.isAtWork();
        state.setText(stateText(connected, working));
        String button = connected
                ? "instrument.disconnect"
                : model.takesPartInScans() ? "instrument.test" : "instrument.connect";
        connect.setText(Messages.text(button));
        connect.setDisable(!connected && model.blockedBinding().get());
        show(test, connected);
        show(cancel, working);
        show(progress, working);
        double share = model.progressProperty().get();
        progress.setProgress(Double.isNaN(share) ? ProgressBar.INDETERMINATE_PROGRESS : share);
        problem.setText(model.problemProperty().get());
        show(problem, !problem.getText().isEmpty());
        showTests(model.testsProperty().get());
    }

    private String stateText(boolean connected, boolean working) {
        if (working) {
            return model.workProperty().get();
        }
        if (model.takesPartInScans()) {
            return Messages.text(model.blockedBinding().get() ? "instrument.inScan" : "instrument.guard");
        }
        String key = connected ? "instrument.connected" : "instrument.notConnected";
        String text = Messages.text(key);
        return model.blockedBinding().get() ? text + " " + Messages.text("instrument.scanRuns") : text;
    }

    private void showTests(List<SelfTestResult> results) {
        tests.getChildren().clear();
        int row = 0;
        for (SelfTestResult each : results) {
            Label sign = new Label(sign(each.outcome()));
            sign.getStyleClass().add("test-" + each.outcome().name().toLowerCase(Locale.ROOT));
            Label name = new Label(each.name());
            name.getStyleClass().add("parameter-label");
            Label value = new Label(value(each));
            Label detail = new Label(each.detail());
            detail.getStyleClass().add("hint");
            detail.setWrapText(true);
            tests.addRow(row++, sign, name, value, detail);
        }
        show(tests, row > 0);
    }

    private static String sign(SelfTestResult.Outcome outcome) {
        return switch (outcome) {
            case PASS -> "✓";
            case FAIL -> "✕";
            case NOT_AVAILABLE -> "–";
        };
    }

    private static String value(SelfTestResult test) {
        return Double.isNaN(test.value()) ? "" : String.format(Locale.ROOT, "%.4g %s", test.value(), test.unit());
    }

    private static void show(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }
}
