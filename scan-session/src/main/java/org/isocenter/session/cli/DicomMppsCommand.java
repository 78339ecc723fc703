package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.isocenter.dicom.workflow.DiscontinuationReason;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Study;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedStep;
import org.isocenter.session.archive.StepState;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.hospital.PerformedStepReports;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter dicom mpps}: what the hospital was told of exams. */
@Command(
        name = "mpps",
        description =
                "Lists the exams that the hospital is told of (performed procedure steps); complete and discontinue"
                        + " end one that is open.")
final class DicomMppsCommand implements Callable<Integer> {
    private static final int MOST = 50;

    private final Terminal terminal;

    DicomMppsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    CommandLine withSubcommands() {
        return new CommandLine(this).addSubcommand(new Complete()).addSubcommand(new Discontinue());
    }

    @Override
    public Integer call() {
        ObjectNode document = Terminal.object();
        ArrayNode array = document.putArray("steps");
        try (Archive archive = Archive.openDefault()) {
            List<ArchivedStep> steps = archive.performedSteps().newest(MOST);
            for (ArchivedStep step : steps) {
                List<String> told = archive.performedSteps().destinations(step.instanceUid());
                terminal.line(String.format(
                        Locale.ROOT,
                        "%s  %s  %s  %s%s",
                        step.step().id(),
                        step.step().start(),
                        step.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        step.step().description(),
                        told.isEmpty() ? "  (nobody was told)" : "  told: " + String.join(", ", told)));
                ObjectNode json = array.addObject()
                        .put("id", step.step().id())
                        .put("instanceUid", step.instanceUid())
                        .put("studyInstanceUid", step.study().instanceUid())
                        .put("start", step.step().start().toString())
                        .put("state", step.state().name());
                told.forEach(json.putArray("told")::add);
            }
            if (steps.isEmpty()) {
                terminal.line("no exam was told of");
            }
        }
        terminal.document(document);
        return ExitCode.DONE;
    }

    /** Ends an exam. */
    @Command(name = "complete", description = "Ends an open exam: completed when it has made something.")
    private final class Complete implements Callable<Integer> {
        @Parameters(paramLabel = "STEP", description = "Its id or instance UID, see isocenter dicom mpps.")
        private String id;

        @Override
        public Integer call() throws IOException, CommandException {
            return ended(id, (reports, step) -> reports.end(step.instanceUid()));
        }
    }

    /** Breaks an exam off. */
    @Command(
            name = "discontinue",
            description = "Ends an open exam as broken off, with what it has made; with --worklist one that no scan has"
                    + " begun, too.")
    private final class Discontinue implements Callable<Integer> {
        @Parameters(
                arity = "0..1",
                paramLabel = "STEP",
                description = "Its id or instance UID, see isocenter dicom mpps.")
        private String id;

        @Mixin
        private final OrderOptions orders = new OrderOptions();

        @Option(
                names = "--reason",
                paramLabel = "CODE",
                defaultValue = "110513",
                description = "Why, a code of DICOM's CID 9301; default ${DEFAULT-VALUE}, unspecified.")
        private String reason;

        @Override
        public Integer call() throws IOException, CommandException {
            DiscontinuationReason why = DiscontinuationReason.of(reason)
                    .orElseThrow(() -> new CommandException(
                            ExitCode.INPUT,
                            "no such reason (" + reason + "): write one of "
                                    + Arrays.stream(DiscontinuationReason.values())
                                            .map(each -> each.code().value() + " "
                                                    + each.code().meaning())
                                            .collect(Collectors.joining(", "))));
            return id == null ? ordered(why) : ended(id, (reports, step) -> reports.breakOff(step.instanceUid(), why));
        }

        private int ordered(DiscontinuationReason why) throws IOException, CommandException {
            if (orders.none()) {
                throw new CommandException(
                        ExitCode.INPUT,
                        "no exam is named (STEP): write its id, see isocenter dicom mpps, or --worklist for one that has"
                                + " not begun");
            }
            List<ScheduledStep> steps = orders.steps();
            Optional<Study> begun = OrderOptions.goingOn(steps);
            if (begun.isPresent()) {
                return ended(
                        begun.get().performed().instanceUid(),
                        (reports, step) -> reports.breakOff(step.instanceUid(), why));
            }
            if (!orders.isTold()) {
                throw new CommandException(
                        ExitCode.INPUT,
                        "nobody is told of exams (MPPS): name somebody with --mpps AE@HOST:PORT, or give a destination of"
                                + " dicom.json the service \"mpps\"");
            }
            DicomSettings settings = orders.settings();
            Study visit = PerformedStepReports.asVisit(
                    OrderOptions.ordered(Exams.study(false, null, PatientPosition.HFS, ""), steps));
            try (Archive archive = Archive.openDefault();
                    PerformedStepReports reports = new PerformedStepReports(archive, () -> settings, () -> {})) {
                reports.breakOff(visit, why);
            }
            terminal.line("exam " + visit.performed().id() + ": discontinued before its first scan");
            terminal.document(Terminal.object()
                    .put("id", visit.performed().id())
                    .put("instanceUid", visit.performed().instanceUid())
                    .put("state", StepState.DISCONTINUED.name()));
            return ExamReport.send(visit.performed(), terminal);
        }
    }

    private interface Ending {
        void of(PerformedStepReports reports, ArchivedStep step);
    }

    private int ended(String id, Ending ending) throws IOException, CommandException {
        DicomSettings settings = DicomSettings.readDefault();
        ArchivedStep step;
        try (Archive archive = Archive.openDefault()) {
            step = archive.performedSteps().open().stream()
                    .filter(open ->
                            open.step().id().equals(id) || open.instanceUid().equals(id))
                    .filter(open -> open.state() == StepState.IN_PROGRESS)
                    .findFirst()
                    .orElseThrow(() -> new CommandException(
                            ExitCode.NO, "no such open exam (" + id + "): see isocenter dicom mpps"));
            try (PerformedStepReports reports = new PerformedStepReports(archive, () -> settings, () -> {})) {
                ending.of(reports, step);
            }
            StepState state = archive.performedSteps()
                    .find(step.instanceUid())
                    .orElseThrow()
                    .state();
            terminal.line("exam " + step.step().id() + ": "
                    + (state.isFinal()
                            ? state.name().toLowerCase(Locale.ROOT)
                            : "ends when its scan under way is done"));
            terminal.document(Terminal.object()
                    .put("id", step.step().id())
                    .put("instanceUid", step.instanceUid())
                    .put("state", state.name()));
        }
        return ExamReport.send(step.step(), terminal);
    }
}
