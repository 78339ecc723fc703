package org.isocenter.app.exam;

import java.io.File;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.isocenter.app.text.Durations;
import org.isocenter.app.text.Messages;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequenceFamily;

/**
 * The exam as a list. Keys on the list: Delete removes, Ctrl+D repeats, Alt+Up and Alt+Down move, Ctrl+Z takes back. FX
 * thread.
 */
public final class QueueView extends VBox {
    private static final double CELL_HEIGHT = 66;
    private final ExamModel model;
    private final ListView<ExamItem> list = new ListView<>();
    private final Consumer<Path> openFile;

    /** @param openFile takes the Pulseq file that a person chose */
    public QueueView(ExamModel model, List<SequenceBuilder> library, Consumer<Path> openFile) {
        super(8);
        this.model = model;
        this.openFile = openFile;
        setId("exam");
        Label title = new Label(Messages.text("exam.title").toUpperCase(Locale.ROOT));
        title.getStyleClass().add("section-title");
        list.setId("queue");
        list.setItems(model.items());
        list.getStyleClass().add("queue");
        list.setCellFactory(l -> new Cell());
        list.setAccessibleText(Messages.text("exam.title"));
        Label nothing = new Label(Messages.text("exam.empty"));
        nothing.setWrapText(true);
        nothing.getStyleClass().add("hint");
        nothing.setMinHeight(USE_PREF_SIZE);
        nothing.visibleProperty().bind(Bindings.isEmpty(model.items()));
        nothing.managedProperty().bind(nothing.visibleProperty());
        list.visibleProperty().bind(nothing.visibleProperty().not());
        list.managedProperty().bind(list.visibleProperty());
        list.setFixedCellSize(CELL_HEIGHT);
        list.prefHeightProperty()
                .bind(Bindings.size(model.items()).multiply(CELL_HEIGHT).add(2));
        list.getSelectionModel().selectedItemProperty().addListener((o, before, now) -> {
            if (now != null) {
                model.selectedProperty().set(now);
            }
        });
        model.selectedProperty().addListener((o, before, now) -> {
            if (now == null) {
                list.getSelectionModel().clearSelection();
            } else {
                list.getSelectionModel().select(now);
            }
        });
        list.addEventHandler(KeyEvent.KEY_PRESSED, this::onKey);
        list.setMinHeight(CELL_HEIGHT + 2);
        getChildren().addAll(title, nothing, list, new HBox(8, addButton(library), moreButton()));
    }

    private MenuButton addButton(List<SequenceBuilder> library) {
        MenuButton add = new MenuButton(Messages.text("exam.add"));
        add.setId("exam-add");
        add.setMnemonicParsing(true);
        Map<SequenceFamily, Menu> families = new EnumMap<>(SequenceFamily.class);
        for (SequenceBuilder builder : library) {
            MenuItem item = new MenuItem(builder.title());
            item.setId("add-" + builder.name());
            item.setOnAction(e -> model.add(builder));
            families.computeIfAbsent(builder.family(), QueueView::familyMenu)
                    .getItems()
                    .add(item);
        }
        for (Menu family : families.values()) {
            // A menu of one would only be in the way.
            add.getItems().add(family.getItems().size() == 1 ? family.getItems().get(0) : family);
        }
        MenuItem file = new MenuItem(Messages.text("exam.addFile"));
        file.setId("add-file");
        file.setOnAction(e -> chooseFile());
        add.getItems().addAll(new SeparatorMenuItem(), file);
        add.disableProperty().bind(model.limitsProperty().isNull());
        add.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(add, Priority.ALWAYS);
        return add;
    }

    private static Menu familyMenu(SequenceFamily family) {
        String key = family.name().toLowerCase(Locale.ROOT);
        Menu menu = new Menu(Messages.text("exam.family." + key));
        menu.setId("family-" + key);
        return menu;
    }

