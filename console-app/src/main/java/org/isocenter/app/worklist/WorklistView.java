package org.isocenter.app.worklist;

import java.time.LocalDate;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Messages;
import org.isocenter.model.ScheduledStep;

/** The worklist, to choose from by mouse or keyboard: Enter takes the chosen entry. FX thread. */
public final class WorklistView extends VBox {
    private static final double LIST_HEIGHT = 190;

    private final WorklistModel model;
    private final ListView<PlannedExam> list = new ListView<>();

    public WorklistView(WorklistModel model) {
        super(8);
        this.model = model;
        setId("worklist");
        getStyleClass().add("patient-form");
        Label title = new Label(Messages.text("worklist.title"));
        title.getStyleClass().add("section-title");
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        Button refresh = new Button();
        refresh.setId("worklist-refresh");
        refresh.setMinWidth(USE_PREF_SIZE);
        refresh.textProperty()
                .bind(Bindings.when(model.busyProperty())
                        .then(Messages.text("worklist.cancel"))
                        .otherwise(Messages.text("worklist.refresh")));
        refresh.setOnAction(e -> model.refresh());
        TextField search = new TextField();
        search.setId("worklist-search");
        search.setPromptText(Messages.text("worklist.search"));
        search.setAccessibleText(Messages.text("worklist.search"));
        search.textProperty().bindBidirectional(model.searchProperty());
        Label message = hint();
        message.setId("worklist-message");
        message.textProperty().bind(model.messageProperty());
        list.setId("worklist-list");
        list.getStyleClass().add("queue");
        list.setItems(model.shown());
        list.setPrefHeight(LIST_HEIGHT);
        list.setMinHeight(LIST_HEIGHT);
        list.setPlaceholder(new Label(""));
        list.setAccessibleText(Messages.text("worklist.title"));
        list.setCellFactory(l -> new EntryCell());
        list.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                choose();
            }
        });
        list.setOnMouseClicked(e -> {
            if (e.getClickCount() == 2) {
                choose();
            }
        });
        Label remarks = new Label();
        remarks.setId("worklist-remarks");
        remarks.getStyleClass().add("problem-label");
        remarks.setWrapText(true);
        remarks.setMinHeight(USE_PREF_SIZE);
        remarks.managedProperty().bind(remarks.textProperty().isNotEmpty());
        Button take = new Button(Messages.text("worklist.take"));
        take.setId("worklist-take");
        take.setMaxWidth(Double.MAX_VALUE);
        take.setDisable(true);
        take.setOnAction(e -> choose());
        list.getSelectionModel().selectedItemProperty().addListener((o, before, now) -> {
            remarks.setText(now == null ? "" : remarks(now));
            take.setDisable(now == null || !now.entry().usable());
        });
        getChildren().addAll(new HBox(8, title, refresh), search, message, list, remarks, take);
    }

    private void choose() {
        model.choose(list.getSelectionModel().getSelectedItem());
    }

    private static String remarks(PlannedExam exam) {
        String unusable = exam.entry().usable() ? "" : Messages.text("worklist.unusable") + "\n";
        return unusable
                + exam.remarks().stream()
                        .map(remark -> Messages.text("panel.problem", remark))
                        .collect(Collectors.joining("\n"));
    }

    private static Label hint() {
        Label hint = new Label();
        hint.getStyleClass().add("hint");
        hint.setWrapText(true);
        hint.setMinHeight(USE_PREF_SIZE);
        return hint;
    }

    /** When, who and what, with a sign when there is something to tell. */
    private static final class EntryCell extends ListCell<PlannedExam> {
        private final Label name = new Label();
        private final Label detail = new Label();
        private final VBox lines = new VBox(2, name, detail);

        EntryCell() {
            name.getStyleClass().add("queue-name");
            detail.getStyleClass().add("queue-detail");
            lines.getStyleClass().add("queue-item");
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(PlannedExam exam, boolean empty) {
            super.updateItem(exam, empty);
            if (empty || exam == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            ScheduledStep step = exam.step();
            String sign = !exam.entry().usable() ? "✕ " : exam.remarks().isEmpty() ? "" : "⚠ ";
            name.setText(sign + step.patient().name() + " (" + step.patient().id() + ")");
            detail.setText(when(step) + " · "
                    + (step.description().isEmpty() ? step.procedure().description() : step.description()));
            setAccessibleText(name.getText() + ", " + detail.getText());
            setGraphic(lines);
        }

        private static String when(ScheduledStep step) {
            String day =
                    LocalDate.now().equals(step.startDate()) || step.startDate() == null ? "" : step.startDate() + " ";
            return day + (step.startTime() == null ? Messages.text("worklist.noTime") : step.startTime());
        }
    }
}
