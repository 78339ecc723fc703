package org.isocenter.app.scan;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.isocenter.app.device.DeviceModel;
import org.isocenter.app.device.InterlocksModel;
import org.isocenter.app.exam.ExamItem;
import org.isocenter.app.exam.ExamModel;
import org.isocenter.app.exam.ItemState;
import org.isocenter.app.exam.PatientModel;
import org.isocenter.app.exam.ScanImages;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.instrument.InstrumentsModel;
import org.isocenter.app.notice.Notice;
import org.isocenter.app.notice.NoticesModel;
import org.isocenter.app.text.Messages;
import org.isocenter.app.viewer.ViewerModel;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.StopLatency;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Study;
import org.isocenter.sequence.file.FileSequence;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedScan;
import org.isocenter.session.archive.ScanExport;
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
    private final ReadOnlyBooleanWrapper gettingReady = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private final ReadOnlyDoubleWrapper imagesDone = new ReadOnlyDoubleWrapper(Double.NaN);
    private final ReadOnlyDoubleWrapper secondsLeft = new ReadOnlyDoubleWrapper(Double.NaN);
    private final ReadOnlyObjectWrapper<StopLatency> stopTakes = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
    private final Deque<ArchivedScan> interrupted = new ArrayDeque<>();
    private Runnable onEnded = () -> {};
    private BiConsumer<String, ScanImages> onImages = (name, images) -> {};
    private Supplier<List<ScanExport>> exports = List::of;
    private UnaryOperator<Study> visit = UnaryOperator.identity();

    /** What runs; null while a scan of an earlier day is being finished. */
    private ExamItem item;

    private String scanId = "";
    private LiveScan live;
    /** Why the last start was none; null when there was one. */
    private Notice obstacle;

    private int scansStarted;
    private volatile boolean stopWanted;

    /** The models that a scan touches. */
    public record Parts(
            ExamModel exam,
            PatientModel patient,
            DeviceModel device,
            InstrumentsModel instruments,
            InterlocksModel interlocks,
            ViewerModel viewer,
            NoticesModel notices) {}

    public ScanModel(ScanSession session, Archive archive, Parts parts, Tasks tasks) {
        this.session = session;
        this.archive = archive;
        this.parts = parts;
        this.tasks = tasks;
        parts.device().foundProperty().addListener((o, before, now) -> stopTakes.set(now.stop()));
        session.subscribe(event -> tasks.ui().execute(() -> onEvent(event)));
    }

    /** Called whenever a scan has ended, however it did. */
    public void setOnEnded(Runnable newOnEnded) {
        onEnded = newOnEnded;
    }

    /** Given the name of a scan that has ended, and what there is to see of it. */
    public void setOnImages(BiConsumer<String, ScanImages> newOnImages) {
        onImages = newOnImages;
    }

    /** Asked at the start of each scan where its images go. */
    public void setExports(Supplier<List<ScanExport>> newExports) {
        exports = newExports;
    }

    /** Makes a study the visit that the hospital is told of, at the start of each scan; not called on the FX thread. */
    public void setVisit(UnaryOperator<Study> newVisit) {
        visit = newVisit;
    }

    /** Runs the next scan of the exam, or says why it cannot. */
    public void start() {
        if (busy.get()) {
            return;
        }
        if (obstacle != null) {
            parts.notices().dismiss(obstacle);
            obstacle = null;
        }
        String problem = whyNot();
        if (!problem.isEmpty()) {
            obstacle = Notice.of(Notice.Kind.WARNING, problem);
            parts.notices().add(obstacle);
            return;
        }
        if (isSimulated() && !orders().isEmpty() && !parts.patient().mayBeSimulated()) {
            askForSimulation(orders());
            return;
        }
        item = parts.exam().next().orElseThrow();
        Study study = parts.patient().study();
        int number = ++scansStarted;
        item.begin();
        title.set(item.protocolProperty().get().name());
        begin(ScanState.PREPARING);
        parts.exam().selectedProperty().set(item);
        var device = parts.device().foundProperty().get().uri();
        var protocol = item.protocolProperty().get();
        FileSequence file = item.builder() instanceof FileSequence sequence ? sequence : null;
        List<ScanExport> sendTo = exports.get();
        List<URI> guards = parts.instruments().guards();
        var dicom = parts.device().preferencesProperty().get().output();
        tasks.run(
                () -> launch(new ScanRequest(
                        visit.apply(study),
                        file == null ? protocol : null,
                        file == null ? null : file.file(),
                        protocol.name(),
                        number * 100 + 1,
                        device,
                        archive.newScanDirectory(study),
                        null,
                        false,
                        false,
                        file == null ? Map.of() : file.changed(protocol),
                        guards,
                        sendTo,
                        dicom)),
                id -> scanId = id,
                failure -> fail(failure.getMessage(), failure));
    }

    /** What a simulated scanner sees is nobody's: it must not go out as a patient's unseen. */
    private void askForSimulation(List<ScheduledStep> asked) {
        parts.notices()
                .add(Notice.of(
                        Notice.Kind.WARNING,
                        Messages.text("scan.simulated"),
                        new Notice.Action(Messages.text("scan.simulated.start"), () -> {
                            if (orders().equals(asked)) { // else the answer is of an exam before
                                parts.patient().allowSimulation();
                                start();
                            }
                        })));
    }

    private List<ScheduledStep> orders() {
        return parts.patient().ordersProperty().get();
    }

    private boolean isSimulated() {
        return "virtual".equals(parts.device().foundProperty().get().uri().getScheme());
    }

    /** A Stop that came before there was anything to stop still counts. */
    private String launch(ScanRequest request) {
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
        if (!parts.interlocks().latchedProperty().get().isEmpty()) {
            return Messages.text("scan.interlocked");
        }
        if (parts.instruments().isAtWork()) {
            return Messages.text("scan.instruments");
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

    /** Makes images of scans that were cut short, one after the other, and shows them. */
    public void finishInterrupted(List<ArchivedScan> scans) {
        interrupted.addAll(scans);
        nextInterrupted();
    }

    private void nextInterrupted() {
        ArchivedScan scan = interrupted.peek();
        if (scan == null || busy.get()) {
            return;
        }
        interrupted.poll();
        item = null;
        title.set(scan.protocolName());
        begin(ScanState.RECONSTRUCTING);
        tasks.run(() -> session.finish(scan), id -> scanId = id, failure -> fail(failure.getMessage(), failure));
    }

    private void begin(ScanState first) {
        scanId = "";
        stopWanted = false;
        progress.set(0);
        imagesDone.set(Double.NaN);
        secondsLeft.set(Double.NaN);
        busy.set(true);
        state.set(first);
    }

    private void onEvent(ScanEvent event) {
        if (!busy.get() || !scanId.isEmpty() && !event.scanId().equals(scanId)) {
            return;
        }
        if (event instanceof ScanEvent.StateChanged changed) {
            if (changed.state().isBusy()) {
                state.set(changed.state());
            } else if (changed.state() == ScanState.ABORTED) {
                stoppedWithoutData();
            }
        } else if (event instanceof ScanEvent.Started started) {
            live = started.live();
            secondsLeft.set(live.durationSeconds());
            parts.viewer().follow(live.raw());
        } else if (event instanceof ScanEvent.Preparing preparing) {
            gettingReady.set(preparing.share() < 1);
        } else if (event instanceof ScanEvent.Progress now) {
            gettingReady.set(false);
            progress.set(now.expectedReadouts() == 0 ? 0 : (double) now.readouts() / now.expectedReadouts());
            secondsLeft.set(now.secondsLeft());
        } else if (event instanceof ScanEvent.Reconstructing now) {
            imagesDone.set(now.share());
        } else if (event instanceof ScanEvent.StopTakes now) {
            stopTakes.set(now.latency());
        } else if (event instanceof ScanEvent.Interlocked interlocked) {
            parts.interlocks().show(interlocked.device(), interlocked.interlocks());
        } else if (event instanceof ScanEvent.Finished finished) {
            finish(finished.result());
        } else if (event instanceof ScanEvent.Failed failed) {
            fail(failed.message(), new IllegalStateException(failed.message(), failed.cause()));
            if (scannerIsLost(failed.cause())) {
                parts.device().lost(failed.message(), new IllegalStateException(failed.message(), failed.cause()));
            }
        }
    }

    /** Not an instrument beside it. */
    private boolean scannerIsLost(Throwable cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof ScannerException failure) {
                boolean lost = failure.kind() == ScannerException.Kind.LINK_LOST
                        || failure.kind() == ScannerException.Kind.TIMEOUT;
                return lost
                        && parts.instruments().guards().stream()
                                .noneMatch(each -> each.toString().equals(failure.device()));
            }
        }
        return false;
    }

    /** Takes in what is new of the scan under way; once per frame. */
    public void frame() {
        if (live == null) {
            return;
        }
        parts.viewer().kSpace().advance();
        List<ImageVolume> preview = live.preview().take();
        if (preview != null) {
            parts.viewer().showLive(title.get(), preview);
        }
    }

    private void finish(ScanResult result) {
        frame();
        boolean whole = result.state() == ScanState.DONE;
        ScanImages images = ScanImages.of(
                result.volumes(), result.parts(), result.measurement().orElse(null), result.directory());
        onImages.accept(title.get(), images);
        for (String note : result.notes()) {
            parts.notices().add(Notice.of(Notice.Kind.INFO, Messages.text("scan.note", title.get(), note)));
        }
        if (whole) {
            progress.set(1);
        } else if (item != null) {
            parts.notices().add(Notice.of(Notice.Kind.WARNING, Messages.text("scan.stopped", title.get())));
        }
        if (item == null) {
            parts.notices().add(Notice.of(Notice.Kind.OK, Messages.text("archive.finished", title.get())));
        } else {
            item.end(whole ? ItemState.DONE : ItemState.STOPPED, images);
        }
        end(result.state());
    }

    private void stoppedWithoutData() {
        parts.notices().add(Notice.of(Notice.Kind.WARNING, Messages.text("scan.stoppedEarly", title.get())));
        if (item != null) {
            item.end(ItemState.STOPPED, ScanImages.NONE);
        }
        end(ScanState.ABORTED);
    }

    private void fail(String message, Exception cause) {
        parts.notices()
                .addFailure(
                        Messages.text(item == null ? "archive.notFinished" : "scan.failed", title.get(), message),
                        cause);
        if (item != null) {
            item.end(ItemState.FAILED, ScanImages.NONE);
        }
        end(ScanState.FAILED);
    }

    private void end(ScanState endState) {
        live = null;
        parts.viewer().endLive();
        gettingReady.set(false);
        secondsLeft.set(Double.NaN);
        DeviceModel.Found device = parts.device().foundProperty().get();
        stopTakes.set(device == null ? null : device.stop());
        busy.set(false);
        state.set(endState);
        onEnded.run();
        nextInterrupted();
    }

    public ReadOnlyObjectProperty<ScanState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Whether the scanner prepares itself and plays nothing yet. */
    public ReadOnlyBooleanProperty gettingReadyProperty() {
        return gettingReady.getReadOnlyProperty();
    }

    /** Whether a scan is under way. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** How much of the readouts came, 0 to 1. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** How much of making images is done, 0 to 1; NaN while it is not known. */
    public ReadOnlyDoubleProperty imagesDoneProperty() {
        return imagesDone.getReadOnlyProperty();
    }

    /** Until the last readout; NaN while it is not known. */
    public ReadOnlyDoubleProperty secondsLeftProperty() {
        return secondsLeft.getReadOnlyProperty();
    }

    /** How long a stop takes at worst: of the scan under way, else of any; null before a scanner has answered. */
    public ReadOnlyObjectProperty<StopLatency> stopTakesProperty() {
        return stopTakes.getReadOnlyProperty();
    }

    /** What the scan under way, or the last one, is called; empty before any. */
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }
}
