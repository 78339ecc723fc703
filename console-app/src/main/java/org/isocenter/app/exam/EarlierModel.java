package org.isocenter.app.exam;

import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.notice.Notice;
import org.isocenter.app.notice.NoticesModel;
import org.isocenter.app.text.Messages;
import org.isocenter.recon.Reconstruction;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedScan;
import org.isocenter.session.archive.ArchivedStudy;

/** What the archive holds. Every read is done in the background. FX thread. */
public final class EarlierModel {
    private final Archive archive;
    private final Reconstruction reconstruction;
    private final Tasks tasks;
    private final NoticesModel notices;
    private final Consumer<SavedScan> onOpen;
    private final ObservableList<ArchivedStudy> studies = FXCollections.observableArrayList();

    /** @param onOpen gets the images of a scan that was chosen */
    public EarlierModel(
            Archive archive,
            Reconstruction reconstruction,
            Tasks tasks,
            NoticesModel notices,
            Consumer<SavedScan> onOpen) {
        this.archive = archive;
        this.reconstruction = reconstruction;
        this.tasks = tasks;
        this.notices = notices;
        this.onOpen = onOpen;
    }

    /** Newest first. */
    public ObservableList<ArchivedStudy> studies() {
        return studies;
    }

    /** Reads the list again. */
    public void refresh() {
        tasks.run(
                archive::studies,
                studies::setAll,
                failure -> notices.addFailure(Messages.text("earlier.unreadable", failure.getMessage()), failure));
    }

    /** Loads a scan's images and shows them. */
    public void open(ArchivedScan scan) {
        tasks.run(
                () -> SavedScan.load(scan, reconstruction),
                saved -> {
                    if (saved.images().isEmpty()) {
                        notices.add(
                                Notice.of(Notice.Kind.WARNING, Messages.text("earlier.noImages", scan.protocolName())));
                    } else {
                        onOpen.accept(saved);
                    }
                },
                failure -> notices.addFailure(
                        Messages.text("earlier.notOpened", scan.protocolName(), failure.getMessage()), failure));
    }
}
