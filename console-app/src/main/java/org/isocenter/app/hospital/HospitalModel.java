package org.isocenter.app.hospital;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.notice.Notice;
import org.isocenter.app.notice.NoticesModel;
import org.isocenter.app.text.Messages;
import org.isocenter.dicom.net.AbortSwitch;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.archive.OutboxStore;
import org.isocenter.session.archive.ScanExport;
import org.isocenter.session.dicom.ConnectionTest;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.hospital.Hospital;
import org.isocenter.session.outbox.Exports;

/** What waits to be sent, and whom this console speaks DICOM with. FX thread; disk and network in the background. */
public final class HospitalModel {
    private final Hospital hospital;
    private final Tasks tasks;
    private final Tasks network;
    private final NoticesModel notices;
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final ReadOnlyObjectWrapper<DicomSettings> settings = new ReadOnlyObjectWrapper<>(DicomSettings.DEFAULT);
    private final ReadOnlyObjectWrapper<OutboxStore.Counts> counts =
            new ReadOnlyObjectWrapper<>(OutboxStore.Counts.NONE);
    private final ObservableList<OutboxGroup> waiting = FXCollections.observableArrayList();

    /** What the outbox holds, read at once. */
    private record Content(OutboxStore.Counts counts, List<OutboxGroup> groups) {}

    /**
     * @param tasks for what waits for the disk
     * @param network for what waits for others: must have a thread for each
     */
    public HospitalModel(Hospital hospital, Tasks tasks, Tasks network, NoticesModel notices) {
        this.hospital = hospital;
        this.tasks = tasks;
        this.network = network;
        this.notices = notices;
        hospital.outbox().subscribe(this::refreshSoon);
    }

    /** Reads the settings, and begins to send and to listen as they say. */
    public void begin() {
        tasks.run(
                () -> {
                    hospital.outbox().start();
                    return hospital.settings();
                },
                read -> {
                    settings.set(read);
                    listen();
                },
                failure -> notices.addFailure(Messages.text("hospital.settings.unusable", text(failure)), failure));
        refresh();
    }

    private static String text(Exception failure) {
        return failure instanceof IOException ? failure.getMessage() : failure.toString();
    }

    /** Any thread. */
    private void refreshSoon() {
        if (refreshing.compareAndSet(false, true)) {
            tasks.ui().execute(this::refresh);
        }
    }

    /** Reads the outbox again. */
    public void refresh() {
        refreshing.set(false);
        OutboxStore store = hospital.store();
        tasks.run(
                () -> new Content(store.counts(), OutboxGroup.of(store.open())),
                content -> {
                    tellOfRefused(content.counts());
                    counts.set(content.counts());
                    waiting.setAll(content.groups());
                },
                failure -> notices.addFailure(Messages.text("outbox.unreadable", failure.getMessage()), failure));
    }

    private void tellOfRefused(OutboxStore.Counts now) {
        if (now.failed() > counts.get().failed()) {
            notices.add(Notice.of(Notice.Kind.WARNING, Messages.text("outbox.refused", now.failed())));
        }
    }

    /** Sends these again at once. */
    public void retry(OutboxGroup group) {
        change(() -> hospital.store().retry(group.numbers()));
    }

    /** Sends all again that was refused. */
    public void retryRefused() {
        List<Long> refused = waiting.stream()
                .flatMap(group -> group.rows().stream())
                .filter(row -> row.state() == OutboxState.FAILED)
                .map(OutboxRow::number)
                .toList();
        change(() -> hospital.store().retry(refused));
    }

    /** These are not to be sent any more. They can be sent by hand later. */
    public void cancel(OutboxGroup group) {
        change(() -> hospital.store().cancel(group.numbers()));
    }

    private void change(Runnable work) {
        tasks.run(
                () -> {
                    work.run();
                    hospital.outbox().wake();
                    return work;
                },
                done -> refresh(),
                failure -> notices.addFailure(Messages.text("outbox.unchanged", failure.getMessage()), failure));
    }

    /** Keeps these settings and listens as they say. They must be such as can be kept: {@link DicomSettings#problem}. */
    public void keep(DicomSettings wanted, Runnable kept) {
        tasks.run(
                () -> {
                    hospital.keep(wanted);
                    return wanted;
                },
                now -> {
                    settings.set(now);
                    kept.run();
                    listen();
                },
                failure -> notices.addFailure(Messages.text("hospital.settings.notKept", text(failure)), failure));
    }

    private void listen() {
        tasks.run(
                hospital::listen,
                port -> {},
                failure -> notices.addFailure(Messages.text("hospital.notListening", text(failure)), failure));
    }

    /**
     * Tests a connection with settings that need not be kept yet.
     *
     * @param abort ends it
     * @return what becomes of it
     */
    public ReadOnlyObjectProperty<Optional<ConnectionTest.Result>> test(
            Destination destination, DicomSettings with, AbortSwitch abort) {
        ReadOnlyObjectWrapper<Optional<ConnectionTest.Result>> result = new ReadOnlyObjectWrapper<>(Optional.empty());
        network.run(
                () -> ConnectionTest.of(
                        destination,
                        with,
                        end -> abort.endsBy(() -> network.background().execute(end))),
                found -> result.set(Optional.of(found)),
                failure -> result.set(Optional.of(
                        new ConnectionTest.Result(ConnectionTest.Verdict.UNREACHABLE, failure.toString()))));
        return result.getReadOnlyProperty();
    }

    /** Where the images of the next scan go. */
    public List<ScanExport> exports() {
        return Exports.to(settings.get().automatic());
    }

    public ReadOnlyObjectProperty<DicomSettings> settingsProperty() {
        return settings.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<OutboxStore.Counts> countsProperty() {
        return counts.getReadOnlyProperty();
    }

    /** What is not done, alike rows together, the oldest first. */
    public ObservableList<OutboxGroup> waiting() {
        return waiting;
    }
}
