package org.isocenter.app.notice;

import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.isocenter.app.text.Messages;

/** The newest message, on a strip that is gone when there is none. FX thread. */
public final class NoticeStrip extends HBox {
    private final NoticesModel model;

    public NoticeStrip(NoticesModel model) {
        super(10);
        this.model = model;
        setId("notices");
        getStyleClass().add("notice-strip");
        setAlignment(Pos.CENTER_LEFT);
        model.notices().addListener((InvalidationListener) o -> update());
        update();
    }

    private void update() {
        getChildren().clear();
        boolean any = !model.notices().isEmpty();
        setVisible(any);
        setManaged(any);
        if (!any) {
            return;
        }
        Notice notice = model.notices().get(0);
        getStyleClass().removeIf(s -> s.startsWith("notice-kind-"));
        getStyleClass().add("notice-kind-" + notice.kind().name().toLowerCase(Locale.ROOT));
        Label sign = new Label(notice.kind().sign());
        sign.getStyleClass().add("notice-sign");
        sign.setAccessibleText(Messages.text("notice." + notice.kind().name().toLowerCase(Locale.ROOT)));
        Label text = new Label(notice.text());
        text.setId("notice-text");
        text.setWrapText(true);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        getChildren().addAll(sign, text);
        for (Notice.Action action : notice.actions()) {
            Button button = new Button(action.label());
            button.getStyleClass().add("notice-action");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setOnAction(e -> {
                model.dismiss(notice);
                action.run().run();
            });
            getChildren().add(button);
        }
        if (model.notices().size() > 1) {
            Label more = new Label(Messages.text("notice.more", model.notices().size() - 1));
            more.getStyleClass().add("hint");
            more.setMinWidth(Region.USE_PREF_SIZE);
            getChildren().add(more);
        }
        Button close = new Button(Messages.text("notice.dismiss"));
        close.setId("notice-dismiss");
        close.getStyleClass().add("quiet");
        close.setMinWidth(Region.USE_PREF_SIZE);
        close.setOnAction(e -> model.dismiss(notice));
        getChildren().add(close);
    }
}
