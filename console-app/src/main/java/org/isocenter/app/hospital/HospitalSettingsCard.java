package org.isocenter.app.hospital;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.Property;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Messages;
import org.isocenter.dicom.net.AbortSwitch;
import org.isocenter.session.dicom.ConnectionTest;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.DicomSettingsException;
import org.isocenter.session.dicom.NetworkOptions;

/** A card over the window: what this console is called, and whom it speaks DICOM with. Not modal. FX thread. */
public final class HospitalSettingsCard extends VBox {
    private final HospitalModel model;
    private final TextField aeTitle = new TextField();
    private final TextField port = new TextField();
    private final ObservableList<DestinationDraft> drafts =
            FXCollections.observableArrayList(draft -> new Property<?>[] {draft.name});
    private final ListView<DestinationDraft> list = new ListView<>(drafts);
    private final ScrollPane form = new ScrollPane();
    private final Label problem = new Label();
    private Optional<DicomSettings.Listening> listening = Optional.empty();
    /** Not shown: kept as it was. */
    private NetworkOptions network = NetworkOptions.USUAL;

    public HospitalSettingsCard(HospitalModel model) {
        super(10);
        this.model = model;
        setId("hospital-settings");
        getStyleClass().addAll("popover-card", "hospital-card");
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        Label title = new Label(Messages.text("hospital.settings.title"));
        title.getStyleClass().add("card-title");
        aeTitle.setId("hospital-ae");
        port.setId("hospital-port");
        port.setPromptText(Messages.text("hospital.port.none"));
        port.setPrefColumnCount(6);
        GridPane own = new GridPane();
        own.setHgap(8);
        own.setVgap(6);
        own.addRow(0, label("hospital.aeTitle", aeTitle), aeTitle, label("hospital.port", port), port);
        list.setId("hospital-destinations");
        list.setPrefWidth(190);
        list.setMinWidth(190);
        list.getStyleClass().add("destination-list");
        list.setCellFactory(l -> new Cell());
        list.setAccessibleText(Messages.text("hospital.destinations"));
        list.getSelectionModel().selectedItemProperty().addListener((o, before, now) -> showForm(now));
        Button add = new Button(Messages.text("hospital.add"));
        add.setId("hospital-add");
        add.setOnAction(e -> add());
        Button remove = new Button(Messages.text("hospital.remove"));
        remove.setId("hospital-remove");
        remove.disableProperty()
                .bind(list.getSelectionModel().selectedItemProperty().isNull());
        remove.setOnAction(e -> drafts.remove(list.getSelectionModel().getSelectedItem()));
        VBox left = new VBox(8, list, new HBox(8, add, remove));
        VBox.setVgrow(list, Priority.ALWAYS);
        form.getStyleClass().add("plain-scroll");
        form.setFitToWidth(true);
        form.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        form.setPrefViewportHeight(400);
        HBox.setHgrow(form, Priority.ALWAYS);
        HBox middle = new HBox(16, left, form);
        middle.setMinHeight(0);
        VBox.setVgrow(middle, Priority.ALWAYS);
        problem.setId("hospital-problem");
        problem.getStyleClass().add("problem-label");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        Button apply = new Button(Messages.text("settings.apply"));
        apply.setId("hospital-apply");
        apply.getStyleClass().add("primary");
        apply.setOnAction(e -> apply());
        Button close = new Button(Messages.text("settings.close"));
        close.setOnAction(e -> hide());
        getChildren().addAll(title, own, middle, problem, new HBox(8, apply, close));
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                hide();
                e.consume();
            }
        });
        show("");
        hide();
    }

    private static Label label(String key, Node of) {
        Label label = new Label(Messages.text(key));
        label.setLabelFor(of);
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.getStyleClass().add("parameter-label");
        return label;
    }

    /** Shows it with the settings as they are kept, or puts it away. */
    public void toggle() {
        if (isVisible()) {
            hide();
            return;
        }
        DicomSettings now = model.settingsProperty().get();
        listening = now.listening();
        network = now.network();
        aeTitle.setText(now.localAeTitle());
        port.setText(listening.map(l -> Integer.toString(l.port())).orElse(""));
        drafts.setAll(now.destinations().stream().map(DestinationDraft::new).toList());
        list.getSelectionModel().selectFirst();
        showForm(list.getSelectionModel().getSelectedItem());
        show("");
        setVisible(true);
        setManaged(true);
        aeTitle.requestFocus();
    }

    private void hide() {
        setVisible(false);
        setManaged(false);
    }

    private void add() {
        drafts.add(new DestinationDraft());
        list.getSelectionModel().selectLast();
    }

    private void showForm(DestinationDraft draft) {
        if (draft == null) {
            Label nothing = new Label(Messages.text("hospital.none"));
            nothing.getStyleClass().add("hint");
            nothing.setWrapText(true);
            form.setContent(nothing);
        } else {
            form.setContent(new DestinationForm(draft, network, abort -> test(draft, abort)));
        }
    }

    /** What is typed wrong is the answer; nobody is asked then. */
    private ReadOnlyObjectProperty<Optional<ConnectionTest.Result>> test(DestinationDraft draft, AbortSwitch abort) {
        Optional<DicomSettingsException> wrong = new DicomSettings(
                        aeTitle.getText().strip(), Optional.empty(), network, List.of(draft.destination()))
                .problem();
        return wrong.map(this::answer).orElseGet(() -> model.test(draft.destination(), typed(), abort));
    }

    private ReadOnlyObjectProperty<Optional<ConnectionTest.Result>> answer(DicomSettingsException wrong) {
        String text = Messages.text("hospital.problem", field(wrong.key()), wrong.what(), wrong.remedy());
        return new ReadOnlyObjectWrapper<>(
                        Optional.of(new ConnectionTest.Result(ConnectionTest.Verdict.UNREACHABLE, text)))
                .getReadOnlyProperty();
    }

    /** As typed, right or wrong. */
    private DicomSettings typed() {
        Optional<DicomSettings.Listening> listen = port.getText().isBlank()
                ? Optional.empty()
                : Optional.of(new DicomSettings.Listening(
                        DestinationDraft.number(port.getText()), listening.flatMap(DicomSettings.Listening::tls)));
        return new DicomSettings(
                aeTitle.getText().strip(),
                listen,
                network,
                drafts.stream().map(DestinationDraft::destination).toList());
    }

    private void apply() {
        DicomSettings typed = typed();
        Optional<DicomSettingsException> wrong = typed.problem();
        if (wrong.isPresent()) {
            show(Messages.text(
                    "hospital.problem",
                    where(wrong.get().key()),
                    wrong.get().what(),
                    wrong.get().remedy()));
            return;
        }
        show("");
        model.keep(typed, this::hide);
    }

    /** The form's words for a key of the file: the destination's name and the field's. */
    private String where(String key) {
        if (!key.startsWith("destinations[")) {
            return field(key);
        }
        int index = Integer.parseInt(key.substring("destinations[".length(), key.indexOf(']')));
        list.getSelectionModel().select(index);
        String name = drafts.get(index).name.get();
        return Messages.text("hospital.key.destination", name.isBlank() ? index + 1 : name, field(key));
    }

    /** The form's word for the field of a key. */
    private static String field(String key) {
        String field = key.replaceFirst("^destinations\\[[0-9]*]\\.", "").replaceFirst("^network\\.", "");
        boolean ofDestination = key.startsWith("destinations[");
        return Messages.text("hospital.key." + (ofDestination ? field.replaceAll("[^A-Za-z].*", "") : key));
    }

    private void show(String text) {
        problem.setText(text);
        problem.setVisible(!text.isEmpty());
        problem.setManaged(!text.isEmpty());
    }

    private static final class Cell extends ListCell<DestinationDraft> {
        @Override
        protected void updateItem(DestinationDraft draft, boolean empty) {
            super.updateItem(draft, empty);
            if (empty || draft == null) {
                setText(null);
            } else {
                setText(draft.name.get().isBlank() ? Messages.text("hospital.unnamed") : draft.name.get());
            }
        }
    }
}
