package org.isocenter.app.device;

import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.virtual.phantom.Phantoms;

/** A small card over the window: the scanner's address and the theme. Not modal. FX thread. */
public final class SettingsCard extends VBox {
    private final DeviceModel model;
    private final TextField address = new TextField();
    private final CheckBox light = new CheckBox(Messages.text("settings.light"));

    public SettingsCard(DeviceModel model) {
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
        getChildren().addAll(title, device, address, hint, phantoms(), light, new HBox(8, apply, close));
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
        setVisible(true);
        setManaged(true);
        address.requestFocus();
    }

    private void keep() {
        model.prefer(new Preferences(address.getText().strip(), light.isSelected()));
        hide();
    }

    private void hide() {
        setVisible(false);
        setManaged(false);
    }
}
