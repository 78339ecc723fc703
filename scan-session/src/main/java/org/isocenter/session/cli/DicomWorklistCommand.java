package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.isocenter.dicom.workflow.WorklistEntry;
import org.isocenter.dicom.workflow.WorklistQuery;
import org.isocenter.model.Anatomy;
import org.isocenter.model.Code;
import org.isocenter.model.Patient;
import org.isocenter.model.RequestedProcedure;
import org.isocenter.model.ScheduledStep;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.hospital.EntryCheck;
import org.isocenter.session.hospital.ProtocolCodes;
import org.isocenter.session.hospital.WorklistSearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code isocenter dicom worklist}: which exams are planned. */
@Command(
        name = "worklist",
        description =
                "Lists which exams are planned, with what is wrong with an entry and what does not agree with this"
                        + " console.")
final class DicomWorklistCommand implements Callable<Integer> {
    private static final String ALL = "all";

    private final Terminal terminal;

    @Option(
            names = "--peer",
            paramLabel = "NAME|AE@HOST:PORT",
            description = "Whom to ask; default: all destinations of dicom.json for worklists.")
    private String peer;

    @Option(
            names = "--date",
            paramLabel = "DAY",
            defaultValue = "today",
            converter = DayRange.Converter.class,
            description = "When the exam is planned: " + DayRange.FORM + "; default ${DEFAULT-VALUE}.")
    private DayRange days;

    @Option(
            names = "--modality",
            paramLabel = "MR",
            defaultValue = "MR",
            description = "Kind of scanner, or all; default ${DEFAULT-VALUE}.")
    private String modality;

    @Option(
            names = "--station",
            paramLabel = "AE",
            defaultValue = ALL,
            description = "AE title of the scanner that it is planned for; default ${DEFAULT-VALUE}.")
    private String station;

    @Option(
            names = "--patient",
            paramLabel = "NAME",
            description = "Patient's name as DICOM writes it (Family^Given); * and ? are wild.")
    private String patient = "";

    @Option(names = "--patient-id", paramLabel = "ID", description = "Patient's id.")
    private String patientId = "";

    @Option(names = "--accession", paramLabel = "NUMBER", description = "Accession number.")
    private String accession = "";

    DicomWorklistCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        DicomSettings settings = DicomSettings.readDefault();
        ProtocolCodes codes = ProtocolCodes.readDefault();
        WorklistQuery query = new WorklistQuery(
                station.equals(ALL) ? "" : station,
                days.from(),
                days.to(),
                modality.equals(ALL) ? "" : modality,
                patient,
                patientId,
                accession,
                "");
        WorklistSearch.Listing listing = new WorklistEntries(settings, peer).ask(query);
        List<WorklistEntry> entries = new ArrayList<>(listing.entries());
        entries.sort(Comparator.comparing(
                        (WorklistEntry e) -> e.step().startDate(), Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(e -> e.step().startTime(), Comparator.nullsLast(Comparator.naturalOrder())));
        ObjectNode document = Terminal.object();
        ArrayNode array = document.putArray("entries");
        for (WorklistEntry entry : entries) {
            List<String> mismatches =
                    EntryCheck.mismatches(entry.step(), settings.localAeTitle(), LocalDate.now(), codes);
            Anatomy anatomy = EntryCheck.anatomy(List.of(entry.step()), codes);
            show(entry, anatomy, mismatches);
            array.add(json(entry, anatomy, mismatches));
        }
        if (entries.isEmpty()) {
            terminal.line("nothing is planned (another day: --date all)");
        }
        listing.notes().forEach(note -> terminal.status("isocenter: " + note));
        ArrayNode notes = document.putArray("notes");
        listing.notes().forEach(notes::add);
        terminal.document(document);
        return listing.refused() ? ExitCode.NO : ExitCode.DONE;
    }

    private void show(WorklistEntry entry, Anatomy anatomy, List<String> mismatches) {
        ScheduledStep step = entry.step();
        terminal.line(String.format(
                Locale.ROOT,
                "%s %s  step %s, accession %s  %s (%s)  %s%s",
                step.startDate() == null ? "no date" : step.startDate(),
                step.startTime() == null ? "" : step.startTime(),
                step.id(),
                step.procedure().accessionNumber(),
                step.patient().name(),
                step.patient().id(),
                step.description().isEmpty() ? step.procedure().description() : step.description(),
                entry.usable() ? "" : "  CANNOT BE USED"));
        if (!anatomy.words().isEmpty()) {
            terminal.line("    of: " + anatomy.words());
        }
        EntryCheck.warnings(step).forEach(text -> terminal.line("    take care: " + text));
        entry.problems().forEach(text -> terminal.line("    problem: " + text));
        mismatches.forEach(text -> terminal.line("    mismatch: " + text));
    }

    private static ObjectNode json(WorklistEntry entry, Anatomy anatomy, List<String> mismatches) {
        ScheduledStep step = entry.step();
        RequestedProcedure procedure = step.procedure();
        Patient patient = step.patient();
        ObjectNode json = Terminal.object();
        json.put("step", step.id());
        json.put("description", step.description());
        codes(json.putArray("protocolCodes"), step.protocolCodes());
        json.put("bodyPart", anatomy.term());
        json.put("side", anatomy.side().letter());
        json.put("modality", step.modality());
        json.put("station", step.stationAeTitle());
        json.put("date", step.startDate() == null ? null : step.startDate().toString());
        json.put("time", step.startTime() == null ? null : step.startTime().toString());
        json.put("performingPhysician", step.performingPhysician());
        json.put("accession", procedure.accessionNumber());
        json.put("requestedProcedure", procedure.id());
        json.put("requestedProcedureDescription", procedure.description());
        codes(json.putArray("requestedProcedureCodes"), procedure.codes());
        json.put("studyInstanceUid", procedure.studyInstanceUid());
        json.put("referringPhysician", procedure.referringPhysician());
        ObjectNode who = json.putObject("patient");
        who.put("name", patient.name());
        who.put("id", patient.id());
        who.put(
                "birthDate",
                patient.birthDate() == null ? null : patient.birthDate().toString());
        who.put("sex", patient.sex());
        Terminal.number(who, "weight", patient.weightKilograms());
        json.put("usable", entry.usable());
        EntryCheck.warnings(step).forEach(json.putArray("warnings")::add);
        entry.problems().forEach(json.putArray("problems")::add);
        mismatches.forEach(json.putArray("mismatches")::add);
        return json;
    }

    private static void codes(ArrayNode array, List<Code> codes) {
        for (Code code : codes) {
            array.addObject()
                    .put("value", code.value())
                    .put("scheme", code.scheme())
                    .put("meaning", code.meaning());
        }
    }
}
