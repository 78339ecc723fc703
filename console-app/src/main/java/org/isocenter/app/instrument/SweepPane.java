package org.isocenter.app.instrument;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.isocenter.app.plot.PlotPane;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.instrument.NetworkAnalyzer;
import org.isocenter.hardware.instrument.Sweep;
import org.isocenter.recon.spectrum.Panel;

/** How well the antenna is tuned: the reflection over frequency, once or again and again while somebody turns a capacitor. */
final class SweepPane extends VBox {
    private static final double PLOT_HEIGHT = 220;
    private static final double HALF_SPAN = 0.05;
    private static final int POINTS = 101;

    private final InstrumentModel model;
    private final NetworkAnalyzer analyzer;
    private final double larmorHertz;
    private final TextField from = new TextField();
    private final TextField to = new TextField();
    private final CheckBox repeat = new CheckBox(Messages.text("instrument.sweep.repeat"));
    private final PlotPane plot = new PlotPane();
    private final Label result = new Label();

    /** @param larmorHertz about which to look first; 0 when it is not known */
    SweepPane(InstrumentModel model, NetworkAnalyzer analyzer, double larmorHertz) {
        super(10);
        this.model = model;
        this.analyzer = analyzer;
        this.larmorHertz = larmorHertz;
        double about = larmorHertz > 0 ? larmorHertz : (analyzer.lowestHertz() + analyzer.highestHertz()) / 2;
        from.setText(megahertz(Math.max(analyzer.lowestHertz(), about * (1 - HALF_SPAN))));
        to.setText(megahertz(Math.min(analyzer.highestHertz(), about * (1 + HALF_SPAN))));
        from.setId("sweep-from");
        to.setId("sweep-to");
        from.setPrefColumnCount(5);
        to.setPrefColumnCount(5);
        Button sweep = new Button(Messages.text("instrument.sweep"));
        sweep.setId("sweep");
        sweep.getStyleClass().add("primary");
        sweep.disableProperty().bind(model.blockedBinding());
        sweep.setOnAction(e -> sweep());
        HBox range = new HBox(
                8,
                InstrumentDetail.label("instrument.sweep.from", from),
                from,
                InstrumentDetail.label("instrument.sweep.to", to),
                to,
                sweep,
                repeat);
        sweep.setMinWidth(Region.USE_PREF_SIZE);
        repeat.setMinWidth(Region.USE_PREF_SIZE);
        result.setMinHeight(Region.USE_PREF_SIZE);
        range.setAlignment(Pos.CENTER_LEFT);
        plot.setPrefHeight(PLOT_HEIGHT);
        plot.setMinHeight(PLOT_HEIGHT);
        result.setId("sweep-result");
        result.setWrapText(true);
        getChildren().addAll(range, result, plot);
    }

    private static String megahertz(double hertz) {
        return String.format(Locale.ROOT, "%.4f", hertz / 1e6);
    }

    private void sweep() {
        double start;
        double stop;
        try {
            start = Double.parseDouble(from.getText().strip()) * 1e6;
            stop = Double.parseDouble(to.getText().strip()) * 1e6;
        } catch (NumberFormatException e) {
            result.setText(Messages.text("instrument.sweep.wrong"));
            return;
        }
        int points = Math.min(POINTS, analyzer.mostPoints());
        model.work("instrument.sweeping", course -> analyzer.sweep(start, stop, points), this::show);
    }

    private void show(Sweep sweep) {
        double[] megahertz = new double[sweep.points()];
        double[] decibels = new double[sweep.points()];
        for (int i = 0; i < sweep.points(); i++) {
            megahertz[i] = sweep.frequencyHertz()[i] / 1e6;
            decibels[i] = decibels(sweep.reflection(i));
        }
        int best = sweep.bestMatch();
        Panel panel = new Panel(
                "reflection", "MHz", megahertz, decibels, new double[] {megahertz[best]}, new double[] {decibels[best]
                });
        plot.show(panel, Messages.text("instrument.sweep.reflection"));
        String text =
                Messages.text("instrument.sweep.best", megahertz(sweep.frequencyHertz()[best]), one(decibels[best]));
        if (larmorHertz > 0) {
            text += " "
                    + Messages.text("instrument.sweep.off", one((sweep.frequencyHertz()[best] - larmorHertz) / 1e3));
        }
        result.setText(text);
        if (repeat.isSelected() && getScene() != null) {
            sweep();
        }
    }

    /** A perfect match would be without end. */
    private static double decibels(double reflection) {
        return 20 * Math.log10(Math.max(reflection, 1e-4));
    }

    private static String one(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
