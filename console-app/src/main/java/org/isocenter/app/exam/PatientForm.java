package org.isocenter.app.exam;

import java.util.Comparator;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.isocenter.app.fx.ChoiceCell;
import org.isocenter.app.fx.ChoiceText;
import org.isocenter.app.text.Messages;
import org.isocenter.model.BodyPart;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Side;

/** Who is scanned, on the left side of the window; opened and put away without stopping anything. FX thread. */
public final class PatientForm extends VBox {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final Map<String, String> SEXES = Map.of(
            "", Messages.text("patient.sex.unknown"),
            "F", Messages.text("patient.sex.female"),
            "M", Messages.text("patient.sex.male"),
            "O", Messages.text("patient.sex.other"));

    private final PatientModel model;
    private final GridPane grid = new GridPane();
    private final TextField name = new TextField();
    private final Label problem = new Label();

    /**
     * @param newExam what the button for another patient does
     * @param askWhy what the button to break off a planned exam does
     */
    public PatientForm(PatientModel model, Runnable newExam, Runnable askWhy) {
        super(8);
        this.model = model;
        setId("patient-form");
        getStyleClass().add("patient-form");
        grid.setHgap(8);
        grid.setVgap(6);
        name.setPromptText(Messages.text("patient.name.prompt"));
        name.textProperty().bindBidirectional(model.nameProperty());
        name.setId("patient-name");
        TextField id = new TextField();
        id.setId("patient-id");
        id.textProperty().bindBidirectional(model.idProperty());
        TextField birth = new TextField();
        birth.setId("patient-birth");
        birth.setPromptText(Messages.text("patient.birthDate.prompt"));
        birth.textProperty().bindBidirectional(model.birthDateProperty());
        watch(birth, model::birthDateProblem);
        TextField weight = new TextField();
        weight.setId("patient-weight");
        weight.getStyleClass().add("number-field");
        weight.textProperty().bindBidirectional(model.weightProperty());
        watch(weight, model::weightProblem);
        ComboBox<String> sex = new ComboBox<>();
        sex.getItems().addAll("", "F", "M", "O");
        sex.setConverter(words(SEXES));
        sex.valueProperty().bindBidirectional(model.sexProperty());
        ComboBox<PatientPosition> position = new ComboBox<>();
        position.getItems().addAll(PatientPosition.values());
        position.setConverter(describing());
        position.valueProperty().bindBidirectional(model.positionProperty());
        ComboBox<BodyPart> part = new ComboBox<>();
        part.setId("patient-body-part");
        part.getItems().add(null);
        Stream.of(BodyPart.values())
                .sorted(Comparator.comparing(each -> each.region().meaning()))
                .forEach(part.getItems()::add);
        part.setConverter(new ChoiceText<>(PatientForm::words));
        part.setButtonCell(new ChoiceCell<>(PatientForm::words));
        part.setCellFactory(list -> new ChoiceCell<>(PatientForm::words));
        part.valueProperty().bindBidirectional(model.bodyPartProperty());
        ComboBox<Side> side = new ComboBox<>();
        side.setId("patient-side");
        side.getItems().addAll(Side.LEFT, Side.RIGHT, Side.BOTH);
        side.setConverter(new ChoiceText<>(each -> Messages.text("patient.side." + each.name())));
        side.valueProperty().bindBidirectional(model.sideProperty());
        side.visibleProperty()
                .bind(model.bodyPartProperty().map(BodyPart::paired).orElse(false));
        side.managedProperty().bind(side.visibleProperty());
        CheckBox phantom = new CheckBox(Messages.text("patient.phantom"));
        phantom.selectedProperty().bindBidirectional(model.phantomProperty());
        BooleanBinding planned = Bindings.createBooleanBinding(
                () -> !model.ordersProperty().get().isEmpty(), model.ordersProperty());
        BooleanBinding locked = planned.or(model.fixedProperty());
        phantom.disableProperty().bind(locked); // a phantom is nobody's exam
        Label kilograms = new Label("kg");
        kilograms.getStyleClass().add("parameter-unit");
        row(0, "patient.name", name, locked);
        row(1, "patient.id", id, locked);
        row(2, "patient.birthDate", birth, locked);
        row(3, "patient.sex", sex, locked);
        row(4, "patient.weight", weight, model.fixedProperty());
        row(5, "patient.position", position, model.fixedProperty());
        SimpleBooleanProperty never = new SimpleBooleanProperty();
        row(6, "patient.bodyPart", part, never);
        row(7, "patient.side", side, never);
        Node sideLabel = grid.getChildren().get(grid.getChildren().indexOf(side) - 1);
        sideLabel.visibleProperty().bind(side.visibleProperty());
        sideLabel.managedProperty().bind(side.visibleProperty());
        Label ordered = new Label();
        ordered.setId("patient-ordered");
        ordered.getStyleClass().add("problem-label");
        ordered.setWrapText(true);
        ordered.setMinHeight(USE_PREF_SIZE);
        ordered.managedProperty().bind(ordered.textProperty().isNotEmpty());
        InvalidationListener shown = o -> {
            side.pseudoClassStateChanged(WRONG, model.sideMissing());
            ordered.setText(
                    model.orderedOtherwise().isEmpty()
                            ? ""
                            : Messages.text("worklist.remark", model.orderedOtherwise()));
            showProblem();
        };
        model.bodyPartProperty().addListener(shown);
        model.sideProperty().addListener(shown);
        model.phantomProperty().addListener(shown);
        Label order = new Label(Messages.text("patient.planned"));
        order.getStyleClass().add("hint");
        order.setWrapText(true);
        order.setMinHeight(USE_PREF_SIZE);
        order.visibleProperty().bind(planned);
        order.managedProperty().bind(planned);
        problem.getStyleClass().add("problem-label");
        problem.setWrapText(true);
        problem.setMinHeight(USE_PREF_SIZE);
        problem.setVisible(false);
        problem.setManaged(false);
        Label fixed = new Label(Messages.text("patient.fixed"));
        fixed.getStyleClass().add("hint");
        fixed.setWrapText(true);
        fixed.setMinHeight(USE_PREF_SIZE);
        fixed.visibleProperty().bind(model.fixedProperty());
        fixed.managedProperty().bind(model.fixedProperty());
        Button another = new Button(Messages.text("patient.newExam"));
        another.setId("new-exam");
        another.setMnemonicParsing(true);
        another.setOnAction(e -> newExam.run());
        another.visibleProperty().bind(locked);
        another.managedProperty().bind(locked);
        Button breakOff = new Button(Messages.text("patient.breakOff"));
        breakOff.setId("break-off");
        breakOff.setMnemonicParsing(true);
        breakOff.setOnAction(e -> askWhy.run());
        breakOff.visibleProperty().bind(planned);
        breakOff.managedProperty().bind(breakOff.visibleProperty());
        getChildren().addAll(grid, new HBox(phantom), problem, ordered, order, fixed, new HBox(8, another, breakOff));
    }

