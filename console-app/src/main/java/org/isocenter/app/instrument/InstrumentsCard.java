package org.isocenter.app.instrument;

import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.isocenter.app.fx.ChoiceText;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.instrument.Instruments;
import org.isocenter.hardware.serial.PortWatch;
import org.isocenter.hardware.serial.SerialPortInfo;

/** A card over the window: the instruments beside the scanner. Not modal. FX thread. */
public final class InstrumentsCard extends VBox {
    private static final double LIST_WIDTH = 210;
    private static final double DETAIL_HEIGHT = 470;

    private final InstrumentsModel model;
    private final ListView<InstrumentModel> list;
    private final ScrollPane detail = new ScrollPane();
    private final ComboBox<String> kind = new ComboBox<>(FXCollections.observableArrayList(Instruments.schemes()));
    private final ComboBox<String> port = new ComboBox<>();
    private final Label problem = new Label();
    /** While it is shown. */
    private PortWatch ports;

    public InstrumentsCard(InstrumentsModel model) {
        super(10);
        this.model = model;
        list = new ListView<>(model.items());
        setId("instruments");
        getStyleClass().addAll("popover-card", "instruments-card");
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        Label title = new Label(Messages.text("instrument.title"));
        title.getStyleClass().add("card-title");
        list.setId("instrument-list");
        list.setMinWidth(LIST_WIDTH);
        list.setMaxWidth(LIST_WIDTH);
        list.getStyleClass().add("destination-list");
        list.setCellFactory(l -> new Cell());
        list.setAccessibleText(Messages.text("instrument.title"));
        list.getSelectionModel().selectedItemProperty().addListener((o, before, now) -> show(now));
        model.items().addListener((ListChangeListener<InstrumentModel>) change -> {
            if (list.getSelectionModel().isEmpty()) {
                list.getSelectionModel().selectFirst();
            }
        });
        detail.setId("instrument-detail");
        detail.getStyleClass().add("plain-scroll");
        detail.setFitToWidth(true);
        detail.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        detail.setPrefViewportHeight(DETAIL_HEIGHT);
        HBox.setHgrow(detail, Priority.ALWAYS);
        HBox middle = new HBox(16, list, detail);
        middle.setMinHeight(0);
        VBox.setVgrow(middle, Priority.ALWAYS);
        problem.getStyleClass().add("problem-label");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().addAll(title, middle, problem, bottom());
        // A filter: the list takes the key for itself.
        addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                hide();
                e.consume();
            }
        });
        tell("");
        list.getSelectionModel().selectFirst();
        show(list.getSelectionModel().getSelectedItem());
        hide();
    }

    private HBox bottom() {
        kind.setId("instrument-kind");
        kind.setConverter(new ChoiceText<>(Instruments::describe));
        kind.getSelectionModel().selectFirst();
        kind.setPrefWidth(280);
        kind.setMinWidth(0);
        port.setId("instrument-port");
        port.setEditable(true);
        port.setPromptText(Messages.text("instrument.port.prompt"));
        port.setPrefWidth(260);
        port.setMinWidth(0);
        port.setAccessibleText(Messages.text("instrument.port.prompt"));
        Button add = new Button(Messages.text("instrument.add"));
        add.setId("instrument-add");
        add.setMinWidth(Region.USE_PREF_SIZE);
        add.setOnAction(e -> add());
        Button remove = new Button(Messages.text("instrument.remove"));
        remove.setId("instrument-remove");
        remove.setMinWidth(Region.USE_PREF_SIZE);
        remove.disableProperty()
                .bind(list.getSelectionModel().selectedItemProperty().isNull().or(model.scanningProperty()));
        remove.setOnAction(e -> model.remove(list.getSelectionModel().getSelectedItem()));
        Button close = new Button(Messages.text("settings.close"));
        close.setMinWidth(Region.USE_PREF_SIZE);
        close.setOnAction(e -> hide());
        HBox row = new HBox(8, kind, port, add, remove, close);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setMinHeight(Region.USE_PREF_SIZE);
        return row;
    }

    private void add() {
        String what = port.getEditor().getText();
        String wrong = model.add(kind.getValue(), what);
        tell(wrong);
        if (wrong.isEmpty()) {
            port.getEditor().clear();
            list.getSelectionModel().selectLast();
        }
    }

    private void tell(String text) {
        problem.setText(text);
        problem.setVisible(!text.isEmpty());
        problem.setManaged(!text.isEmpty());
    }

    private void show(InstrumentModel item) {
        if (item == null) {
            Label nothing = new Label(Messages.text("instrument.none"));
            nothing.getStyleClass().add("hint");
            nothing.setWrapText(true);
            detail.setContent(nothing);
        } else {
            detail.setContent(new InstrumentDetail(item, model));
        }
    }

    /** Shows it, or puts it away. */
    public void toggle() {
        if (isVisible()) {
            hide();
            return;
        }
        ports = model.watchPorts(this::showPorts);
        show(list.getSelectionModel().getSelectedItem());
        setVisible(true);
        setManaged(true);
        list.requestFocus();
    }

    private void showPorts(List<SerialPortInfo> found) {
        String typed = port.getEditor().getText();
        port.getItems().setAll(found.stream().map(SerialPortInfo::path).toList());
        port.getEditor().setText(typed);
    }

    private void hide() {
        if (ports != null) {
            ports.close();
            ports = null;
        }
        setVisible(false);
        setManaged(false);
    }

    private static final class Cell extends ListCell<InstrumentModel> {
        Cell() {
            setPrefWidth(0); // as wide as the list, and cut off there
        }

        @Override
        protected void updateItem(InstrumentModel item, boolean empty) {
            super.updateItem(item, empty);
            setText(
                    empty || item == null
                            ? null
                            : sign(item) + "  " + item.nameProperty().get());
        }

        private static String sign(InstrumentModel item) {
            List<String> signs = List.of("…", "!", "●", "○");
            boolean connected = item.connectedProperty().get() != null || item.takesPartInScans();
            return signs.get(item.isAtWork() ? 0 : !item.problemProperty().get().isEmpty() ? 1 : connected ? 2 : 3);
        }
    }
}
