package org.isocenter.app.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import org.isocenter.app.device.DeviceModel;
import org.isocenter.app.device.InterlocksModel;
import org.isocenter.app.device.Preferences;
import org.isocenter.app.exam.EarlierModel;
import org.isocenter.app.exam.ExamItem;
import org.isocenter.app.exam.ExamModel;
import org.isocenter.app.exam.PatientModel;
import org.isocenter.app.exam.ScanImages;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.hospital.HospitalModel;
import org.isocenter.app.instrument.InstrumentsModel;
import org.isocenter.app.notice.Notice;
import org.isocenter.app.notice.NoticesModel;
import org.isocenter.app.panel.ParameterPanelModel;
import org.isocenter.app.report.ReportModel;
import org.isocenter.app.scan.ScanModel;
import org.isocenter.app.text.Messages;
import org.isocenter.app.viewer.PlannedStack;
import org.isocenter.app.viewer.ViewerModel;
import org.isocenter.app.worklist.BreakOffModel;
import org.isocenter.app.worklist.PlannedExam;
import org.isocenter.app.worklist.Visits;
import org.isocenter.app.worklist.WorklistModel;
import org.isocenter.dicom.workflow.DiscontinuationReason;
import org.isocenter.model.Anatomy;
import org.isocenter.model.Protocol;
import org.isocenter.model.Study;
import org.isocenter.recon.Reconstruction;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.file.FileSequence;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.hospital.EntryCheck;
import org.isocenter.session.hospital.Hospital;
import org.isocenter.session.hospital.PerformedStepReports;
import org.isocenter.session.hospital.ProtocolCodes;
import org.isocenter.session.outbox.SettingsSource;
import org.isocenter.session.run.DeviceInterlocks;
import org.isocenter.session.run.ScanSession;
import org.isocenter.session.run.ScanState;

/** All view models, and what one tells another. FX thread. */
public final class Console {
    private final Archive archive;
    private final Tasks tasks;
    private final NoticesModel notices = new NoticesModel();
    private final List<Notice> examNotices = new ArrayList<>();
    private final ViewerModel viewer = new ViewerModel();
    private final PatientModel patient = new PatientModel();
    private final ExamModel exam;
    private final ParameterPanelModel panel;
    private final DeviceModel device;
    private final InterlocksModel interlocks;
    private final InstrumentsModel instruments;
    private final ScanModel scan;
    private final EarlierModel earlier;
    private final ReportModel report;
    private final HospitalModel hospital;
    private final WorklistModel worklist;
    private final PerformedStepReports reports;
    private final Visits visits;
    private final BreakOffModel breakOff = new BreakOffModel(this::breakOff);
    private List<ProtocolCodes.PlannedScan> planned = List.of();
    private final ReadOnlyObjectWrapper<Storage> storage = new ReadOnlyObjectWrapper<>(new Storage(-1, 0));

    /** @param freeBytes on the disk of the archive, or -1 while it is not known */
    public record Storage(long freeBytes, int scans) {}

