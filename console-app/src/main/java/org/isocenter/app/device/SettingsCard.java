package org.isocenter.app.device;

import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.isocenter.app.fx.ChoiceText;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.virtual.phantom.Phantoms;
import org.isocenter.session.run.DicomOutput;

/** A small card over the window: the scanner's address and the theme. Not modal. FX thread. */
public final class SettingsCard extends VBox {
    private final DeviceModel model;
    private final TextField address = new TextField();
    private final ComboBox<DicomOutput.Objects> objects =
            new ComboBox<>(FXCollections.observableArrayList(DicomOutput.Objects.values()));
    private final CheckBox report = new CheckBox(Messages.text("settings.report"));
    private final CheckBox light = new CheckBox(Messages.text("settings.light"));

    /** @param openInstruments opens the instruments beside the scanner */
    public SettingsCard(DeviceModel model, Runnable openInstruments) {
        super(10);
        this.model = model;
        setId("settings");
        getStyleClass().add("popover-card");
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        Label title = new Label(Messages.text("settings.title"));
        title.getStyleClass().add("card-title");
        Label device = new Label(Messages.text("settings.device"));
        device.setLabelFor(address);
        Label hint = new Label(Messages.text("settings.device.hint"));
        hint.getStyleClass().add("hint");
        hint.setWrapText(true);
        address.setId("settings-device");
        address.setOnAction(e -> keep());
        Button apply = new Button(Messages.text("settings.apply"));
        apply.setId("settings-apply");
        apply.getStyleClass().add("primary");
        apply.setOnAction(e -> keep());
        Button close = new Button(Messages.text("settings.close"));
        close.setOnAction(e -> hide());
        Button instruments = new Button(Messages.text("instrument.open"));
        instruments.setId("settings-instruments");
        instruments.setOnAction(e -> {
            hide();
            openInstruments.run();
        });
        objects.setId("settings-dicom");
        objects.setConverter(new ChoiceText<>(each -> Messages.text("settings.dicom." + Preferences.key(each))));
        objects.setMaxWidth(Double.MAX_VALUE);
        report.setId("settings-report");
        report.setWrapText(true);
        Label dicom = new Label(Messages.text("settings.dicom"));
        dicom.setLabelFor(objects);
        getChildren()
                .addAll(
                        title,
                        device,
                        address,
                        hint,
                        phantoms(),
                        instruments,
                        dicom,
                        objects,
                        report,
                        light,
                        new HBox(8, apply, close));
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                hide();
                e.consume();
            }
        });
        hide();
    }

    /** What can lie in a simulated scanner: puts it into the address. */
    private MenuButton phantoms() {
        MenuButton button = new MenuButton(Messages.text("settings.phantom"));
        button.setId("settings-phantom");
        button.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> !VirtualAddress.is(address.getText()), address.textProperty()));
        for (String name : Phantoms.names()) {
            MenuItem item = new MenuItem(Messages.text("settings.phantom.item", name, Phantoms.description(name)));
            item.setOnAction(e -> address.setText(VirtualAddress.withPhantom(address.getText(), name)));
            button.getItems().add(item);
        }
        return button;
    }

    /** Shows it, or puts it away. */
    public void toggle() {
        if (isVisible()) {
            hide();
            return;
        }
        Preferences now = model.preferencesProperty().get();
        address.setText(now.device());
        light.setSelected(now.light());
        objects.setValue(now.dicom());
        report.setSelected(now.report());
        setVisible(true);
        setManaged(true);
        address.requestFocus();
    }

    private void keep() {
        Preferences now = model.preferencesProperty().get();
        model.prefer(new Preferences(
                address.getText().strip(),
                light.isSelected(),
                now.instruments(),
                objects.getValue(),
                report.isSelected()));
        hide();
    }

    private void hide() {
        setVisible(false);
        setManaged(false);
    }
}
