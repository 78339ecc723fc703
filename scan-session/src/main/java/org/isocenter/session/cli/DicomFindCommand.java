package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.workflow.FoundStudy;
import org.isocenter.dicom.workflow.StudyQuery;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.hospital.ArchiveSearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code isocenter dicom find}: what an archive has of a patient. */
@Command(name = "find", description = "Lists the studies that an archive has; with --study one study's series.")
final class DicomFindCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--peer",
            required = true,
            paramLabel = "NAME|AE@HOST:PORT|URL",
            description = "Whom to ask: a destination of dicom.json, or an address, also of DICOMweb.")
    private String peer;

    @Option(
            names = "--patient",
            paramLabel = "NAME",
            description = "Patient's name as DICOM writes it (Family^Given); * and ? are wild.")
    private String patient = "";

    @Option(names = "--patient-id", paramLabel = "ID", description = "Patient's id.")
    private String patientId = "";

    @Option(names = "--accession", paramLabel = "NUMBER", description = "Accession number.")
    private String accession = "";

    @Option(names = "--modality", paramLabel = "MR", description = "Kind of scanner.")
    private String modality = "";

    @Option(
            names = "--date",
            paramLabel = "DAY",
            defaultValue = "all",
            converter = DayRange.Converter.class,
            description = "When the study was made: " + DayRange.FORM + "; default ${DEFAULT-VALUE}.")
    private DayRange days;

    @Option(names = "--study", paramLabel = "UID", description = "Lists the series of this study.")
    private String study;

    DicomFindCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        if (study != null && !UID.isValid(study)) {
            throw new CommandException(
                    ExitCode.INPUT, "this is no UID (" + study + "): list the studies first, without --study");
        }
        DicomSettings settings = DicomSettings.readDefault();
        Destination archive = DicomDestinations.archive(settings, peer);
        try {
            if (study != null) {
                return show(
                        "series",
                        ArchiveSearch.series(archive, settings, study),
                        DicomFindCommand::json,
                        DicomFindCommand::line);
            }
            StudyQuery query = new StudyQuery(patientId, patient, accession, "", modality, days.from(), days.to());
            return show(
                    "studies",
                    ArchiveSearch.studies(archive, settings, query),
                    DicomFindCommand::json,
                    DicomFindCommand::line);
        } catch (DicomValueException e) {
            throw new CommandException(ExitCode.INPUT, "this cannot be asked for: " + e.getMessage(), e);
        } catch (IOException e) {
            throw DicomDestinations.failure(e, "");
        }
    }

    private <T> int show(
            String name, ArchiveSearch.Listing<T> found, Function<T, ObjectNode> json, Function<T, String> line) {
        ObjectNode document = Terminal.object();
        ArrayNode array = document.putArray(name);
        for (T match : found.matches()) {
            terminal.line(line.apply(match));
            array.add(json.apply(match));
        }
        document.put("status", found.status());
        terminal.document(document);
        if (!found.problem().isEmpty()) {
            terminal.error("the archive did not tell all (" + peer + "): " + found.problem(), null);
            return ExitCode.NO;
        }
        if (found.matches().isEmpty()) {
            terminal.line("nothing was found");
        }
        return ExitCode.DONE;
    }

    private static String line(FoundStudy study) {
        return String.format(
                Locale.ROOT,
                "%s  %s  %s (%s)  %s  %s%s",
                study.date(),
                study.instanceUid(),
                study.patientName(),
                study.patientId(),
                String.join("/", study.modalities()),
                study.description(),
                study.instances() < 0 ? "" : "  " + study.instances() + " objects");
    }

    private static String line(FoundStudy.Series series) {
        return String.format(
                Locale.ROOT,
                "%s  %s  %s  %s%s",
                series.number() < 0 ? "-" : series.number(),
                series.instanceUid(),
                series.modality(),
                series.description(),
                series.instances() < 0 ? "" : "  " + series.instances() + " objects");
    }

    private static ObjectNode json(FoundStudy study) {
        ObjectNode json = Terminal.object();
        json.put("studyInstanceUid", study.instanceUid());
        json.put("patientName", study.patientName());
        json.put("patientId", study.patientId());
        json.put("birthDate", study.birthDate());
        json.put("sex", study.sex());
        json.put("date", study.date());
        json.put("time", study.time());
        json.put("description", study.description());
        json.put("accession", study.accessionNumber());
        study.modalities().forEach(json.putArray("modalities")::add);
        json.put("series", study.series());
        json.put("instances", study.instances());
        return json;
    }

    private static ObjectNode json(FoundStudy.Series series) {
        return Terminal.object()
                .put("seriesInstanceUid", series.instanceUid())
                .put("number", series.number())
                .put("description", series.description())
                .put("modality", series.modality())
                .put("instances", series.instances());
    }
}
