package org.isocenter.app.device;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Messages;

/** Across the whole window while an interlock is latched: on which device, what tripped, and the only way to go on. FX thread. */
public final class InterlockStrip extends VBox {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final InterlocksModel model;

    public InterlockStrip(InterlocksModel model) {
        this.model = model;
        setId("interlock");
        model.latchedProperty().addListener((o, before, now) -> show(now));
        show(model.latchedProperty().get());
    }

    private void show(List<InterlocksModel.Latched> latched) {
        setVisible(!latched.isEmpty());
        setManaged(!latched.isEmpty());
        getChildren().setAll(latched.stream().map(this::line).toList());
    }

    private Node line(InterlocksModel.Latched latched) {
        Label sign = new Label("⚠");
        sign.getStyleClass().add("interlock-sign");
        sign.setMinWidth(Region.USE_PREF_SIZE);
        Label title = new Label(latched.interlocks().stream()
                .map(each -> Messages.text("interlock.title", each.text(), TIME.format(each.since())))
                .collect(Collectors.joining("\n")));
        title.setId("interlock-text");
        title.getStyleClass().add("interlock-title");
        title.setWrapText(true);
        Label next = new Label(Messages.text("interlock.next", latched.device()));
        next.setWrapText(true);
        VBox words = new VBox(2, title, next);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button acknowledge = new Button(Messages.text(latched.asking() ? "interlock.asking" : "interlock.acknowledge"));
        acknowledge.setId("interlock-acknowledge");
        acknowledge.getStyleClass().add("interlock-button");
        acknowledge.setMinWidth(Region.USE_PREF_SIZE);
        acknowledge.setDisable(latched.asking());
        acknowledge.setOnAction(e -> model.acknowledge(latched.device()));
        HBox line = new HBox(16, sign, words, acknowledge);
        line.getStyleClass().add("interlock-strip");
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }
}
