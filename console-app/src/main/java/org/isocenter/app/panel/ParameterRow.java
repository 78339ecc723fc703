package org.isocenter.app.panel;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.isocenter.app.text.Messages;
import org.isocenter.model.Violation;

/** One parameter on the panel: name, value, unit, and below it what is wrong, with ways out. FX thread. */
final class ParameterRow extends VBox {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");

    private final ParameterPanelModel model;
    private final ParameterField field;
    private final Control editor;
    private final TextFlow problem = new TextFlow();

    ParameterRow(ParameterPanelModel model, ParameterField field) {
        this.model = model;
        this.field = field;
        getStyleClass().add("parameter-row");
        editor = editor();
        editor.setId("parameter-" + field.spec().name());
        editor.setMaxWidth(Double.MAX_VALUE);
        editor.setTooltip(new Tooltip(field.spec().description()));
        editor.setAccessibleText(field.spec().label());
        editor.setAccessibleHelp(field.spec().description());
        editor.disableProperty().bind(field.readOnlyProperty());
        Label label = new Label(field.spec().label());
        label.getStyleClass().add("parameter-label");
        label.setLabelFor(editor);
        label.setTooltip(new Tooltip(field.spec().name() + ": " + field.spec().description()));
        Label unit = new Label(field.spec().unit().displaySymbol());
        unit.getStyleClass().add("parameter-unit");
        HBox line = new HBox(8, label, editor, unit);
        line.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(label, Priority.ALWAYS);
        label.setMaxWidth(Double.MAX_VALUE);
        problem.getStyleClass().add("parameter-problem");
        getChildren().addAll(line, problem);
        field.problemProperty().addListener((o, before, now) -> showProblem());
        field.changedProperty().addListener((o, before, now) -> editor.pseudoClassStateChanged(CHANGED, now));
        showProblem();
    }

    private Control editor() {
        return switch (field.spec().kind()) {
            case QUANTITY, COUNT -> numberEditor();
            case FLAG -> flagEditor();
            case CHOICE -> choiceEditor();
        };
    }

    private Control numberEditor() {
        TextField text = new TextField();
        text.textProperty().bindBidirectional(field.textProperty());
        text.getStyleClass().add("number-field");
        text.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER && !e.isControlDown()) {
                model.apply();
            }
        });
        return text;
    }

    private Control flagEditor() {
        CheckBox box = new CheckBox();
        box.setSelected(field.textProperty().get().equals("yes"));
        box.selectedProperty()
                .addListener((o, before, now) -> field.textProperty().set(now ? "yes" : "no"));
        field.textProperty().addListener((o, before, now) -> box.setSelected(now.equals("yes")));
        return box;
    }

    private Control choiceEditor() {
        ComboBox<String> box = new ComboBox<>();
        box.getItems().setAll(field.spec().choices());
        box.valueProperty().bindBidirectional(field.textProperty());
        return box;
    }

    private void showProblem() {
        ParameterField.Problem wrong = field.problemProperty().get();
        editor.pseudoClassStateChanged(WRONG, wrong != null);
        problem.setVisible(wrong != null);
        problem.setManaged(wrong != null);
        problem.getChildren().clear();
        if (wrong == null) {
            editor.setAccessibleHelp(field.spec().description());
            return;
        }
        editor.setAccessibleHelp(wrong.message());
        Text message = new Text(Messages.text("panel.problem", wrong.message()) + "  ");
        message.getStyleClass().add("problem-text");
        problem.getChildren().add(message);
        boolean first = true;
        for (Violation.Remedy remedy : wrong.remedies()) {
            if (!first) {
                Text dot = new Text(" · ");
                dot.getStyleClass().add("problem-text");
                problem.getChildren().add(dot);
            }
            first = false;
            problem.getChildren().add(link(remedy));
        }
    }

    private Node link(Violation.Remedy remedy) {
        Hyperlink link = new Hyperlink(remedy.label());
        link.getStyleClass().add("remedy");
        link.setOnAction(e -> {
            model.take(remedy);
            editor.requestFocus();
        });
        return link;
    }
}
