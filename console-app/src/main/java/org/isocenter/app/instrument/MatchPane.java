package org.isocenter.app.instrument;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.instrument.AntennaTuning;
import org.isocenter.hardware.instrument.AntennaTuning.Found;
import org.isocenter.hardware.instrument.NetworkAnalyzer;
import org.isocenter.hardware.instrument.Tuner;

/** Has a tuning board find the match of the antenna by itself, with the network analyser that is connected. */
final class MatchPane extends VBox {
    private final InstrumentModel model;
    private final Tuner tuner;
    private final InstrumentsModel all;
    private final Consumer<Tuner.Setting> onSet;
    private final TextField frequency = new TextField();
    private final TextField goal = new TextField("-20");
    private final Label result = new Label(Messages.text("instrument.match.help"));

    /**
     * @param all where an analyser may be, and the scanner's frequency
     * @param onSet is told what is set when a search has ended, with the antenna connected to the scanner
     */
    MatchPane(InstrumentModel model, Tuner tuner, InstrumentsModel all, Consumer<Tuner.Setting> onSet) {
        super(10);
        this.model = model;
        this.tuner = tuner;
        this.all = all;
        this.onSet = onSet;
        if (all.larmorHertz() > 0) {
            frequency.setText(megahertz(all.larmorHertz()));
        }
        frequency.setId("match-frequency");
        frequency.setPrefColumnCount(6);
        goal.setId("match-goal");
        goal.setPrefColumnCount(4);
        Button find = new Button(Messages.text("instrument.match.find"));
        find.setId("match-find");
        find.setMinWidth(Region.USE_PREF_SIZE);
        find.disableProperty().bind(model.blockedBinding());
        find.setOnAction(e -> find());
        HBox row = new HBox(
                8,
                InstrumentDetail.label("instrument.match.frequency", frequency),
                frequency,
                InstrumentDetail.label("instrument.match.goal", goal),
                goal,
                find);
        row.setAlignment(Pos.CENTER_LEFT);
        result.setId("match-result");
        result.setWrapText(true);
        result.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().addAll(row, result);
    }

    private static String megahertz(double hertz) {
        return String.format(Locale.ROOT, "%.4f", hertz / 1e6);
    }

    private void find() {
        Optional<InstrumentModel> lender = all.analyzer();
        if (lender.isEmpty()) {
            result.setText(Messages.text("instrument.match.noAnalyzer"));
            return;
        }
        double hertz;
        double decibels;
        try {
            hertz = Double.parseDouble(frequency.getText().strip()) * 1e6;
            decibels = Double.parseDouble(goal.getText().strip());
        } catch (NumberFormatException e) {
            result.setText(Messages.text("instrument.match.wrong"));
            return;
        }
        if (!(hertz > 0 && decibels < 0)) {
            result.setText(Messages.text("instrument.match.wrong"));
            return;
        }
        NetworkAnalyzer analyzer =
                (NetworkAnalyzer) lender.get().connectedProperty().get();
        model.workWith(
                lender.get(),
                "instrument.match.searching",
                course -> new AntennaTuning(analyzer, tuner, hertz).find(decibels, (count, most, best) -> {
                    course.progress((double) count / most);
                    model.later(() -> result.setText(text("instrument.match.sofar", best, hertz)));
                }),
                found -> show(found, hertz));
    }

    private void show(Found found, double hertz) {
        result.setText(text("instrument.match." + found.end(), found, hertz));
        if (found.setting() != null) {
            onSet.accept(found.setting());
        }
    }

    private static String text(String key, Found found, double hertz) {
        if (found.measured() == 0) {
            return Messages.text("instrument.cancelled");
        }
        return Messages.text(key, AntennaTuning.text(found), megahertz(hertz), found.measured());
    }
}
