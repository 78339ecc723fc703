package org.isocenter.session.cli;

import java.io.IOException;
import java.util.List;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.Study;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.hospital.Hospital;
import org.isocenter.session.hospital.PerformedStepReports;
import org.isocenter.session.run.ScanSession;

/** Tells the hospital of the scan of a command, while it runs and at its end. */
final class ExamReport implements AutoCloseable {
    private final Archive archive;
    private final PerformedStep step;
    private final boolean goesOn;
    private final Hospital hospital;
    private final PerformedStepReports reports;

    /**
     * Begins to tell of a session's scans; null when nobody wants to know of the study.
     *
     * @param settings with those who are to be told
     */
    static ExamReport of(Study study, boolean goesOn, DicomSettings settings, ScanSession session) {
        return study.performed() == null ? null : new ExamReport(study.performed(), goesOn, settings, session);
    }

    private ExamReport(PerformedStep step, boolean goesOn, DicomSettings settings, ScanSession session) {
        this.step = step;
        this.goesOn = goesOn;
        archive = Archive.openDefault();
        hospital = new Hospital(archive, () -> settings);
        reports = new PerformedStepReports(archive, () -> settings, hospital.outbox()::wake);
        hospital.outbox().start();
        reports.listenTo(session);
    }

    /** Ends the exam, or leaves it open, and puts what is to be told of that into the outbox. */
    @Override
    public void close() throws IOException {
        reports.update();
        if (goesOn) {
            archive.performedSteps().leaveOpen(step.instanceUid());
        } else {
            reports.end(step.instanceUid());
        }
        reports.close();
        hospital.close();
        archive.close();
    }

    /** Sends what is left to tell of a step, and says how it went: an exit code. */
    static int send(PerformedStep step, Terminal terminal) throws CommandException {
        if (step == null) {
            return ExitCode.DONE;
        }
        try (Archive archive = Archive.openDefault()) {
            List<Long> numbers = archive.outbox().open().stream()
                    .filter(row -> row.subjectUid().equals(step.instanceUid()))
                    .map(OutboxRow::number)
                    .toList();
            if (numbers.isEmpty()) {
                return ExitCode.DONE;
            }
            OutboxRun run = new OutboxRun(archive, terminal);
            return run.tell(run.send(numbers, false));
        }
    }
}