    private void row(int row, String key, Control editor, ObservableValue<Boolean> locked) {
        Label label = new Label(Messages.text(key));
        label.getStyleClass().add("parameter-label");
        label.setMinWidth(78);
        label.setLabelFor(editor);
        editor.setMaxWidth(Double.MAX_VALUE);
        editor.setAccessibleText(label.getText());
        editor.disableProperty().bind(locked);
        GridPane.setHgrow(editor, Priority.ALWAYS);
        grid.addRow(row, label, editor);
    }

    private void watch(TextField field, Supplier<String> wrong) {
        field.textProperty().addListener((o, before, now) -> {
            field.pseudoClassStateChanged(WRONG, !wrong.get().isEmpty());
            showProblem();
        });
    }

    private void showProblem() {
        String text = model.problem();
        problem.setText(text.isEmpty() ? "" : Messages.text("panel.problem", text));
        problem.setVisible(!text.isEmpty());
        problem.setManaged(!text.isEmpty());
    }

    private static String words(BodyPart part) {
        return part == null
                ? Messages.text("patient.bodyPart.none")
                : part.region().meaning();
    }

    private static StringConverter<String> words(Map<String, String> words) {
        return new StringConverter<>() {
            @Override
            public String toString(String code) {
                return words.getOrDefault(code == null ? "" : code, "");
            }

            @Override
            public String fromString(String word) {
                return words.entrySet().stream()
                        .filter(e -> e.getValue().equals(word))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("");
            }
        };
    }

    private static StringConverter<PatientPosition> describing() {
        return new StringConverter<>() {
            @Override
            public String toString(PatientPosition position) {
                return position == null ? "" : position.description();
            }

            @Override
            public PatientPosition fromString(String description) {
                for (PatientPosition position : PatientPosition.values()) {
                    if (position.description().equals(description)) {
                        return position;
                    }
                }
                return PatientPosition.HFS;
            }
        };
    }

    /** Puts the cursor into the name. */
    public void focusName() {
        name.requestFocus();
    }
}
