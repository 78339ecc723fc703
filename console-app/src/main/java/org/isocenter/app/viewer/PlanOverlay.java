package org.isocenter.app.viewer;

import java.util.List;
import java.util.function.ToDoubleFunction;
import javafx.scene.Group;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.Polygon;

/** The planned stack, drawn over one viewport. FX thread. */
final class PlanOverlay extends Group {
    private final Polygon outline = new Polygon();
    private final Path lines = new Path();

    PlanOverlay() {
        outline.getStyleClass().add("plan-outline");
        lines.getStyleClass().add("plan-lines");
        getChildren().addAll(lines, outline);
        setVisible(false);
    }

    /** @param x from metres right of the volume's middle to layout units */
    void show(
            PlannedStack stack,
            PlaneOfVolume cut,
            int slice,
            ToDoubleFunction<PlannedStack.PlanePoint> x,
            ToDoubleFunction<PlannedStack.PlanePoint> y) {
        List<PlannedStack.PlanePoint> corners = stack.outline(cut, slice);
        outline.getPoints().clear();
        for (PlannedStack.PlanePoint corner : corners) {
            outline.getPoints().add(x.applyAsDouble(corner));
            outline.getPoints().add(y.applyAsDouble(corner));
        }
        lines.getElements().clear();
        List<PlannedStack.PlanePoint> ends = stack.sliceLines(cut, slice);
        for (int i = 0; i < ends.size(); i += 2) {
            lines.getElements().add(new MoveTo(x.applyAsDouble(ends.get(i)), y.applyAsDouble(ends.get(i))));
            lines.getElements().add(new LineTo(x.applyAsDouble(ends.get(i + 1)), y.applyAsDouble(ends.get(i + 1))));
        }
        setVisible(!corners.isEmpty());
    }
}
