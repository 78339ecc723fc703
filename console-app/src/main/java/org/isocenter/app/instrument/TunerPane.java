package org.isocenter.app.instrument;

import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.isocenter.app.fx.ChoiceText;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.instrument.Tuner;

/** The capacitors that tune and match the antenna, and what it is connected to. */
final class TunerPane extends VBox {
    private final Tuner tuner;
    private final Spinner<Integer> series;
    private final Spinner<Integer> tuning;
    private final Spinner<Integer> matching;
    private final ComboBox<Tuner.Antenna> antenna =
            new ComboBox<>(FXCollections.observableArrayList(Tuner.Antenna.values()));
    private final Label result = new Label(Messages.text("instrument.tuner.unknown"));

    TunerPane(InstrumentModel model, Tuner tuner) {
        super(10);
        this.tuner = tuner;
        series = steps();
        tuning = steps();
        matching = steps();
        antenna.setConverter(new ChoiceText<>(TunerPane::text));
        antenna.getSelectionModel().selectFirst();
        Button set = new Button(Messages.text("instrument.set"));
        set.setId("tuner-set");
        set.getStyleClass().add("primary");
        set.disableProperty().bind(model.blockedBinding());
        set.setOnAction(e -> {
            result.setText("");
            Tuner.Antenna to = antenna.getValue();
            Tuner.Setting setting = new Tuner.Setting(series.getValue(), tuning.getValue(), matching.getValue());
            model.work(
                    "instrument.setting",
                    course -> {
                        tuner.set(setting, to);
                        return null;
                    },
                    done -> show(setting, to));
        });
        FlowPane row = new FlowPane(
                12,
                8,
                InstrumentDetail.label("instrument.tuner.series", series),
                series,
                InstrumentDetail.label("instrument.tuner.tuning", tuning),
                tuning,
                InstrumentDetail.label("instrument.tuner.matching", matching),
                matching,
                InstrumentDetail.label("instrument.tuner.antenna", antenna),
                antenna,
                set);
        row.setRowValignment(javafx.geometry.VPos.CENTER);
        row.setAlignment(Pos.CENTER_LEFT);
        result.setId("tuner-result");
        result.setWrapText(true);
        getChildren().addAll(row, result);
    }

    /** It is set so now. */
    void show(Tuner.Setting setting, Tuner.Antenna to) {
        series.getValueFactory().setValue(setting.series());
        tuning.getValueFactory().setValue(setting.tuning());
        matching.getValueFactory().setValue(setting.matching());
        antenna.setValue(to);
        result.setText(
                Messages.text("instrument.tuner.is", setting.series(), setting.tuning(), setting.matching(), text(to)));
    }

    private Spinner<Integer> steps() {
        Spinner<Integer> spinner = new Spinner<>(0, tuner.mostSteps(), 0);
        spinner.setEditable(true);
        spinner.setPrefWidth(84);
        return spinner;
    }

    private static String text(Tuner.Antenna antenna) {
        return Messages.text("instrument.tuner.to." + antenna.name());
    }
}
