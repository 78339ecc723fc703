package org.isocenter.app.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.instrument.ShimSupply;

/** The currents of the shim coils, in mA. They flow until they are set to zero or the supply is let go of. */
final class ShimPane extends VBox {
    private static final int FIELD_WIDTH = 76;

    private final InstrumentModel model;
    private final ShimSupply supply;
    private final List<TextField> fields = new ArrayList<>();
    private final Label result = new Label();

    ShimPane(InstrumentModel model, ShimSupply supply) {
        super(10);
        this.model = model;
        this.supply = supply;
        FlowPane grid = new FlowPane(12, 6);
        for (int channel = 0; channel < supply.channels(); channel++) {
            TextField field = new TextField("0");
            field.setId("shim-" + channel);
            field.getStyleClass().add("number-field");
            field.setPrefWidth(FIELD_WIDTH);
            Label number = InstrumentDetail.label("instrument.shim.channel", field, channel);
            number.setMinWidth(22);
            fields.add(field);
            HBox one = new HBox(4, number, field);
            one.setAlignment(Pos.CENTER_LEFT);
            grid.getChildren().add(one);
        }
        Button set = new Button(Messages.text("instrument.shim.set"));
        set.setId("shim-set");
        set.getStyleClass().add("primary");
        set.disableProperty().bind(model.blockedBinding());
        set.setOnAction(e -> set());
        Button zero = new Button(Messages.text("instrument.shim.zero"));
        zero.setId("shim-zero");
        zero.setOnAction(e -> zero());
        Label limit = new Label(Messages.text("instrument.shim.limit", milliamperes(least())));
        limit.getStyleClass().add("hint");
        limit.setWrapText(true);
        result.setId("shim-result");
        result.setWrapText(true);
        getChildren().addAll(limit, new HBox(8, set, zero), result, grid);
    }

    private double least() {
        double least = Double.POSITIVE_INFINITY;
        for (int channel = 0; channel < supply.channels(); channel++) {
            least = Math.min(least, supply.limitAmperes(channel));
        }
        return least;
    }

    private static String milliamperes(double amperes) {
        return String.format(Locale.ROOT, "%.1f", amperes * 1e3);
    }

    private void set() {
        double[] amperes = new double[fields.size()];
        for (int channel = 0; channel < amperes.length; channel++) {
            String text = fields.get(channel).getText().strip();
            try {
                amperes[channel] = Double.parseDouble(text) / 1e3;
            } catch (NumberFormatException e) {
                result.setText(Messages.text("instrument.shim.wrong", channel, text));
                fields.get(channel).requestFocus();
                return;
            }
        }
        result.setText("");
        model.work(
                "instrument.shim.setting",
                course -> {
                    supply.set(amperes);
                    return null;
                },
                done -> result.setText(Messages.text("instrument.shim.flow")));
    }

    /** Always possible, also while a scan runs. */
    private void zero() {
        model.urgently(
                course -> {
                    supply.zero();
                    return null;
                },
                done -> {
                    fields.forEach(field -> field.setText("0"));
                    result.setText(Messages.text("instrument.shim.off"));
                });
    }
}
