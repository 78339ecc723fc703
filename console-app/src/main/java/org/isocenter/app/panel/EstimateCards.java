package org.isocenter.app.panel;

import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Durations;
import org.isocenter.app.text.Messages;
import org.isocenter.model.Unit;

/** "If you apply this": what the edited protocol costs and brings, beside the one that is applied. FX thread. */
final class EstimateCards extends VBox {
    private static final PseudoClass BETTER = PseudoClass.getPseudoClass("better");
    private static final PseudoClass WORSE = PseudoClass.getPseudoClass("worse");

    private final ParameterPanelModel model;
    private final Label title = new Label();
    private final Card time = new Card("panel.time");
    private final Card signal = new Card("panel.snr");
    private final Card voxel = new Card("panel.voxel");

    EstimateCards(ParameterPanelModel model) {
        super(8);
        this.model = model;
        title.getStyleClass().add("section-title");
        GridPane grid = new GridPane();
        grid.setHgap(8);
        grid.setVgap(8);
        for (int i = 0; i < 2; i++) {
            ColumnConstraints half = new ColumnConstraints();
            half.setPercentWidth(50);
            grid.getColumnConstraints().add(half);
        }
        grid.add(time, 0, 0);
        grid.add(signal, 1, 0);
        grid.add(voxel, 0, 1, 2, 1);
        getChildren().addAll(title, grid);
        model.draftProperty().addListener((o, before, now) -> update());
        model.appliedProperty().addListener((o, before, now) -> update());
        update();
    }

    private void update() {
        // What has run is compared with nothing.
        signal.setVisible(!model.isReadOnly());
        String key = model.isReadOnly() ? "panel.cost.fixed" : "panel.cost";
        title.setText(Messages.text(key).toUpperCase(Locale.ROOT));
        Estimate was = model.appliedProperty().get();
        Estimate is = model.draftProperty().get();
        double longer = is.durationSeconds() - was.durationSeconds();
        time.show(
                known(is.durationSeconds()) ? Durations.clock(is.durationSeconds()) : dash(),
                known(longer) && !model.isReadOnly() ? Durations.difference(longer) : "",
                -longer);
        double ratio = is.relativeTo(was);
        signal.show(
                known(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : dash(),
                known(ratio) && !model.isReadOnly() ? percent(ratio - 1) : "",
                ratio - 1);
        boolean sized = known(is.columnMeters() + is.rowMeters() + is.sliceMeters());
        voxel.show(
                sized
                        ? Messages.text(
                                "panel.voxel.size",
                                millimetres(is.columnMeters()),
                                millimetres(is.rowMeters()),
                                millimetres(is.sliceMeters()))
                        : dash(),
                "",
                0);
    }

    private static boolean known(double value) {
        return Double.isFinite(value);
    }

    private static String dash() {
        return "–";
    }

    private static String percent(double change) {
        long percent = Math.round(change * 100);
        return (percent > 0 ? "+" : percent < 0 ? "−" : "±") + Math.abs(percent) + " %";
    }

    private static String millimetres(double meters) {
        double rounded = Math.rint(meters / Unit.METER.displayScale() * 100) / 100;
        return Unit.METER.displayNumber(rounded * Unit.METER.displayScale());
    }

    private static final class Card extends VBox {
        private final Label value = new Label();
        private final Label change = new Label();

        Card(String key) {
            getStyleClass().add("card");
            Label name = new Label(Messages.text(key));
            name.getStyleClass().add("card-name");
            name.setTooltip(new Tooltip(Messages.text(key + ".help")));
            value.getStyleClass().add("card-value");
            change.getStyleClass().add("card-change");
            getChildren().addAll(name, value, change);
        }

        /** @param goodness above 0 for an improvement */
        void show(String newValue, String newChange, double goodness) {
            value.setText(newValue);
            change.setText(newChange);
            change.setManaged(!newChange.isEmpty());
            change.pseudoClassStateChanged(BETTER, goodness > 1e-6);
            change.pseudoClassStateChanged(WORSE, goodness < -1e-6);
        }
    }
}
