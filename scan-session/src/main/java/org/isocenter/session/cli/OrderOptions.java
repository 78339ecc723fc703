package org.isocenter.session.cli;

import java.io.IOException;
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
import picocli.CommandLine.Option;

/** What an exam was ordered by, and who is told of it. */
final class OrderOptions {
    @Option(
            names = "--worklist",
            paramLabel = "STEP-ID|ACCESSION",
            description = "The exam is of this entry of the worklist, by its exact step id or accession number: patient"
                    + " and study are the entry's. May be repeated: several steps of one patient are one exam.")
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
                    "Tell there what is performed (MPPS); may be repeated. Default for an exam of the worklist: all"
                            + " destinations of dicom.json for it; for another exam none.")
    private List<String> told = List.of();

    /** Whether nothing was ordered. */
    boolean none() {
        return entries.isEmpty();
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

    /** Whether anybody is to be told of the exam. */
    boolean isTold() throws IOException, CommandException {
        return !told.isEmpty() || !none() && !settings().offering(Service.MPPS).isEmpty();
    }

    /** The entries, asked for now. */
    List<ScheduledStep> steps() throws IOException, CommandException {
        return new WorklistEntries(DicomSettings.readDefault(), worklistPeer).exactly(entries);
    }

    /** The exam of these steps that an earlier command has left open. */
    static Optional<Study> goingOn(List<ScheduledStep> steps) {
        try (Archive archive = Archive.openDefault()) {
            return archive.performedSteps().open().stream()
                    .filter(open -> open.state() == StepState.IN_PROGRESS && !open.abandoned())
                    .map(ArchivedStep::study)
                    .filter(study -> steps.equals(study.orders()))
                    .findFirst();
        }
    }

    /** The exam as it was ordered. @param madeUp what the orders do not tell */
    static Study ordered(Study madeUp, List<ScheduledStep> steps) {
        return new Study(
                        madeUp.instanceUid(),
                        madeUp.id(),
                        madeUp.accessionNumber(),
                        madeUp.description(),
                        madeUp.referringPhysician(),
                        madeUp.frameOfReferenceUid(),
                        madeUp.start(),
                        steps.get(0).patient(),
                        madeUp.position(),
                        "",
                        madeUp.phantom())
                .withOrders(steps);
    }
}
