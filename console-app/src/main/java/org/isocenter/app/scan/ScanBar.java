package org.isocenter.app.scan;

import java.util.Locale;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.isocenter.app.exam.ExamItem;
import org.isocenter.app.exam.ExamModel;
import org.isocenter.app.text.Durations;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.StopLatency;
import org.isocenter.session.run.ScanState;

/** The bottom of the window: what runs, how long yet, Start, and Stop, which can always be pressed. FX thread. */
public final class ScanBar extends HBox {
    private static final double STOP_TEXT_WIDTH = 150;

    private final ScanModel model;
    private final ExamModel exam;
    private final Label what = new Label();
    private final Label state = new Label();
    private final ProgressBar progress = new ProgressBar(0);
    private final Button start = new Button();
    private final Label stopTakes = new Label();

    public ScanBar(ScanModel model, ExamModel exam) {
        super(16);
        this.model = model;
        this.exam = exam;
        setId("scan-bar");
        getStyleClass().add("scan-bar");
        setAlignment(Pos.CENTER_LEFT);
        what.getStyleClass().add("scan-what");
        what.setMinWidth(0);
        state.getStyleClass().add("scan-state");
        state.setId("scan-state");
        state.setMinWidth(0);
        HBox words = new HBox(8, what, state);
        words.setAlignment(Pos.BASELINE_LEFT);
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.getStyleClass().add("scan-progress");
        progress.setAccessibleText(Messages.text("scan.progress"));
        VBox left = new VBox(10, words, progress);
        left.setAlignment(Pos.CENTER_LEFT);
        left.setMinWidth(0);
        HBox.setHgrow(left, Priority.ALWAYS);
        start.setId("start");
        start.setText(Messages.text("scan.start"));
        start.setMnemonicParsing(true);
        start.getStyleClass().addAll("primary", "start-button");
        start.setMinWidth(Region.USE_PREF_SIZE);
        start.setTooltip(new Tooltip(Messages.text("scan.start.help")));
        start.setOnAction(e -> model.start());
        start.disableProperty().bind(model.busyProperty());
        Label keys = new Label(Messages.text("scan.stop.keys"));
        keys.getStyleClass().add("stop-keys");
        Button stop = new Button(Messages.text("scan.stop"));
        stop.setGraphic(keys);
        stop.setContentDisplay(ContentDisplay.RIGHT);
        stop.setId("stop");
        stop.getStyleClass().add("stop-button");
        stop.setMinWidth(Region.USE_PREF_SIZE);
        stop.setTooltip(new Tooltip(Messages.text("scan.stop.help")));
        stop.setOnAction(e -> model.stop());
        stopTakes.setId("stop-takes");
        stopTakes.getStyleClass().add("stop-takes");
        stopTakes.setWrapText(true);
        stopTakes.setMinWidth(STOP_TEXT_WIDTH);
        stopTakes.setMaxWidth(STOP_TEXT_WIDTH);
        getChildren().addAll(left, start, stopTakes, stop);
        InvalidationListener changed = o -> update();
        model.stateProperty().addListener(changed);
        model.busyProperty().addListener(changed);
        model.gettingReadyProperty().addListener(changed);
        model.progressProperty().addListener(changed);
        model.imagesDoneProperty().addListener(changed);
        model.secondsLeftProperty().addListener(changed);
        model.titleProperty().addListener(changed);
        model.stopTakesProperty().addListener(changed);
        exam.selectedProperty().addListener(changed);
        exam.items().addListener(changed);
        update();
    }

    private void update() {
        boolean busy = model.busyProperty().get();
        ScanState scanState = model.stateProperty().get();
        Optional<ExamItem> next = busy ? Optional.empty() : exam.next();
        what.setText(next.map(i ->
                        Messages.text("scan.next", i.protocolProperty().get().name()))
                .orElse(model.titleProperty().get()));
        what.setManaged(!what.getText().isEmpty());
        state.setText(next.isPresent() ? Messages.text("scan.state.idle") : stateText(scanState));
        stopTakes.setText(stopText(model.stopTakesProperty().get()));
        progress.setProgress(next.isPresent() ? 0 : done(busy, scanState));
    }

    private double done(boolean busy, ScanState scanState) {
        if (busy && scanState == ScanState.RECONSTRUCTING) {
            double images = model.imagesDoneProperty().get();
            return Double.isNaN(images) ? ProgressBar.INDETERMINATE_PROGRESS : images;
        }
        boolean countable =
                scanState == ScanState.SCANNING && !model.gettingReadyProperty().get() || !busy;
        return countable ? model.progressProperty().get() : ProgressBar.INDETERMINATE_PROGRESS;
    }

    private static String stopText(StopLatency latency) {
        if (latency == null) {
            return "";
        }
        return Double.isNaN(latency.seconds())
                ? Messages.text("scan.stop.takes", latency.explanation())
                : Messages.text("scan.stop.takesAtMost", latency.explanation(), Durations.brief(latency.seconds()));
    }

    private String stateText(ScanState scanState) {
        if (scanState == ScanState.SCANNING && model.gettingReadyProperty().get()) {
            return Messages.text("scan.gettingReady");
        }
        String text = Messages.text("scan.state." + scanState.name().toLowerCase(Locale.ROOT));
        double images = model.imagesDoneProperty().get();
        if (scanState == ScanState.RECONSTRUCTING && !Double.isNaN(images)) {
            return text + " · " + Messages.text("scan.imagesDone", Math.round(100 * images));
        }
        double left = model.secondsLeftProperty().get();
        return Double.isNaN(left) || scanState != ScanState.SCANNING
                ? text
                : text + " · " + Messages.text("scan.left", Durations.clock(left));
    }
}
