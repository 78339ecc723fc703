package org.isocenter.app.notice;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The messages that have not been put away, newest first. FX thread. */
public final class NoticesModel {
    private static final Logger LOG = LoggerFactory.getLogger(NoticesModel.class);
    private static final int KEPT = 20;
    private final ObservableList<Notice> notices = FXCollections.observableArrayList();

    public ObservableList<Notice> notices() {
        return notices;
    }

    public void add(Notice notice) {
        notices.removeIf(n -> n.text().equals(notice.text()));
        notices.add(0, notice);
        if (notices.size() > KEPT) {
            notices.remove(KEPT, notices.size());
        }
    }

    /** Something failed: {@code text} for the operator with next steps, the cause for the log. */
    public void addFailure(String text, Exception cause, Notice.Action... actions) {
        LOG.warn("shown to the operator as a failure", cause);
        add(Notice.of(Notice.Kind.ERROR, text, actions));
    }

    public void dismiss(Notice notice) {
        notices.remove(notice);
    }
}
