package org.isocenter.app.hospital;

import java.util.List;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Messages;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.archive.OutboxStore;

/** A card over the window: what waits to be sent, why, and what can be done about it. Not modal. FX thread. */
public final class OutboxCard extends VBox {
    private static final double LIST_HEIGHT = 320;

    /** More alike fates than that nobody reads; what is done makes place for the next. */
    private static final int MOST_LINES = 100;

    private final HospitalModel model;
    private final VBox lines = new VBox(8);
    private List<String> shown = List.of();

    /** @param openSettings opens the settings of the hospital's systems */
    public OutboxCard(HospitalModel model, Runnable openSettings) {
        super(10);
        this.model = model;
        setId("outbox");
        getStyleClass().addAll("popover-card", "outbox-card");
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        Label title = new Label(Messages.text("outbox.title"));
        title.getStyleClass().add("card-title");
        Label summary = new Label();
        summary.setId("outbox-summary");
        summary.getStyleClass().add("hint");
        summary.setWrapText(true);
        ScrollPane list = new ScrollPane(lines);
        list.setId("outbox-list");
        list.getStyleClass().add("plain-scroll");
        list.setFitToWidth(true);
        list.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        list.setPrefViewportHeight(LIST_HEIGHT);
        Button retryAll = new Button(Messages.text("outbox.retryRefused"));
        retryAll.setId("outbox-retry-all");
        retryAll.setOnAction(e -> model.retryRefused());
        Button settings = new Button(Messages.text("hospital.settings.open"));
        settings.setId("outbox-settings");
        settings.setOnAction(e -> {
            hide();
            openSettings.run();
        });
        Button close = new Button(Messages.text("settings.close"));
        close.setOnAction(e -> hide());
        getChildren().addAll(title, summary, list, new HBox(8, retryAll, settings, close));
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                hide();
                e.consume();
            }
        });
        InvalidationListener changed = o -> {
            boolean any = !model.waiting().isEmpty();
            list.setVisible(any);
            list.setManaged(any);
            boolean refused = model.waiting().stream().anyMatch(group -> group.state() == OutboxState.FAILED);
            retryAll.setVisible(refused);
            retryAll.setManaged(refused);
            summary.setText((any ? summary() : Messages.text("outbox.empty")) + " "
                    + Messages.text("outbox.kept", OutboxStore.KEPT.toDays()));
            showLines();
        };
        model.waiting().addListener(changed);
        model.countsProperty().addListener(changed);
        changed.invalidated(model.waiting());
        hide();
    }

    private String summary() {
        var counts = model.countsProperty().get();
        return Messages.text(
                "outbox.summary", counts.pending() + counts.sending(), counts.failed(), counts.uncommitted());
    }

    /** Shows it, or puts it away. */
    public void toggle() {
        if (isVisible()) {
            hide();
            return;
        }
        model.refresh();
        setVisible(true);
        setManaged(true);
        requestFocus();
    }

    private void hide() {
        setVisible(false);
        setManaged(false);
    }

    /** Only when they say something else than before: a button that is being pressed must not go away. */
    private void showLines() {
        List<OutboxGroup> groups =
                model.waiting().subList(0, Math.min(MOST_LINES, model.waiting().size()));
        List<String> words = groups.stream()
                .map(group -> group.title() + group.detail() + group.numbers())
                .toList();
        if (!words.equals(shown)) {
            shown = words;
            lines.getChildren().setAll(groups.stream().map(this::line).toList());
        }
    }

    private Node line(OutboxGroup group) {
        Label sign = new Label(sign(group.state()));
        sign.getStyleClass().add("queue-sign");
        Label name = new Label(group.title());
        name.getStyleClass().add("queue-name");
        Label detail = new Label(group.detail());
        detail.getStyleClass().add("queue-detail");
        detail.setWrapText(true);
        detail.setMinHeight(Region.USE_PREF_SIZE);
        VBox words = new VBox(2, name, detail);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox line = new HBox(10, sign, words);
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMinHeight(Region.USE_PREF_SIZE);
        line.getStyleClass()
                .addAll("queue-item", "outbox-" + group.state().name().toLowerCase(Locale.ROOT));
        if (group.canRetry()) {
            line.getChildren().add(button("outbox.retry", () -> model.retry(group)));
        }
        if (group.canCancel()) {
            line.getChildren().add(button("outbox.cancel", () -> model.cancel(group)));
        }
        return line;
    }

    private static Button button(String key, Runnable action) {
        Button button = new Button(Messages.text(key));
        button.getStyleClass().add(key.replace('.', '-'));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(e -> action.run());
        return button;
    }

    private static String sign(OutboxState state) {
        return switch (state) {
            case PENDING -> "…";
            case SENDING -> "▲";
            case FAILED -> "✕";
            default -> "?";
        };
    }
}
