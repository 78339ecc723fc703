package org.isocenter.app.worklist;

import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.isocenter.app.fx.ChoiceText;
import org.isocenter.app.text.Messages;
import org.isocenter.dicom.workflow.DiscontinuationReason;

/** Asks once, in plain words, why an exam is broken off. FX thread. */
public final class BreakOffCard extends VBox {
    private static final double WIDTH = 400;

    public BreakOffCard(BreakOffModel model) {
        super(10);
        setId("break-off-card");
        getStyleClass().addAll("popover-card");
        setMaxSize(WIDTH, USE_PREF_SIZE);
        visibleProperty().bind(model.askingProperty());
        managedProperty().bind(visibleProperty());
        Label title = new Label(Messages.text("breakOff.title"));
        title.getStyleClass().add("card-title");
        Label explain = new Label(Messages.text("breakOff.explain"));
        explain.getStyleClass().add("hint");
        explain.setWrapText(true);
        explain.setMinHeight(USE_PREF_SIZE);
        ComboBox<DiscontinuationReason> reason = new ComboBox<>();
        reason.setId("break-off-reason");
        reason.setMaxWidth(Double.MAX_VALUE);
        reason.setPromptText(Messages.text("breakOff.reason.prompt"));
        reason.setAccessibleText(Messages.text("breakOff.reason"));
        reason.getItems().addAll(DiscontinuationReason.values());
        reason.setConverter(new ChoiceText<>(BreakOffModel::text));
        reason.valueProperty().bindBidirectional(model.reasonProperty());
        Button confirm = new Button(Messages.text("breakOff.confirm"));
        confirm.setId("break-off-confirm");
        confirm.disableProperty().bind(model.reasonProperty().isNull());
        confirm.setOnAction(e -> model.confirm());
        Button dismiss = new Button(Messages.text("breakOff.dismiss"));
        dismiss.setId("break-off-dismiss");
        dismiss.setOnAction(e -> model.dismiss());
        getChildren().addAll(title, explain, reason, new HBox(8, confirm, dismiss));
        model.askingProperty().addListener((o, before, now) -> {
            if (now) {
                reason.requestFocus();
            }
        });
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                model.dismiss();
                e.consume();
            }
        });
    }
}
