package org.isocenter.app.report;

import java.nio.file.Path;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.notice.NoticesModel;
import org.isocenter.app.text.Messages;
import org.isocenter.session.run.ScanSummary;

/** The report of the scan that is shown. FX thread; reads in the background. */
public final class ReportModel {
    private final Tasks tasks;
    private final NoticesModel notices;
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>();
    private String title = "";
    private final ReadOnlyBooleanWrapper available = new ReadOnlyBooleanWrapper();
    private Path directory;

    /** A report and the scan's name. */
    public record Shown(String title, Path directory, ScanSummary summary) {}

    public ReportModel(Tasks tasks, NoticesModel notices) {
        this.tasks = tasks;
        this.notices = notices;
    }

    /**
     * Another scan is shown.
     *
     * @param newDirectory where its files are; null for none
     */
    public void follow(String newTitle, Path newDirectory) {
        title = newTitle;
        directory = newDirectory;
        available.set(newDirectory != null);
        if (shown.get() != null) {
            open();
        }
    }

    /** Reads the report of the scan that is shown now. */
    public void open() {
        String wanted = title;
        Path folder = directory;
        if (folder == null) {
            shown.set(null);
            return;
        }
        tasks.run(
                () -> ScanSummary.read(folder),
                summary -> {
                    if (folder.equals(directory)) {
                        shown.set(new Shown(wanted, folder, summary));
                    }
                },
                failure ->
                        notices.addFailure(Messages.text("report.unreadable", wanted, failure.getMessage()), failure));
    }

    /** It is put away. */
    public void close() {
        shown.set(null);
    }

    /** Whether the scan that is shown has one. */
    public ReadOnlyBooleanProperty availableProperty() {
        return available.getReadOnlyProperty();
    }

    /** What is to be seen; null when nothing is. */
    public ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }
}
