package org.isocenter.app.report;

import java.util.List;
import java.util.Locale;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Messages;
import org.isocenter.session.run.ScanSummary;

/** A card over the window: the checks that a scan passed, and how good it is. Not modal. FX thread. */
public final class ReportCard extends VBox {
    private static final double LIST_HEIGHT = 460;
    private static final List<String> STEPS = List.of("compile", "acquire", "recon", "export");

    private final ReportModel model;
    private final Label title = new Label();
    private final VBox lines = new VBox(12);

    public ReportCard(ReportModel model) {
        super(10);
        this.model = model;
        setId("report");
        getStyleClass().addAll("popover-card", "report-card");
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        title.getStyleClass().add("card-title");
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        ScrollPane list = new ScrollPane(lines);
        list.getStyleClass().add("plain-scroll");
        list.setFitToWidth(true);
        list.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        list.setPrefViewportHeight(LIST_HEIGHT);
        Button close = new Button(Messages.text("settings.close"));
        close.setMinHeight(Region.USE_PREF_SIZE);
        close.setOnAction(e -> model.close());
        getChildren().addAll(title, list, close);
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                model.close();
                e.consume();
            }
        });
        model.shownProperty().addListener((o, before, now) -> show(now));
        show(model.shownProperty().get());
    }

    /** Shows the report of the scan that is shown, or puts it away. */
    public void toggle() {
        if (isVisible()) {
            model.close();
        } else {
            model.open();
        }
    }

    private void show(ReportModel.Shown shown) {
        boolean opened = shown != null && !isVisible();
        setVisible(shown != null);
        setManaged(shown != null);
        if (shown == null) {
            return;
        }
        title.setText(Messages.text("report.title", shown.title()));
        ScanSummary summary = shown.summary();
        lines.getChildren().setAll(general(summary), images(summary), checks(summary));
        if (!summary.noLimitGiven().isEmpty()) {
            lines.getChildren().add(text(Messages.text("report.noLimit", String.join(", ", summary.noLimitGiven()))));
        }
        summary.interlocks().forEach(each -> lines.getChildren().add(text(Messages.text("report.interlock", each))));
        summary.notes().forEach(each -> lines.getChildren().add(text(Messages.text("report.note", each))));
        lines.getChildren().add(text(Messages.text("report.folder", shown.directory())));
        if (opened) {
            requestFocus();
        }
    }

    private static Node general(ScanSummary summary) {
        GridPane grid = grid();
        row(grid, "report.device", summary.device() + " · " + summary.calibration());
        row(grid, "report.software", summary.software());
        row(
                grid,
                "report.readouts",
                Messages.text("report.readouts.of", summary.readouts(), summary.expected(), summary.lost()));
        for (String step : STEPS) {
            double seconds = summary.timingSeconds().getOrDefault(step, Double.NaN);
            if (Double.isFinite(seconds)) {
                row(grid, "report.time." + step, String.format(Locale.ROOT, "%.2f s", seconds));
            }
        }
        return grid;
    }

    private static Node images(ScanSummary summary) {
        GridPane grid = grid();
        for (ScanSummary.Image image : summary.images()) {
            if (Double.isNaN(image.signalToNoise())) {
                continue; // a map, or too little air
            }
            String name = image.name().isEmpty() ? image.quantity() : image.name();
            String ratio = Messages.text("report.snr", number(image.signalToNoise()), image.method());
            grid.addRow(grid.getRowCount(), label(name), text(ratio));
        }
        return grid;
    }

    private static Node checks(ScanSummary summary) {
        GridPane grid = grid();
        for (ScanSummary.Check check : summary.checks()) {
            Label sign = new Label(check.pass() ? "✓" : "✕");
            sign.getStyleClass().add(check.pass() ? "test-pass" : "test-fail");
            grid.addRow(grid.getRowCount(), sign, label(check.name()), new Label(value(check)), hint(check.detail()));
        }
        return grid;
    }

    private static String value(ScanSummary.Check check) {
        if (Double.isNaN(check.value())) {
            return "";
        }
        String value = number(check.value());
        return Double.isNaN(check.limit())
                ? value + " " + check.unit()
                : Messages.text("report.check.limit", value, number(check.limit()), check.unit());
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, "%.4g", value);
    }

    private static GridPane grid() {
        GridPane grid = new GridPane();
        grid.setHgap(12);
        grid.setVgap(4);
        return grid;
    }

    private static void row(GridPane grid, String key, String value) {
        grid.addRow(grid.getRowCount(), label(Messages.text(key)), text(value));
    }

    private static Label label(String words) {
        Label label = new Label(words);
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.getStyleClass().add("parameter-label");
        GridPane.setValignment(label, VPos.TOP);
        return label;
    }

    private static Label hint(String words) {
        Label label = text(words);
        label.getStyleClass().add("hint");
        return label;
    }

    private static Label text(String words) {
        Label label = new Label(words);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }
}
