package org.isocenter.app.hospital;

import java.util.Optional;
import java.util.function.Function;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.isocenter.app.fx.ChoiceText;
import org.isocenter.app.text.Messages;
import org.isocenter.dicom.net.AbortSwitch;
import org.isocenter.session.dicom.ConnectionTest;
import org.isocenter.session.dicom.NetworkOption;
import org.isocenter.session.dicom.NetworkOptions;
import org.isocenter.session.dicom.Service;

/** One destination's fields, and the test of its connection. FX thread. */
final class DestinationForm extends VBox {
    private final DestinationDraft draft;
    private final GridPane grid = new GridPane();
    private final Label verdict = new Label();
    private final ProgressIndicator busy = new ProgressIndicator();
    private final Button test = new Button();
    private int rows;

    /** Ends the test that is under way; one that was ended is not looked at any more. */
    private Optional<AbortSwitch> running = Optional.empty();

    /**
     * @param usual how the network behaves where nothing else is typed
     * @param start begins a test of what is typed now, which the switch ends
     */
    DestinationForm(
            DestinationDraft draft,
            NetworkOptions usual,
            Function<AbortSwitch, ReadOnlyObjectProperty<Optional<ConnectionTest.Result>>> start) {
        super(10);
        this.draft = draft;
        grid.setHgap(8);
        grid.setVgap(6);
        ComboBox<DestinationDraft.Kind> kind = new ComboBox<>();
        kind.getItems().addAll(DestinationDraft.Kind.values());
        kind.setConverter(new ChoiceText<>(each -> Messages.text("hospital.kind." + each.name())));
        kind.valueProperty().bindBidirectional(draft.kind);
        kind.setMaxWidth(Double.MAX_VALUE);
        kind.setId("destination-kind");
        ObservableValue<Boolean> dimse = draft.kind.map(now -> now == DestinationDraft.Kind.DIMSE);
        ObservableValue<Boolean> web = dimse.map(is -> !is);
        ObservableValue<Boolean> always = draft.kind.map(now -> true);
        row("name", field("name", draft.name), always);
        row("kind", kind, always);
        row("aeTitle", field("aeTitle", draft.aeTitle), dimse);
        row("host", field("host", draft.host), dimse);
        row("port", field("port", draft.port), dimse);
        row("url", field("url", draft.url), web);
        row("tokenFile", field("tokenFile", draft.tokenFile), web);
        row("services", services(), always);
        CheckBox automatic = new CheckBox(Messages.text("hospital.automatic"));
        automatic.setId("destination-automatic");
        automatic.selectedProperty().bindBidirectional(draft.automatic);
        automatic.setWrapText(true);
        CheckBox encrypted = new CheckBox(Messages.text("hospital.encrypted"));
        encrypted.setId("destination-encrypted");
        encrypted.selectedProperty().bindBidirectional(draft.encrypted);
        row("", automatic, draft.services.get(Service.STORE));
        row("", encrypted, always);
        row("trust", field("trust", draft.trust), draft.encrypted);
        row("certificate", field("certificate", draft.certificate), draft.encrypted);
        row("key", field("key", draft.key), draft.encrypted);
        network(usual);
        test.setId("destination-test");
        test.setMinWidth(Region.USE_PREF_SIZE);
        test.setOnAction(e -> {
            if (running.isPresent()) {
                cancel();
            } else {
                begin(start);
            }
        });
        busy.setPrefSize(20, 20);
        verdict.setId("destination-verdict");
        verdict.setWrapText(true);
        verdict.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(verdict, Priority.ALWAYS);
        HBox line = new HBox(10, test, busy, verdict);
        line.setAlignment(Pos.CENTER_LEFT);
        // First, so that it stays in sight however long the form is.
        getChildren().addAll(line, grid);
        idle("");
    }

