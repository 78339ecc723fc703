package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.isocenter.hardware.Interlock;
import org.isocenter.model.Study;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedScan;
import org.isocenter.session.archive.ArchivedSeries;
import org.isocenter.session.archive.ArchivedStudy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code isocenter studies}: what the local archive holds. */
@Command(
        name = "studies",
        description = "Lists what the local archive holds; with ID one study with its scans and files.")
final class StudiesCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "A study's id or instance UID.")
    private String id;

    StudiesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandException {
        try (Archive archive = Archive.openDefault()) {
            List<ArchivedStudy> studies = archive.studies();
            if (id == null) {
                list(archive, studies);
            } else {
                ArchivedStudy study = studies.stream()
                        .filter(s ->
                                id.equals(s.study().id()) || id.equals(s.study().instanceUid()))
                        .findFirst()
                        .orElseThrow(() -> new CommandException(
                                ExitCode.INPUT, "no such study (" + id + "): see isocenter studies"));
                show(archive, study);
            }
        }
        return ExitCode.DONE;
    }

    private void list(Archive archive, List<ArchivedStudy> studies) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (ArchivedStudy study : studies) {
            Study s = study.study();
            terminal.line(String.format(
                    Locale.ROOT,
                    "%-16s %s  %-24s %d scans",
                    s.id(),
                    TIME.format(s.start()),
                    s.patient().name(),
                    study.scans().size()));
            array.add(json(study));
        }
        if (studies.isEmpty()) {
            terminal.line("no studies in " + archive.folder());
        }
        List<ArchivedScan> interrupted = archive.interrupted();
        for (ArchivedScan scan : interrupted) {
            terminal.line(
                    "cut short: scan " + scan.id() + ", finish it with: isocenter raw recover " + scan.directory());
        }
        ObjectNode document = Terminal.object();
        document.set("studies", array);
        ArrayNode cut = document.putArray("interrupted");
        interrupted.forEach(scan -> cut.add(scan.id()));
        terminal.document(document);
    }

    private static ObjectNode json(ArchivedStudy study) {
        Study s = study.study();
        return Terminal.object()
                .put("id", s.id())
                .put("instanceUid", s.instanceUid())
                .put("start", s.start().toString())
                .put("patientName", s.patient().name())
                .put("patientId", s.patient().id())
                .put("description", s.description())
                .put("scans", study.scans().size());
    }

    private void show(Archive archive, ArchivedStudy study) {
        ObjectNode document = json(study);
        ArrayNode scans = document.putArray("scans");
        terminal.line(study.study().id() + "  " + TIME.format(study.study().start()) + "  "
                + study.study().patient().name());
        for (ArchivedScan scan : study.scans()) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "  %s  %-24s %-14s %d of %d readouts  %s",
                    scan.id(),
                    scan.protocolName(),
                    scan.state().toLowerCase(Locale.ROOT),
                    scan.readouts(),
                    scan.expectedReadouts(),
                    scan.directory()));
            ObjectNode node = scans.addObject()
                    .put("id", scan.id())
                    .put("protocol", scan.protocolName())
                    .put("sequence", scan.sequence())
                    .put("start", scan.start().toString())
                    .put("state", scan.state())
                    .put("readouts", scan.readouts())
                    .put("expected", scan.expectedReadouts())
                    .put("directory", scan.directory().toString());
            List<Interlock> interlocks = archive.interlocksOf(scan.id());
            interlocks.forEach(each -> terminal.line("    stopped by an interlock, " + each.text()));
            node.set("interlocks", DeviceProbe.json(interlocks));
            ArrayNode series = node.putArray("series");
            for (ArchivedSeries one : archive.series(scan.id())) {
                terminal.line(String.format(
                        Locale.ROOT, "    series %d: %s, %d images", one.number(), one.description(), one.images()));
                series.addObject()
                        .put("number", one.number())
                        .put("instanceUid", one.instanceUid())
                        .put("description", one.description())
                        .put("images", one.images());
            }
            ArrayNode files = node.putArray("files");
            for (Path file : scan.files()) {
                files.add(file.toString());
            }
        }
        terminal.document(document);
    }
}
