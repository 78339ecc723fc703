package org.isocenter.app.instrument;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.layout.HBox;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.instrument.Attenuator;

/** The gain of the receive chain, in dB. */
final class GainPane extends HBox {
    GainPane(InstrumentModel model, Attenuator attenuator) {
        super(8);
        setAlignment(Pos.CENTER_LEFT);
        Spinner<Integer> gain = new Spinner<>(
                attenuator.leastGainDecibels(), attenuator.mostGainDecibels(), attenuator.leastGainDecibels());
        gain.setEditable(true);
        Label result = new Label();
        Button set = new Button(Messages.text("instrument.set"));
        set.getStyleClass().add("primary");
        set.disableProperty().bind(model.blockedBinding());
        set.setOnAction(e -> {
            int decibels = gain.getValue();
            result.setText("");
            model.work(
                    "instrument.setting",
                    course -> {
                        attenuator.setGain(decibels);
                        return null;
                    },
                    done -> result.setText(Messages.text("instrument.gain.is", decibels)));
        });
        getChildren().addAll(InstrumentDetail.label("instrument.gain", gain), gain, set, result);
    }
}
