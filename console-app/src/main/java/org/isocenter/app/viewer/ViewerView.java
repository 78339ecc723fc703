package org.isocenter.app.viewer;

import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.isocenter.app.fx.ChoiceText;
import org.isocenter.app.text.Messages;

/**
 * The middle of the window: the images of a scan or what it measured; above them, which of its series is shown, and the way to its
 * report. FX thread.
 */
public final class ViewerView extends BorderPane {
    private final ViewerModel model;
    private final ComboBox<ShownSeries> series;

    /**
     * @param reportIsThere whether the scan that is shown has a report
     * @param openReport shows it
     */
    public ViewerView(ViewerModel model, ObservableBooleanValue reportIsThere, Runnable openReport) {
        this.model = model;
        setId("viewer");
        ViewGrid grid = new ViewGrid(model);
        MeasurementView measured = new MeasurementView();
        series = new ComboBox<>(model.series());
        series.setId("viewer-series");
        series.setConverter(new ChoiceText<>(ViewerView::title));
        series.setMinWidth(0);
        series.setAccessibleText(Messages.text("viewer.series"));
        series.setTooltip(new Tooltip(Messages.text("viewer.series.help")));
        series.valueProperty().addListener((o, before, now) -> model.choose(now));
        Label title = new Label(Messages.text("viewer.series"));
        title.setLabelFor(series);
        title.getStyleClass().add("parameter-label");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button report = new Button(Messages.text("report.open"));
        report.setId("report-open");
        report.setMinWidth(Region.USE_PREF_SIZE);
        report.setTooltip(new Tooltip(Messages.text("report.help")));
        report.visibleProperty().bind(reportIsThere);
        report.setOnAction(e -> openReport.run());
        HBox bar = new HBox(8, title, series, gap, report);
        bar.getStyleClass().add("viewer-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        title.visibleProperty().bind(series.visibleProperty());
        series.visibleProperty()
                .bind(Bindings.size(model.series())
                        .greaterThan(1)
                        .and(model.measurementProperty().isNull()));
        bar.visibleProperty().bind(series.visibleProperty().or(report.visibleProperty()));
        bar.managedProperty().bind(bar.visibleProperty());
        setTop(bar);
        setCenter(grid);
        model.selectedProperty().addListener((o, before, now) -> series.setValue(now));
        InvalidationListener changed = o -> {
            boolean any = model.measurementProperty().get() != null;
            if (any) {
                measured.show(model.measurementProperty().get());
            }
            setCenter(any ? measured : grid);
        };
        model.measurementProperty().addListener(changed);
    }

    private static String title(ShownSeries each) {
        String unit = each.quantity().symbol();
        return unit.isEmpty() ? each.name() : Messages.text("viewer.series.unit", each.name(), unit);
    }
}
