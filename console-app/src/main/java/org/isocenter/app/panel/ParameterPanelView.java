package org.isocenter.app.panel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Messages;
import org.isocenter.model.ParameterSpec.Group;

/** The right side of the window: the parameters of the selected scan, and what a change would cost. FX thread. */
public final class ParameterPanelView extends VBox {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private final ParameterPanelModel model;
    private final Label heading = new Label();
    private final HBox tabs = new HBox(4);
    private final ToggleGroup tabGroup = new ToggleGroup();
    private final VBox rows = new VBox(6);
    private final Map<Group, ToggleButton> tabOf = new EnumMap<>(Group.class);
    private final Map<Group, List<ParameterRow>> rowsOf = new EnumMap<>(Group.class);
    private final Label empty = new Label();
    private final Label problem = new Label();
    private final VBox body = new VBox(12);
    private final HBox buttons;
    private Group tab = Group.CONTRAST;

    public ParameterPanelView(ParameterPanelModel model) {
        this.model = model;
        setId("parameter-panel");
        getStyleClass().addAll("side-panel", "parameter-panel");
        heading.getStyleClass().add("section-title");
        heading.setMaxWidth(Double.MAX_VALUE);
        tabs.getStyleClass().add("tabs");
        ScrollPane scroll = new ScrollPane(rows);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.getStyleClass().add("plain-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        rows.getStyleClass().add("parameter-rows");
        buttons = makeButtons();
        EstimateCards cards = new EstimateCards(model);
        body.getChildren().addAll(tabs, scroll, cards, buttons);
        VBox.setVgrow(body, Priority.ALWAYS);
        empty.getStyleClass().add("hint");
        empty.setWrapText(true);
        problem.setId("parameter-problem");
        problem.getStyleClass().addAll("parameter-problem", "problem-label");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.textProperty().bind(model.problemProperty());
        problem.visibleProperty().bind(model.problemProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        getChildren().addAll(heading, empty, problem, body);
        model.fields().addListener((javafx.beans.InvalidationListener) o -> rebuild());
        model.titleProperty().addListener(o -> rebuild());
        rebuild();
    }

    private HBox makeButtons() {
        Button undo = new Button(Messages.text("panel.undo"));
        undo.setId("parameter-undo");
        undo.setMnemonicParsing(true);
        undo.setOnAction(e -> model.undo());
        undo.disableProperty().bind(model.canUndoProperty().not());
        Button apply = new Button(Messages.text("panel.apply"));
        apply.setId("parameter-apply");
        apply.setMnemonicParsing(true);
        apply.getStyleClass().add("primary");
        apply.setOnAction(e -> model.apply());
        apply.disableProperty().bind(model.canApplyProperty().not());
        apply.setMaxWidth(Double.MAX_VALUE);
        undo.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(apply, Priority.ALWAYS);
        HBox line = new HBox(8, undo, apply);
        line.setAlignment(Pos.CENTER_RIGHT);
        return line;
    }

    private void rebuild() {
        boolean any = !model.fields().isEmpty();
        boolean shown = !model.titleProperty().get().isEmpty();
        empty.setText(Messages.text(shown ? "panel.noParameters" : "panel.empty"));
        empty.setVisible(!any);
        empty.setManaged(!any);
        body.setVisible(any);
        body.setManaged(any);
        buttons.setVisible(!model.isReadOnly());
        buttons.setManaged(!model.isReadOnly());
        heading.setText(
                shown
                        ? model.titleProperty().get().toUpperCase(Locale.ROOT)
                        : Messages.text("panel.title").toUpperCase(Locale.ROOT));
        tabOf.clear();
        rowsOf.clear();
        for (ParameterField field : model.fields()) {
            Group group = field.spec().group();
            rowsOf.computeIfAbsent(group, g -> new ArrayList<>()).add(new ParameterRow(model, field));
            field.problemProperty().addListener((o, before, now) -> markTabs());
        }
        tabs.getChildren().clear();
        for (Group group : rowsOf.keySet()) {
            ToggleButton tab = new ToggleButton(tabText(group));
            tab.setId("tab-" + group.name().toLowerCase(Locale.ROOT));
            tab.getStyleClass().add("tab-button");
            tab.setToggleGroup(tabGroup);
            tab.setMnemonicParsing(true);
            tab.setOnAction(e -> show(group));
            tabOf.put(group, tab);
            tabs.getChildren().add(tab);
        }
        if (any) {
            show(rowsOf.containsKey(tab) ? tab : rowsOf.keySet().iterator().next());
            markTabs();
        }
    }

    private static String tabText(Group group) {
        return Messages.text("panel.tab." + group.name().toLowerCase(Locale.ROOT));
    }

    private void show(Group group) {
        tab = group;
        tabOf.get(group).setSelected(true);
        rows.getChildren().setAll(rowsOf.get(group));
    }

    /** A tab says by a sign, not by colour alone, that something on it is wrong. */
    private void markTabs() {
        for (Map.Entry<Group, ToggleButton> entry : tabOf.entrySet()) {
            boolean wrong = model.fields().stream()
                    .anyMatch(f -> f.spec().group() == entry.getKey()
                            && f.problemProperty().get() != null);
            entry.getValue().setText(tabText(entry.getKey()) + (wrong ? " !" : ""));
            entry.getValue().pseudoClassStateChanged(WRONG, wrong);
        }
    }
}
