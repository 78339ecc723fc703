package org.isocenter.session.cli;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isocenter.model.Anatomy;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Study;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.hospital.EntryCheck;
import org.isocenter.session.hospital.PerformedStepReports;
import org.isocenter.session.hospital.ProtocolCodes;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which planned exam a scan belongs to, what of the body it images, and whom it is told to. */
final class ExamOptions {
    @Mixin
    private final OrderOptions orders = new OrderOptions();

    @Mixin
    private final AnatomyOptions imaged = new AnatomyOptions();

    @Option(
            names = "--exam-goes-on",
            description = "The exam does not end with this scan: the next one with the same --worklist belongs to it"
                    + " too. Without this it ends, and those who are told are told so.")
    private boolean goesOn;

    /** Whether the exam does not end with the scan. */
    boolean goesOn() {
        return goesOn;
    }

    /** As {@link OrderOptions#settings}. */
    DicomSettings settings() throws IOException, CommandException {
        return orders.settings();
    }

    /**
     * The study of the exam: the planned one if one is named, told of if somebody wants to know.
     *
     * @param madeUp of an exam that nobody has planned
     * @param sequence that is to run: a name of the library
     */
    Study study(Study madeUp, String sequence, Terminal terminal) throws IOException, CommandException {
        Study study;
        if (orders.none()) {
            study = madeUp.withAnatomy(imaged.complete(madeUp.anatomy(), madeUp.phantom()));
        } else {
            List<ScheduledStep> steps = orders.steps();
            Optional<Study> goingOn = OrderOptions.goingOn(steps);
            if (goingOn.isPresent()) {
                terminal.status("the exam goes on: step " + ids(steps));
                Study open = goingOn.get();
                return open.withAnatomy(imaged.complete(open.anatomy(), open.phantom()));
            }
            study = planned(madeUp, steps, sequence, terminal);
        }
        return orders.isTold() ? PerformedStepReports.asVisit(study) : study;
    }

    private Study planned(Study madeUp, List<ScheduledStep> steps, String sequence, Terminal terminal)
            throws IOException, CommandException {
        if (madeUp.phantom()) {
            terminal.status("isocenter: take care: the scanner is simulated; its images go out under the name of"
                    + " the entry's patient, marked as images for quality control");
        }
        ProtocolCodes codes = ProtocolCodes.readDefault();
        tellWhatDoesNotAgree(steps, codes, sequence, terminal);
        Anatomy ordered = EntryCheck.anatomy(steps, codes);
        Study study = OrderOptions.ordered(madeUp, steps).withAnatomy(imaged.complete(ordered, madeUp.phantom()));
        EntryCheck.anatomyMismatch(ordered, study.anatomy()).ifPresent(text -> warn(terminal, steps, text));
        return study;
    }

    private static void tellWhatDoesNotAgree(
            List<ScheduledStep> steps, ProtocolCodes codes, String sequence, Terminal terminal) throws IOException {
        String ownTitle = DicomSettings.readDefault().localAeTitle();
        List<ProtocolCodes.PlannedScan> planned = new ArrayList<>();
        for (ScheduledStep step : steps) {
            List<String> found = new ArrayList<>(EntryCheck.warnings(step));
            found.addAll(EntryCheck.mismatches(step, ownTitle, LocalDate.now(), codes));
            found.forEach(text -> warn(terminal, List.of(step), text));
            planned.addAll(codes.scans(step));
        }
        EntryCheck.groupNote(steps).ifPresent(text -> warn(terminal, steps, text));
        EntryCheck.sequenceMismatch(planned, sequence).ifPresent(text -> warn(terminal, steps, text));
    }

    private static void warn(Terminal terminal, List<ScheduledStep> steps, String text) {
        terminal.status("isocenter: take care (step " + ids(steps) + "): " + text);
    }

    private static String ids(List<ScheduledStep> steps) {
        return String.join(", ", steps.stream().map(ScheduledStep::id).toList());
    }
}