    private void chooseFile() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text("exam.addFile.title"));
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(Messages.text("exam.addFile.kind"), "*.seq", "*.bseq"));
        File chosen = chooser.showOpenDialog(getScene().getWindow());
        if (chosen != null) {
            openFile.accept(chosen.toPath());
        }
    }

    private MenuButton moreButton() {
        MenuButton more = new MenuButton("⋯");
        more.setId("exam-more");
        more.getStyleClass().add("icon-menu");
        more.setTooltip(new Tooltip(Messages.text("exam.more")));
        more.setAccessibleText(Messages.text("exam.more"));
        more.setMinWidth(Region.USE_PREF_SIZE);
        MenuItem undo = new MenuItem(Messages.text("exam.undo"));
        undo.setOnAction(e -> model.undo());
        undo.disableProperty().bind(model.canUndoProperty().not());
        more.getItems().addAll(itemMenu());
        more.getItems().add(undo);
        return more;
    }

    private List<MenuItem> itemMenu() {
        return List.of(
                action("exam.duplicate", model::duplicate),
                action("exam.up", i -> model.move(i, -1)),
                action("exam.down", i -> model.move(i, 1)),
                action("exam.remove", model::remove));
    }

    private MenuItem action(String key, Consumer<ExamItem> action) {
        MenuItem item = new MenuItem(Messages.text(key));
        item.setOnAction(e -> action.accept(model.selectedProperty().get()));
        item.disableProperty().bind(model.selectedProperty().isNull());
        return item;
    }

    private void onKey(KeyEvent e) {
        ExamItem item = model.selectedProperty().get();
        if (e.isControlDown() && e.getCode() == KeyCode.Z) {
            model.undo();
        } else if (item != null && e.getCode() == KeyCode.DELETE) {
            model.remove(item);
        } else if (item != null && e.isControlDown() && e.getCode() == KeyCode.D) {
            model.duplicate(item);
        } else if (item != null && e.isAltDown() && e.getCode() == KeyCode.UP) {
            model.move(item, -1);
        } else if (item != null && e.isAltDown() && e.getCode() == KeyCode.DOWN) {
            model.move(item, 1);
        } else {
            return;
        }
        e.consume();
    }

    private final class Cell extends ListCell<ExamItem> {
        private final Label sign = new Label();
        private final Label name = new Label();
        private final Label detail = new Label();
        private final Label time = new Label();
        private final HBox line;
        private final InvalidationListener changed = o -> refresh();
        private String stateClass = "";
        private ExamItem shown;

        Cell() {
            sign.getStyleClass().add("queue-sign");
            name.getStyleClass().add("queue-name");
            detail.getStyleClass().add("queue-detail");
            time.getStyleClass().add("queue-time");
            time.setMinWidth(Region.USE_PREF_SIZE);
            VBox words = new VBox(2, name, detail);
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            line = new HBox(10, sign, words, time);
            line.setAlignment(Pos.CENTER_LEFT);
            line.getStyleClass().add("queue-item");
            // The list must not scroll sideways for a long name: it is cut off with dots.
            setPrefWidth(0);
            ContextMenu menu = new ContextMenu();
            menu.getItems().addAll(itemMenu());
            setContextMenu(menu);
        }

        @Override
        protected void updateItem(ExamItem item, boolean empty) {
            super.updateItem(item, empty);
            if (shown != null) {
                shown.protocolProperty().removeListener(changed);
                shown.stateProperty().removeListener(changed);
                shown.detailProperty().removeListener(changed);
                shown.durationSecondsProperty().removeListener(changed);
            }
            shown = empty ? null : item;
            if (shown == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            shown.protocolProperty().addListener(changed);
            shown.stateProperty().addListener(changed);
            shown.detailProperty().addListener(changed);
            shown.durationSecondsProperty().addListener(changed);
            refresh();
            setGraphic(line);
        }

        private void refresh() {
            ItemState state = shown.stateProperty().get();
            double seconds = shown.durationSecondsProperty().get();
            String title = shown.protocolProperty().get().name();
            String stateText = Messages.text("exam.state." + state.key());
            boolean plain = state.isOpen() || state == ItemState.DONE;
            name.setText(title);
            sign.setText(state.sign().isEmpty() ? Integer.toString(getIndex() + 1) : state.sign());
            detail.setText(plain ? shown.detailProperty().get() : stateText);
            time.setText(Double.isNaN(seconds) ? "" : Durations.clock(seconds));
            line.getStyleClass().remove(stateClass);
            stateClass = "state-" + state.key();
            line.getStyleClass().add(stateClass);
            setAccessibleText(title + ", " + stateText);
        }
    }
}
