package org.isocenter.app.viewer;

import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.isocenter.app.plot.PlotPane;
import org.isocenter.recon.spectrum.Figure;
import org.isocenter.recon.spectrum.Measurement;
import org.isocenter.recon.spectrum.Panel;

/** What a scan without spatial encoding has measured: its figures, and curves below them. FX thread. */
final class MeasurementView extends VBox {
    MeasurementView() {
        super(8);
        setId("measurement");
        getStyleClass().add("measurement");
        setMinSize(0, 0);
    }

    void show(Measurement measurement) {
        FlowPane figures = new FlowPane(8, 8);
        for (Figure figure : measurement.figures()) {
            Label label = new Label(figure.text());
            label.getStyleClass().addAll("card", "measurement-figure");
            figures.getChildren().add(label);
        }
        HBox curves = new HBox(8);
        curves.setMinHeight(0);
        for (Panel panel : measurement.panels()) {
            PlotPane plot = new PlotPane();
            plot.show(panel, panel.name());
            plot.setFocusTraversable(true);
            HBox.setHgrow(plot, Priority.ALWAYS);
            plot.setPrefWidth(1); // all as wide as each other
            curves.getChildren().add(plot);
        }
        VBox.setVgrow(curves, Priority.ALWAYS);
        getChildren().setAll(figures, curves);
    }
}