    /** What of the network can be set for this destination; put away until somebody needs it, or has set some. */
    private void network(NetworkOptions usual) {
        CheckBox more = new CheckBox(Messages.text("hospital.network"));
        more.setId("destination-network");
        more.setWrapText(true);
        more.setSelected(
                draft.network.values().stream().anyMatch(each -> !each.get().isBlank()));
        row("", more, new SimpleBooleanProperty(true));
        for (NetworkOption option : NetworkOption.values()) {
            boolean ofDimse = NetworkOption.of(false).contains(option);
            boolean ofWeb = NetworkOption.of(true).contains(option);
            if (!ofDimse && !ofWeb) {
                continue;
            }
            TextField field = field(option.key(), draft.network.get(option));
            field.setPrefColumnCount(8);
            field.promptTextProperty().bind(draft.kind.map(kind -> {
                boolean web = kind != DestinationDraft.Kind.DIMSE;
                return Messages.text(
                        "hospital.network.usual",
                        Integer.toString(usual.acting(option, web)),
                        Integer.toString(option.least()),
                        Integer.toString(option.most()));
            }));
            row(
                    option.key(),
                    field,
                    Bindings.createBooleanBinding(
                            () -> more.isSelected()
                                    && (draft.kind.get() == DestinationDraft.Kind.DIMSE ? ofDimse : ofWeb),
                            more.selectedProperty(),
                            draft.kind));
        }
    }

    private void begin(Function<AbortSwitch, ReadOnlyObjectProperty<Optional<ConnectionTest.Result>>> start) {
        AbortSwitch abort = new AbortSwitch();
        running = Optional.of(abort);
        test.setText(Messages.text("hospital.test.cancel"));
        busy.setVisible(true);
        busy.setManaged(true);
        verdict.setText(Messages.text("hospital.test.running"));
        ReadOnlyObjectProperty<Optional<ConnectionTest.Result>> result = start.apply(abort);
        InvalidationListener look = o -> result.get().ifPresent(found -> {
            if (!abort.isAborted()) {
                idle(
                        found.verdict() == ConnectionTest.Verdict.ANSWERED
                                ? Messages.text("hospital.test.answered", found.text())
                                : Messages.text("hospital.test.failed", found.text()));
            }
        });
        result.addListener(look);
        look.invalidated(result);
    }

    private void cancel() {
        running.ifPresent(AbortSwitch::abort);
        idle(Messages.text("hospital.test.cancelled"));
    }

    private void idle(String text) {
        running = Optional.empty();
        test.setText(Messages.text("hospital.test"));
        busy.setVisible(false);
        busy.setManaged(false);
        verdict.setText(text);
    }

    private TextField field(String name, StringProperty value) {
        TextField field = new TextField();
        field.setId("destination-" + name);
        field.textProperty().bindBidirectional(value);
        field.setMaxWidth(Double.MAX_VALUE);
        return field;
    }

    private Node services() {
        FlowPane pane = new FlowPane(12, 6);
        pane.setPrefWrapLength(300);
        draft.services.forEach((service, chosen) -> {
            CheckBox box = new CheckBox(Messages.text("hospital.service." + service.name()));
            box.setId("destination-" + service.text());
            box.selectedProperty().bindBidirectional(chosen);
            InvalidationListener possible = o -> {
                boolean is = draft.possible().contains(service);
                box.setVisible(is);
                box.setManaged(is);
            };
            draft.kind.addListener(possible);
            possible.invalidated(draft.kind);
            pane.getChildren().add(box);
        });
        return pane;
    }

    private void row(String key, Node editor, ObservableValue<Boolean> shown) {
        Label label = new Label(key.isEmpty() ? "" : Messages.text("hospital.key." + key));
        label.getStyleClass().add("parameter-label");
        label.setLabelFor(editor);
        label.setMinWidth(110);
        editor.setAccessibleText(label.getText());
        GridPane.setHgrow(editor, Priority.ALWAYS);
        grid.addRow(rows++, label, editor);
        for (Node node : new Node[] {label, editor}) {
            node.setVisible(shown.getValue());
            node.setManaged(shown.getValue());
            node.visibleProperty().bind(shown);
            node.managedProperty().bind(shown);
        }
    }
}
