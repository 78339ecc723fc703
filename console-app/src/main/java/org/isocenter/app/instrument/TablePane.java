package org.isocenter.app.instrument;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.instrument.PatientTable;

/** Where the patient table is, in mm, and where it is to go. */
final class TablePane extends VBox {
    private final InstrumentModel model;
    private final PatientTable table;
    private final TextField target = new TextField();
    private final Label position = new Label(Messages.text("instrument.table.unknown"));

    TablePane(InstrumentModel model, PatientTable table) {
        super(10);
        this.model = model;
        this.table = table;
        position.setId("table-position");
        position.getStyleClass().add("card-value");
        position.setWrapText(true);
        target.setId("table-target");
        target.setPrefColumnCount(6);
        Button home = new Button(Messages.text("instrument.table.home"));
        home.setId("table-home");
        home.disableProperty().bind(model.blockedBinding());
        home.setOnAction(e -> move(table::home));
        Button move = new Button(Messages.text("instrument.table.move"));
        move.setId("table-move");
        move.getStyleClass().add("primary");
        move.disableProperty().bind(model.blockedBinding());
        move.setOnAction(e -> move());
        Button stop = new Button(Messages.text("instrument.table.stop"));
        stop.setId("table-stop");
        stop.setOnAction(e -> table.stop());
        HBox row = new HBox(8, home, InstrumentDetail.label("instrument.table.target", target), target, move, stop);
        row.setAlignment(Pos.CENTER_LEFT);
        Label range = new Label(Messages.text(
                "instrument.table.range", millimeters(table.leastMeters()), millimeters(table.mostMeters())));
        range.getStyleClass().add("hint");
        range.setWrapText(true);
        getChildren().addAll(position, row, range);
    }

    private static String millimeters(double meters) {
        return String.format(Locale.ROOT, "%.0f", meters * 1e3);
    }

    private void move() {
        try {
            double meters = Double.parseDouble(target.getText().strip()) / 1e3;
            move(() -> table.moveTo(meters));
        } catch (NumberFormatException e) {
            position.setText(Messages.text("instrument.table.wrong", target.getText()));
        }
    }

    @FunctionalInterface
    private interface Move {
        void go() throws Exception;
    }

    private void move(Move move) {
        position.setText(Messages.text("instrument.table.unknown"));
        model.work(
                "instrument.table.moving",
                course -> {
                    move.go();
                    return table.positionMeters();
                },
                meters -> position.setText(
                        Messages.text("instrument.table.at", String.format(Locale.ROOT, "%.1f", meters * 1e3))));
    }
}
