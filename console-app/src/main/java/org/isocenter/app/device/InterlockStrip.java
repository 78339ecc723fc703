package org.isocenter.app.device;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.Interlock;

/** Across the whole window while an interlock is latched: what tripped, and the only way to go on. FX thread. */
public final class InterlockStrip extends HBox {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Label title = new Label();

    public InterlockStrip(DeviceModel model) {
        super(16);
        setId("interlock");
        getStyleClass().add("interlock-strip");
        setAlignment(Pos.CENTER_LEFT);
        Label sign = new Label("⚠");
        sign.getStyleClass().add("interlock-sign");
        sign.setMinWidth(Region.USE_PREF_SIZE);
        title.setId("interlock-text");
        title.getStyleClass().add("interlock-title");
        title.setWrapText(true);
        Label next = new Label(Messages.text("interlock.next"));
        next.setWrapText(true);
        VBox words = new VBox(2, title, next);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button acknowledge = new Button(Messages.text("interlock.acknowledge"));
        acknowledge.setId("interlock-acknowledge");
        acknowledge.getStyleClass().add("interlock-button");
        acknowledge.setMinWidth(Region.USE_PREF_SIZE);
        acknowledge.setOnAction(e -> model.acknowledge());
        getChildren().addAll(sign, words, acknowledge);
        model.interlocksProperty().addListener((o, before, now) -> show(now));
        show(model.interlocksProperty().get());
    }

    private void show(List<Interlock> latched) {
        setVisible(!latched.isEmpty());
        setManaged(!latched.isEmpty());
        title.setText(latched.stream()
                .map(each -> Messages.text("interlock.title", each.text(), TIME.format(each.since())))
                .collect(Collectors.joining("\n")));
    }
}
