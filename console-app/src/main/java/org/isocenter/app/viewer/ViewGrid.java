package org.isocenter.app.viewer;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;

/** Three linked viewports and k-space, two by two, or one of them alone. FX thread. */
final class ViewGrid extends GridPane {
    private final List<Node> panes;
    private Node alone;

    ViewGrid(ViewerModel model) {
        getStyleClass().add("viewer");
        ViewportView sagittal = new ViewportView(model, ViewPlane.SAGITTAL, () -> toggle(0));
        ViewportView coronal = new ViewportView(model, ViewPlane.CORONAL, () -> toggle(1));
        ViewportView axial = new ViewportView(model, ViewPlane.AXIAL, () -> toggle(2));
        KSpaceView kSpace = new KSpaceView(model.kSpace(), () -> toggle(3));
        panes = List.of(sagittal, coronal, axial, kSpace);
        for (int i = 0; i < 2; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(50);
            column.setHgrow(Priority.ALWAYS);
            getColumnConstraints().add(column);
            RowConstraints row = new RowConstraints();
            row.setPercentHeight(50);
            row.setVgrow(Priority.ALWAYS);
            getRowConstraints().add(row);
        }
        arrange();
    }

    private void toggle(int pane) {
        alone = alone == null ? panes.get(pane) : null;
        arrange();
        panes.get(pane).requestFocus();
    }

    private void arrange() {
        getChildren().clear();
        if (alone != null) {
            add(alone, 0, 0, 2, 2);
            return;
        }
        for (int i = 0; i < panes.size(); i++) {
            add(panes.get(i), i % 2, i / 2);
        }
    }
}