    /** @param network for what waits for other machines: has a thread for each */
    public Console(
            ScanSession session,
            Archive archive,
            Hospital link,
            Reconstruction reconstruction,
            Preferences preferences,
            Tasks tasks,
            Tasks network) {
        this.archive = archive;
        this.tasks = tasks;
        exam = new ExamModel(tasks);
        panel = new ParameterPanelModel(tasks);
        DeviceInterlocks latches = new DeviceInterlocks(archive);
        interlocks = new InterlocksModel(latches, network, notices);
        device = new DeviceModel(archive.folder(), latches, interlocks, preferences, tasks, notices);
        instruments = new InstrumentsModel(device, latches, interlocks, network, notices);
        scan = new ScanModel(
                session,
                archive,
                new ScanModel.Parts(exam, patient, device, instruments, interlocks, viewer, notices),
                tasks);
        instruments.scanningProperty().bind(scan.busyProperty());
        instruments.setOnTrip(scan::stop);
        report = new ReportModel(tasks, notices);
        earlier = new EarlierModel(archive, reconstruction, tasks, notices, saved -> {
            viewer.follow(saved.raw());
            show(saved.title(), saved.images());
        });
        hospital = new HospitalModel(link, tasks, network, notices);
        scan.setExports(hospital::exports);
        worklist = new WorklistModel(new HomeSources(archive.folder()), network, this::take);
        SettingsSource settings = () -> DicomSettings.read(archive.folder());
        reports = new PerformedStepReports(archive, settings, link.outbox()::wake);
        reports.listenTo(session);
        visits = new Visits(reports, settings);
        scan.setVisit(visits::of);
        device.foundProperty().addListener((o, before, now) -> {
            exam.limitsProperty().set(now.limits());
            showParameters(exam.selectedProperty().get());
        });
        panel.editedProperty().addListener((o, before, now) -> showPlan(now));
        exam.selectedProperty().addListener((o, before, now) -> select(now));
        scan.busyProperty().addListener((o, before, now) -> {
            showParameters(exam.selectedProperty().get());
            if (now) {
                report.follow("", null);
            }
        });
        scan.setOnImages(this::show);
        scan.setOnEnded(() -> {
            refreshArchive();
            link.outbox().wake();
            offerToBreakOff();
        });
        exam.items().addListener((ListChangeListener<ExamItem>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(this::warnOfOtherSequence);
            }
        });
    }

    /** What is done once, when the window has opened. */
    public void begin() {
        device.connect();
        instruments.begin();
        hospital.begin();
        refreshArchive();
        offerInterrupted();
        reports.updateSoon();
    }

    private void select(ExamItem item) {
        showParameters(item);
        if (item != null && !item.images().isEmpty() && !scan.busyProperty().get()) {
            show(item.protocolProperty().get().name(), item.images());
        }
    }

    private void show(String title, ScanImages images) {
        if (images.measurement() == null) {
            viewer.show(title, images.volumes());
        } else {
            viewer.show(images.measurement());
        }
        report.follow(title, images.directory());
    }

    private void showParameters(ExamItem item) {
        if (item == null || exam.limitsProperty().get() == null) {
            panel.clear();
        } else {
            panel.edit(
                    item.builder(),
                    exam.limitsProperty().get(),
                    item.protocolProperty().get(),
                    !item.stateProperty().get().isOpen(),
                    protocol -> exam.apply(item, protocol));
        }
    }

    private void showPlan(Protocol edited) {
        boolean open = edited != null && !panel.isReadOnly();
        viewer.plannedProperty().set(open ? PlannedStack.of(edited).orElse(null) : null);
    }

    /** Adds a Pulseq file to the exam, or says why it cannot. */
    public void openSequence(Path file) {
        tasks.run(
                () -> FileSequence.read(file),
                sequence -> {
                    exam.add(sequence);
                    for (String warning : sequence.warnings()) {
                        notices.add(Notice.of(
                                Notice.Kind.INFO, Messages.text("exam.fileWarning", sequence.name(), warning)));
                    }
                },
                failure -> notices.addFailure(Messages.text("exam.fileUnreadable", failure.getMessage()), failure));
    }

    /** Another patient; refused while a scan runs. */
    public void newExam() {
        if (scan.busyProperty().get()) {
            notices.add(Notice.of(Notice.Kind.WARNING, Messages.text("patient.newExam.busy")));
            return;
        }
        patient.current().ifPresent(this::endExam);
        clearExam();
    }

    private void clearExam() {
        examNotices.forEach(notices::dismiss);
        examNotices.clear();
        breakOff.dismiss();
        planned = List.of();
        exam.clear();
        viewer.clear();
        report.follow("", null);
        patient.newExam();
    }

    /** A scan of an ordered exam was stopped: the exam goes on, or the hospital is told why not. */
    private void offerToBreakOff() {
        if (scan.stateProperty().get() == ScanState.ABORTED
                && !patient.ordersProperty().get().isEmpty()) {
            warnOfExam(
                    Messages.text("breakOff.offer"), new Notice.Action(Messages.text("breakOff.open"), breakOff::ask));
        }
    }

    /** What is queued though the protocol code stands for something else is said before it runs. */
    private void warnOfOtherSequence(ExamItem item) {
        EntryCheck.sequenceMismatch(planned, item.builder().name())
                .ifPresent(text -> warnOfExam(Messages.text("worklist.remark", text)));
    }

    /** Ends the exam as broken off; refused while a scan runs. */
    private void breakOff(DiscontinuationReason reason) {
        if (scan.busyProperty().get()) {
            notices.add(Notice.of(Notice.Kind.WARNING, Messages.text("patient.newExam.busy")));
            return;
        }
        Study over = patient.study();
        clearExam();
        tasks.run(
                () -> visits.breakOff(over, reason),
                told -> notices.add(Notice.of(
                        Notice.Kind.INFO,
                        Messages.text(told ? "breakOff.done" : "breakOff.nobody", BreakOffModel.text(reason)))),
                failure -> notices.addFailure(
                        Messages.text("archive.unreadable", archive.folder(), failure.getMessage()), failure));
    }

    /** The exam is over: whoever wants to know is told. */
    private void endExam(Study over) {
        tasks.run(
                () -> {
                    visits.end(over);
                    return null;
                },
                done -> {},
                failure -> notices.addFailure(
                        Messages.text("archive.unreadable", archive.folder(), failure.getMessage()), failure));
    }

    /** Ends the exam under way and begins this; refused while a scan runs. */
    private void take(List<PlannedExam> chosen) {
        newExam();
        if (scan.busyProperty().get()) {
            return;
        }
        patient.take(
                chosen.stream().map(PlannedExam::step).toList(),
                Anatomy.common(chosen.stream().map(PlannedExam::anatomy).toList()));
        planned = chosen.stream()
                .flatMap(exam -> exam.scans().stream())
                .distinct()
                .toList();
        planned.forEach(this::queue);
        exam.items().stream().findFirst().ifPresent(exam.selectedProperty()::set);
        List<String> remarks = new ArrayList<>(chosen.stream()
                .flatMap(exam -> exam.remarks().stream())
                .distinct()
                .toList());
        WorklistModel.groupNote(chosen).ifPresent(remarks::add);
        Collections.reverse(remarks); // the newest notice is on top: that is to be the gravest
        remarks.forEach(remark -> warnOfExam(Messages.text("worklist.remark", remark)));
    }

    /** Said of this patient, so not to be seen with the next. */
    private void warnOfExam(String text, Notice.Action... actions) {
        Notice notice = Notice.of(Notice.Kind.WARNING, text, actions);
        examNotices.add(notice);
        notices.add(notice);
    }

    private void queue(ProtocolCodes.PlannedScan planned) {
        Optional<SequenceBuilder> builder = SequenceLibrary.find(planned.sequence());
        if (builder.isEmpty() || exam.limitsProperty().get() == null) {
            String key = builder.isEmpty() ? "worklist.noSequence" : "worklist.noScanner";
            warnOfExam(Messages.text(key, planned.sequence(), planned.name()));
            return;
        }
        ExamItem item = exam.add(builder.get());
        Protocol protocol = item.protocolProperty().get().named(planned.name());
        for (Map.Entry<String, String> parameter : new TreeMap<>(planned.parameters()).entrySet()) {
            try {
                protocol = protocol.withText(parameter.getKey(), parameter.getValue());
            } catch (IllegalArgumentException e) {
                warnOfExam(Messages.text("worklist.badParameter", planned.name(), e.getMessage()));
            }
        }
        exam.apply(item, protocol);
    }

    /** What is looked at once per frame. */
    public void frame() {
        scan.frame();
        instruments.frame();
    }

    /** The window is gone: makes the instruments safe and ends the exam. Waits for them and for the disk. */
    public void close() {
        try (reports;
                instruments) {
            visits.end();
        }
    }

    private void refreshArchive() {
        earlier.refresh();
        Path folder = archive.folder();
        tasks.run(
                () -> new Storage(
                        folder.toFile().getUsableSpace(),
                        archive.studies().stream()
                                .mapToInt(s -> s.scans().size())
                                .sum()),
                storage::set,
                failure -> {
                    String cause = failure instanceof IOException ? failure.getMessage() : failure.toString();
                    notices.addFailure(Messages.text("archive.unreadable", folder, cause), failure);
                });
    }

    private void offerInterrupted() {
        tasks.run(
                archive::interrupted,
                found -> {
                    if (!found.isEmpty()) {
                        notices.add(Notice.of(
                                Notice.Kind.WARNING,
                                Messages.text("archive.interrupted", found.size()),
                                new Notice.Action(
                                        Messages.text("archive.finish"), () -> scan.finishInterrupted(found))));
                    }
                },
                failure -> notices.addFailure(
                        Messages.text("archive.unreadable", archive.folder(), failure.getMessage()), failure));
    }

    public List<SequenceBuilder> library() {
        return SequenceLibrary.all();
    }

    public NoticesModel notices() {
        return notices;
    }

    public ViewerModel viewer() {
        return viewer;
    }

    public PatientModel patient() {
        return patient;
    }

    public ExamModel exam() {
        return exam;
    }

    public ParameterPanelModel panel() {
        return panel;
    }

    public DeviceModel device() {
        return device;
    }

    public InterlocksModel interlocks() {
        return interlocks;
    }

    public InstrumentsModel instruments() {
        return instruments;
    }

    public ScanModel scan() {
        return scan;
    }

    public WorklistModel worklist() {
        return worklist;
    }

    public BreakOffModel breakOff() {
        return breakOff;
    }

    public EarlierModel earlier() {
        return earlier;
    }

    public ReportModel report() {
        return report;
    }

    public HospitalModel hospital() {
        return hospital;
    }

    public ReadOnlyObjectProperty<Storage> storageProperty() {
        return storage.getReadOnlyProperty();
    }
}
