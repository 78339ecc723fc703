package org.isocenter.app.viewer;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;

/** What the colours of a map mean: most at the top, least at the bottom, with the unit. FX thread. */
final class ColorBar extends VBox {
    static final double WIDTH = 96;
    private static final double BAR_WIDTH = 12;
    private static final double SHARE = 0.4;
    private static final double MARGIN = 10;
    private final Rectangle bar = new Rectangle();
    private final Label most = new Label();
    private final Label least = new Label();

    ColorBar() {
        super(4);
        setAlignment(Pos.CENTER_RIGHT);
        bar.setStroke(Color.web("#8296a9"));
        most.getStyleClass().add("pane-text");
        least.getStyleClass().add("pane-text");
        getChildren().addAll(most, new StackPane(bar), least);
        ((StackPane) bar.getParent()).setAlignment(Pos.CENTER_RIGHT);
        setManaged(false); // placed by the view
        setVisible(false);
    }

    /** Shows it for a map in a pane of this size; not at all for other images. */
    void show(ShownSeries series, double width, double height) {
        boolean wanted = series != null && series.quantity().hasUnit() && height > 200 && width > 2.5 * WIDTH;
        setVisible(wanted);
        if (!wanted) {
            return;
        }
        DisplayWindow window = series.windowProperty().get();
        bar.setWidth(BAR_WIDTH);
        bar.setHeight(height * SHARE);
        bar.setFill(series.palette().upwards());
        String unit = series.quantity().suffix();
        most.setText(ViewportModel.number(window.black() + window.width()) + unit);
        least.setText(ViewportModel.number(window.black()) + unit);
        double tall = prefHeight(WIDTH);
        resizeRelocate(width - WIDTH - MARGIN, Math.rint((height - tall) / 2), WIDTH, tall);
    }
}
