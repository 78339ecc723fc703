package org.isocenter.session.cli;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Study;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedStep;
import org.isocenter.session.archive.StepState;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.hospital.EntryCheck;
import org.isocenter.session.hospital.PerformedStepReports;
import org.isocenter.session.hospital.ProtocolCodes;
import picocli.CommandLine.Option;

/** Which planned exam a scan belongs to, and whom it is told to. */
final class ExamOptions {
    @Option(
            names = "--worklist",
            paramLabel = "STEP-ID|ACCESSION",
            description = "The scan is of this entry of the worklist, by its exact step id or accession number: patient"
                    + " and study are the entry's. May be repeated: several steps of one study are one exam.")
    private List<String> entries = List.of();

    @Option(
            names = "--worklist-peer",
            paramLabel = "NAME|AE@HOST:PORT",
            description = "Whom to ask for the entry; default: all destinations of dicom.json for worklists.")
    private String worklistPeer;

    @Option(
            names = "--mpps",
            paramLabel = "NAME|AE@HOST:PORT",
            description =
                    "Tell there what is performed (MPPS); may be repeated. Default for a scan of the worklist: all"
                            + " destinations of dicom.json for it; for another scan none.")
    private List<String> told = List.of();

    @Option(
            names = "--exam-goes-on",
            description = "The exam does not end with this scan: the next one with the same --worklist belongs to it"
                    + " too. Without this it ends, and those who are told are told so.")
    private boolean goesOn;

    /** Whether the exam does not end with the scan. */
    boolean goesOn() {
        return goesOn;
    }

    /** The settings, with those whom the command line tells to tell as the only ones to be told, if there are any. */
    DicomSettings settings() throws IOException, CommandException {
        DicomSettings settings = DicomSettings.readDefault();
        if (told.isEmpty()) {
            return settings;
        }
        List<Destination> destinations = new ArrayList<>();
        for (String name : told) {
            destinations.add(DicomDestinations.dimse(settings, name).only(Set.of(Service.MPPS)));
        }
        return new DicomSettings(settings.localAeTitle(), settings.listening(), settings.network(), destinations);
    }

    /**
     * The study of the exam: the planned one if one is named, told of if somebody wants to know.
     *
     * @param madeUp of an exam that nobody has planned
     * @param sequence that is to run: a name of the library
     */
    Study study(Study madeUp, String sequence, Terminal terminal) throws IOException, CommandException {
        Study study = madeUp;
        if (!entries.isEmpty()) {
            DicomSettings settings = DicomSettings.readDefault();
            List<ScheduledStep> steps = new WorklistEntries(settings, worklistPeer).exactly(entries);
            Optional<Study> goingOn = goingOn(steps);
            if (goingOn.isPresent()) {
                terminal.status("the exam goes on: step " + ids(steps));
                return goingOn.get();
            }
            if (madeUp.phantom()) {
                terminal.status("isocenter: take care: the scanner is simulated; its images go out under the name of"
                        + " the entry's patient, marked as images for quality control");
            }
            tellWhatDoesNotAgree(steps, settings, sequence, terminal);
            study = ofPatient(madeUp, steps.get(0)).withOrders(steps);
        }
        boolean wanted = !told.isEmpty()
                || !entries.isEmpty() && !settings().offering(Service.MPPS).isEmpty();
        return wanted ? PerformedStepReports.asVisit(study) : study;
    }

    private static Study ofPatient(Study madeUp, ScheduledStep step) {
        return new Study(
                madeUp.instanceUid(),
                madeUp.id(),
                madeUp.accessionNumber(),
                madeUp.description(),
                madeUp.referringPhysician(),
                madeUp.frameOfReferenceUid(),
                madeUp.start(),
                step.patient(),
                madeUp.position(),
                madeUp.bodyPart(),
                madeUp.phantom());
    }

    private static void tellWhatDoesNotAgree(
            List<ScheduledStep> steps, DicomSettings settings, String sequence, Terminal terminal) throws IOException {
        ProtocolCodes codes = ProtocolCodes.readDefault();
        List<ProtocolCodes.PlannedScan> planned = new ArrayList<>();
        for (ScheduledStep step : steps) {
            List<String> found = new ArrayList<>(EntryCheck.warnings(step));
            found.addAll(EntryCheck.mismatches(step, settings.localAeTitle(), LocalDate.now(), codes));
            found.forEach(text -> terminal.status("isocenter: take care (step " + step.id() + "): " + text));
            planned.addAll(codes.scans(step));
        }
        EntryCheck.sequenceMismatch(planned, sequence)
                .ifPresent(text -> terminal.status("isocenter: take care (step " + ids(steps) + "): " + text));
    }

    private static String ids(List<ScheduledStep> steps) {
        return String.join(", ", steps.stream().map(ScheduledStep::id).toList());
    }

    /** The exam of these steps that an earlier command has left open. */
    private static Optional<Study> goingOn(List<ScheduledStep> steps) {
        try (Archive archive = Archive.openDefault()) {
            return archive.performedSteps().open().stream()
                    .filter(open -> open.state() == StepState.IN_PROGRESS && !open.abandoned())
                    .map(ArchivedStep::study)
                    .filter(study -> steps.equals(study.orders()))
                    .findFirst();
        }
    }
}
