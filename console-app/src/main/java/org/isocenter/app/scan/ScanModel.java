package org.isocenter.app.scan;

import java.util.List;
import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.isocenter.app.device.DeviceModel;
import org.isocenter.app.exam.ExamItem;
import org.isocenter.app.exam.ExamModel;
import org.isocenter.app.exam.ItemState;
import org.isocenter.app.exam.PatientModel;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.notice.Notice;
import org.isocenter.app.notice.NoticesModel;
import org.isocenter.app.text.Messages;
import org.isocenter.app.viewer.ViewerModel;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Study;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.run.LiveScan;
import org.isocenter.session.run.ScanEvent;
import org.isocenter.session.run.ScanRequest;
import org.isocenter.session.run.ScanResult;
import org.isocenter.session.run.ScanSession;
import org.isocenter.session.run.ScanState;

/** Starts and stops scans of the exam, and shows them as they run. FX thread; {@link #stop} any thread. */
public final class ScanModel {
    private final ScanSession session;
    private final Archive archive;
    private final Parts parts;
    private final Tasks tasks;
    private final ReadOnlyObjectWrapper<ScanState> state = new ReadOnlyObjectWrapper<>(ScanState.IDLE);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private final ReadOnlyDoubleWrapper secondsLeft = new ReadOnlyDoubleWrapper(Double.NaN);
    private final ReadOnlyObjectWrapper<ExamItem> running = new ReadOnlyObjectWrapper<>();
    private BiConsumer<ExamItem, ScanResult> onFinished = (item, result) -> {};
    private String scanId = "";
    private LiveScan live;
    private int scansStarted;
    private volatile boolean stopWanted;

    /** The models that a scan touches. */
    public record Parts(
            ExamModel exam, PatientModel patient, DeviceModel device, ViewerModel viewer, NoticesModel notices) {}

    public ScanModel(ScanSession session, Archive archive, Parts parts, Tasks tasks) {
        this.session = session;
        this.archive = archive;
        this.parts = parts;
        this.tasks = tasks;
        session.subscribe(event -> tasks.ui().execute(() -> onEvent(event)));
    }

    /** Called when a scan has ended and left data. */
    public void setOnFinished(BiConsumer<ExamItem, ScanResult> newOnFinished) {
        onFinished = newOnFinished;
    }

    /** Runs the next scan of the exam, or says why it cannot. */
    public void start() {
        if (busy.get()) {
            return;
        }
        String problem = whyNot();
        if (!problem.isEmpty()) {
            parts.notices().add(Notice.of(Notice.Kind.WARNING, problem));
            return;
        }
        ExamItem item = parts.exam().next().orElseThrow();
        Study study = parts.patient().study();
        int number = ++scansStarted;
        busy.set(true);
        state.set(ScanState.PREPARING);
        running.set(item);
        progress.set(0);
        secondsLeft.set(Double.NaN);
        scanId = "";
        stopWanted = false;
        item.begin();
        parts.exam().selectedProperty().set(item);
        var device = parts.device().foundProperty().get().uri();
        var protocol = item.protocolProperty().get();
        tasks.run(
                () -> begin(new ScanRequest(
                        study,
                        protocol,
                        null,
                        protocol.name(),
                        number * 100 + 1,
                        device,
                        archive.newScanDirectory(study))),
                id -> scanId = id,
                failure -> fail(item, failure.getMessage(), failure));
    }

    /** A Stop that came before there was anything to stop still counts. */
    private String begin(ScanRequest request) {
        String id = session.start(request);
        if (stopWanted) {
            session.abort();
        }
        return id;
    }

    private String whyNot() {
        if (parts.device().foundProperty().get() == null
                || parts.device().linkProperty().get() != DeviceModel.Link.READY) {
            return Messages.text("scan.noDevice");
        }
        if (!parts.patient().problem().isEmpty()) {
            return Messages.text("scan.patientWrong", parts.patient().problem());
        }
        if (parts.exam().next().isPresent()) {
            return "";
        }
        return Messages.text(parts.exam().items().isEmpty() ? "scan.emptyExam" : "scan.nothingReady");
    }

    /** Stops what runs, at once; harmless when nothing does. Any thread. */
    public void stop() {
        stopWanted = true;
        session.abort();
    }

    private void onEvent(ScanEvent event) {
        ExamItem item = running.get();
        if (item == null || !scanId.isEmpty() && !event.scanId().equals(scanId)) {
            return;
        }
        if (event instanceof ScanEvent.StateChanged changed) {
            if (changed.state().isBusy()) {
                state.set(changed.state());
            }
        } else if (event instanceof ScanEvent.Started started) {
            live = started.live();
            secondsLeft.set(live.durationSeconds());
            parts.viewer().kSpace().follow(live.raw());
        } else if (event instanceof ScanEvent.Progress now) {
            progress.set(now.expectedReadouts() == 0 ? 0 : (double) now.readouts() / now.expectedReadouts());
            secondsLeft.set(now.secondsLeft());
        } else if (event instanceof ScanEvent.Finished finished) {
            finish(item, finished.result());
        } else if (event instanceof ScanEvent.Failed failed) {
            fail(item, failed.message(), new IllegalStateException(failed.message(), failed.cause()));
        }
    }

    /** Takes in what is new of the scan under way; once per frame. */
    public void frame() {
        if (live == null) {
            return;
        }
        parts.viewer().kSpace().advance();
        List<ImageVolume> preview = live.preview().take();
        if (preview != null && running.get() != null) {
            parts.viewer().showLive(running.get().protocolProperty().get().name(), preview);
        }
    }

    private void finish(ExamItem item, ScanResult result) {
        frame();
        boolean whole = result.state() == ScanState.DONE;
        item.end(whole ? ItemState.DONE : ItemState.STOPPED, result.volumes());
        String name = item.protocolProperty().get().name();
        parts.viewer().show(name, result.volumes());
        if (whole) {
            progress.set(1);
        } else {
            parts.notices().add(Notice.of(Notice.Kind.WARNING, Messages.text("scan.stopped", name)));
        }
        for (String note : result.notes()) {
            parts.notices().add(Notice.of(Notice.Kind.INFO, Messages.text("scan.note", name, note)));
        }
        end(result.state());
        onFinished.accept(item, result);
    }

    private void fail(ExamItem item, String message, Exception cause) {
        String name = item.protocolProperty().get().name();
        item.end(ItemState.FAILED, List.of());
        parts.notices().addFailure(Messages.text("scan.failed", name, message), cause);
        end(ScanState.FAILED);
    }

    private void end(ScanState endState) {
        live = null;
        running.set(null);
        secondsLeft.set(Double.NaN);
        busy.set(false);
        state.set(endState);
    }

    public ReadOnlyObjectProperty<ScanState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Whether a scan is under way. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** 0 to 1. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** Until the last readout; NaN while it is not known. */
    public ReadOnlyDoubleProperty secondsLeftProperty() {
        return secondsLeft.getReadOnlyProperty();
    }

    /** The scan under way, or null. */
    public ReadOnlyObjectProperty<ExamItem> runningProperty() {
        return running.getReadOnlyProperty();
    }
}
