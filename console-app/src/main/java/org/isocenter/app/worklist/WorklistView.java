package org.isocenter.app.worklist;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Messages;
import org.isocenter.app.text.PersonName;
import org.isocenter.model.ScheduledStep;

/** The worklist, to choose from by mouse or keyboard: Enter takes what is chosen, one entry or several of one study. FX thread. */
public final class WorklistView extends VBox {
    private static final double LIST_HEIGHT = 190;

    private final WorklistModel model;
    private final ListView<PlannedExam> list = new ListView<>();

    public WorklistView(WorklistModel model) {
        super(8);
        this.model = model;
        setId("worklist");
        getStyleClass().add("patient-form");
        Label title = new Label(Messages.text("worklist.title").toUpperCase(Locale.ROOT));
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
        Button take = new Button(Messages.text("worklist.take", 1));
        take.setId("worklist-take");
        take.setMaxWidth(Double.MAX_VALUE);
        take.setDisable(true);
        take.setOnAction(e -> choose());
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.getSelectionModel().getSelectedItems().addListener((InvalidationListener) o -> {
            List<PlannedExam> chosen = chosen();
            remarks.setText(remarks(chosen));
            take.setDisable(!WorklistModel.canBeOneExam(chosen));
            take.setText(Messages.text("worklist.take", chosen.size()));
        });
        HBox head = new HBox(8, title, refresh);
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(head, search, message, list, remarks, take);
    }

    private void choose() {
        model.choose(chosen());
    }

    /** Without the holes that the list's selection has while it changes. */
    private List<PlannedExam> chosen() {
        return list.getSelectionModel().getSelectedItems().stream()
                .filter(Objects::nonNull)
                .toList();
    }

    private static String remarks(List<PlannedExam> chosen) {
        String apart = WorklistModel.whyNotTogether(chosen)
                .map(why -> Messages.text("panel.problem", why) + "\n")
                .orElse("");
        String group = apart.isEmpty()
                ? WorklistModel.groupNote(chosen)
                        .map(note -> Messages.text("panel.problem", note) + "\n")
                        .orElse("")
                : "";
        return apart
                + group
                + chosen.stream()
                        .map(WorklistView::remarks)
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .collect(Collectors.joining("\n"));
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

    /** Who, when and what, with a sign when there is something to tell. What may run from right to left is a label of its own. */
    private static final class EntryCell extends ListCell<PlannedExam> {
        private final Label sign = new Label();
        private final Label name = new Label();
        private final Label when = new Label();
        private final Label what = new Label();
        private final Tooltip whole = new Tooltip();
        private final VBox lines = new VBox(2, new HBox(4, sign, name), new HBox(4, when, what));

        EntryCell() {
            sign.getStyleClass().add("queue-name");
            name.getStyleClass().add("queue-name");
            when.getStyleClass().add("queue-detail");
            what.getStyleClass().add("queue-detail");
            sign.setMinWidth(USE_PREF_SIZE);
            sign.managedProperty().bind(sign.textProperty().isNotEmpty());
            when.setMinWidth(USE_PREF_SIZE);
            name.setTooltip(whole);
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
            sign.setText(!exam.entry().usable() ? "✕" : exam.remarks().isEmpty() ? "" : "⚠");
            name.setText(PersonName.display(step.patient().name()));
            whole.setText(name.getText());
            when.setText(when(step) + " · " + step.patient().id() + " ·");
            String description = step.description().isEmpty() ? step.procedure().description() : step.description();
            String imaged = exam.anatomy().words();
            what.setText(imaged.isEmpty() ? description : description + " · " + imaged);
            setAccessibleText(String.join(" ", sign.getText(), name.getText(), when.getText(), what.getText()));
            setGraphic(lines);
        }

        private static String when(ScheduledStep step) {
            String day =
                    LocalDate.now().equals(step.startDate()) || step.startDate() == null ? "" : step.startDate() + " ";
            return day + (step.startTime() == null ? Messages.text("worklist.noTime") : step.startTime());
        }
    }
}
