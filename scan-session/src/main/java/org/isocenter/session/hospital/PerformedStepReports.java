package org.isocenter.session.hospital;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.workflow.DiscontinuationReason;
import org.isocenter.dicom.workflow.PerformedSeries;
import org.isocenter.dicom.workflow.PerformedStepMessages;
import org.isocenter.model.Code;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Study;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedScan;
import org.isocenter.session.archive.ArchivedStep;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.PerformedStepStore;
import org.isocenter.session.archive.StepState;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.outbox.SettingsSource;
import org.isocenter.session.run.ScanEvent;
import org.isocenter.session.run.ScanException;
import org.isocenter.session.run.ScanSession;
import org.isocenter.session.run.ScanState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the hospital what is really done (IHE RAD-6 and RAD-7): that a visit begins, with its first scan; after each scan all series so
 * far; and at its end that it is completed, or discontinued and why. What is to be told follows from the archive alone, so a program
 * that is killed at any moment loses nothing: the next one tells it. Messages go through the outbox. Any thread; {@link #update} may
 * wait for the disk, {@link #listenTo} has it called on a thread of its own.
 */
public final class PerformedStepReports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PerformedStepReports.class);
    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyMMddHHmmssSSS");
    private static final Set<ScanState> AT_SCAN_EDGES =
            Set.of(ScanState.SCANNING, ScanState.DONE, ScanState.FAILED, ScanState.ABORTED);
    private static final long CLOSE_SECONDS = 10;

    private final Archive archive;
    private final PerformedStepStore steps;
    private final SettingsSource settings;
    private final Runnable wakeOutbox;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "performed-steps");
        made.setDaemon(true);
        return made;
    });

    /** @param wakeOutbox called when something has been put into the outbox */
    public PerformedStepReports(Archive archive, SettingsSource settings, Runnable wakeOutbox) {
        this.archive = archive;
        this.steps = archive.performedSteps();
        this.settings = settings;
        this.wakeOutbox = wakeOutbox;
    }

    /** The study as a new visit that is told of, when its first scan begins. */
    public static Study asVisit(Study study) {
        OffsetDateTime now = OffsetDateTime.now();
        String planned = study.orders().stream()
                .map(ScheduledStep::description)
                .filter(description -> !description.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        String description = planned.isEmpty() ? study.description() : planned;
        return study.withPerformed(new PerformedStep(UID.create(), ID.format(now), now, description));
    }

    /** Tells of the scans of a session as they begin and end. */
    public void listenTo(ScanSession session) {
        session.subscribe(event -> {
            if (event instanceof ScanEvent.Failed failed && isTheEquipment(failed.cause())) {
                thread.execute(() -> steps.noteTrouble(
                        DiscontinuationReason.EQUIPMENT_FAILURE.code().value()));
            }
            if (event instanceof ScanEvent.StateChanged changed && AT_SCAN_EDGES.contains(changed.state())) {
                updateSoon();
            }
        });
    }

    private static boolean isTheEquipment(Throwable cause) {
        return cause instanceof ScanException failure
                && (failure.kind() == ScanException.Kind.DEVICE || failure.kind() == ScanException.Kind.INTERLOCK);
    }

    /** The same as {@link #update}, without waiting for it. */
    public void updateSoon() {
        thread.execute(this::update);
    }

    /** The visit is over: as soon as its scans are done with, the hospital is told what came of it. */
    public void end(String stepUid) {
        steps.end(stepUid, OffsetDateTime.now());
        update();
    }

    /** The visit was broken off, also before its first scan: then the hospital is told that it began and ended. */
    public void breakOff(Study visit, DiscontinuationReason reason) {
        steps.begin(visit);
        breakOff(visit.performed().instanceUid(), reason);
    }

    /** The visit was broken off, whatever it has made. */
    public void breakOff(String stepUid, DiscontinuationReason reason) {
        steps.breakOff(stepUid, OffsetDateTime.now(), reason.code().value());
        update();
    }

    /**
     * Puts into the outbox what the hospital has not been told. Steps that a program left without an end are ended when none of their
     * scans waits to be recovered.
     */
    public synchronized void update() {
        try {
            Set<String> interrupted =
                    archive.interrupted().stream().map(ArchivedScan::id).collect(Collectors.toSet());
            for (ArchivedStep step : steps.open()) {
                update(step, interrupted);
            }
            wakeOutbox.run();
        } catch (RuntimeException e) {
            LOG.error("performed steps cannot be told of now; they will be later", e);
        }
    }

    private void update(ArchivedStep step, Set<String> interrupted) {
        String uid = step.instanceUid();
        List<ArchivedScan> scans = steps.scans(uid);
        boolean cutShort = scans.stream().anyMatch(scan -> interrupted.contains(scan.id()));
        boolean busy = scans.stream()
                .anyMatch(scan -> ScanState.valueOf(scan.state()).isBusy() && !interrupted.contains(scan.id()));
        if (step.told().isEmpty() && !tellBeginning(step)) {
            return;
        }
        if (step.state() == StepState.IN_PROGRESS && step.abandoned() && !cutShort) {
            LOG.info("performed step {} was left without an end: it ends now", uid);
            steps.end(uid, OffsetDateTime.now());
            update(steps.find(uid).orElseThrow(), interrupted);
            return;
        }
        VisitSeries series = new VisitSeries(archive, scans);
        String digest = series.digest();
        if (step.state() != StepState.IN_PROGRESS && !busy) {
            finish(step, series.withInstances(performingPhysician(step)));
        } else if (!digest.equals(step.told().orElse(""))) {
            Attributes message = PerformedStepMessages.progress(series.withInstances(performingPhysician(step)));
            steps.tell(uid, Optional.of(step.told().orElse("")), digest, sets(step, message));
        }
    }

    /** False when it is not known whom to tell. */
    private boolean tellBeginning(ArchivedStep step) {
        DicomSettings now;
        try {
            now = settings.read();
        } catch (IOException e) {
            LOG.error("performed step {} cannot be told of until the settings can be read", step.instanceUid(), e);
            return false;
        }
        Attributes message =
                PerformedStepMessages.create(step.study(), step.study().orders(), now.localAeTitle(), "");
        List<OutboxEntry> entries = now.offering(Service.MPPS).stream()
                .map(Destination::name)
                .map(name -> entry(step, name, OutboxKind.PERFORMED_STEP_CREATE, message))
                .toList();
        steps.tell(step.instanceUid(), Optional.empty(), "", entries);
        return true;
    }

    private void finish(ArchivedStep step, List<PerformedSeries> series) {
        OffsetDateTime end = step.ended().orElseGet(OffsetDateTime::now);
        boolean completed = step.state() == StepState.ENDED && !series.isEmpty();
        Attributes message = completed
                ? PerformedStepMessages.completed(step.step(), end, series)
                : PerformedStepMessages.discontinued(step.step(), end, reason(step), series);
        StepState state = completed ? StepState.COMPLETED : StepState.DISCONTINUED;
        steps.finish(step.instanceUid(), state, sets(step, message));
        LOG.info("performed step {} ended: {}, {} series", step.instanceUid(), state, series.size());
    }

    private static Code reason(ArchivedStep step) {
        return DiscontinuationReason.of(step.reason())
                .orElse(DiscontinuationReason.UNSPECIFIED)
                .code();
    }

    private static String performingPhysician(ArchivedStep step) {
        return step.study().order() == null ? "" : step.study().order().performingPhysician();
    }

    /** For all who were told of the beginning. */
    private List<OutboxEntry> sets(ArchivedStep step, Attributes message) {
        return steps.destinations(step.instanceUid()).stream()
                .map(name -> entry(step, name, OutboxKind.PERFORMED_STEP_SET, message))
                .toList();
    }

    private static OutboxEntry entry(ArchivedStep step, String destination, OutboxKind kind, Attributes message) {
        byte[] bytes = DicomWriter.toBytes(message, UID.ExplicitVRLittleEndian);
        return OutboxEntry.message(destination, kind, step.instanceUid(), bytes, Optional.empty());
    }

    /** Tells what is still to be told. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("performed steps are told of at the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
