package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.isocenter.hardware.ScannerException;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.Study;
import org.isocenter.model.SystemLimits;
import org.isocenter.session.SoftwareVersion;
import org.isocenter.session.archive.ScanExport;
import org.isocenter.session.run.ScanException;
import org.isocenter.session.run.ScanRequest;
import org.isocenter.session.run.ScanResult;
import org.isocenter.session.run.ScanState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code isocenter demo}: a whole exam on the virtual scanner. */
@Command(
        name = "demo",
        description = "A whole exam of the virtual scanner's brain: localizer, 2D spin echo, 2D gradient echo, 3D TSE.")
final class DemoCommand implements Callable<Integer> {
    private static final String DEVICE = "virtual:osi2one";
    private static final String PHANTOM = "brain";

    private static final Pattern NUMBERED = Pattern.compile("([0-9]{1,6})-.*");

    /**
     * One scan of the exam.
     *
     * @param name the folder's name below the output folder, behind its number
     * @param settings that differ from the library's defaults
     */
    private record Step(String name, String sequence, List<String> settings) {}

    private static final List<Step> STEPS = List.of(
            new Step("localizer", "localizer", List.of()),
            new Step("spin-echo", "se2d", List.of()),
            new Step("gradient-echo", "gre2d", List.of()),
            new Step("tse-3d", "tse3d", List.of()));

    /** A step that has been done. */
    private record Done(String folder, ScanResult result, double seconds) {}

    private final Terminal terminal;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the exam goes; made when missing. Where one is already, this goes beside it.")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The virtual scanner's random numbers.")
    private long seed;

    @Mixin
    private final DicomOutputOptions dicom = new DicomOutputOptions();

    @Mixin
    private final DicomSendOptions sending = new DicomSendOptions();

    @Option(names = "--force", description = "Replace the exam that is in DIR.")
    private boolean force;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandException, ScannerException, ScanException, IOException {
        long start = System.nanoTime();
        URI device = Devices.address(DEVICE, PHANTOM, seed);
        SystemLimits limits = Devices.limitsOf(device);
        List<ScanExport> exports = sending.exports();
        int before = force ? 0 : scansIn(out);
        Study study = Exams.study(true, PHANTOM, PatientPosition.HFS, "Isocenter demo");
        List<Done> done = new ArrayList<>();
        int series = 1;
        try (ScanRunner runner = new ScanRunner(terminal)) {
            terminal.line("Exam " + study.id() + " on " + device);
            for (Step step : STEPS) {
                long stepStart = System.nanoTime();
                Protocol protocol = Protocols.protocol(Protocols.builder(step.sequence()), limits, step.settings());
                String folder = before + done.size() + 1 + "-" + step.name();
                ScanResult result = runner.scan(new ScanRequest(
                                study,
                                protocol,
                                null,
                                protocol.name(),
                                series,
                                device,
                                out.resolve(folder),
                                null,
                                force)
                        .withDicom(dicom.output())
                        .withExports(exports));
                series += dicom.output().seriesAtMost(result.volumes().size());
                done.add(new Done(folder, result, (System.nanoTime() - stepStart) * 1e-9));
                terminal.line("");
                ScanText.lines(result).forEach(terminal::line);
                if (result.state() != ScanState.DONE) {
                    return ExitCode.INTERRUPTED;
                }
            }
        }
        double total = (System.nanoTime() - start) * 1e-9;
        String report = before == 0 ? "report" : "report-" + (before + 1);
        writeReports(study, done, total, report);
        terminal.line("");
        terminal.line(String.format(
                Locale.ROOT,
                "All done in %.1f s: the images are in %s, the exam's report is %s",
                total,
                out.resolve("*").resolve("dicom"),
                out.resolve(report + ".md")));
        return sending.send(done.stream().map(Done::result).toList(), terminal);
    }

    /** The highest number that a folder of an earlier exam carries. */
    private static int scansIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> NUMBERED.matcher(entry.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(match -> Integer.parseInt(match.group(1)))
                    .max()
                    .orElse(0);
        }
    }

    private void writeReports(Study study, List<Done> done, double totalSeconds, String name) throws IOException {
        ObjectNode document = Terminal.object()
                .put("study", study.instanceUid())
                .put("id", study.id())
                .put("device", DEVICE)
                .put("phantom", PHANTOM)
                .put("seed", seed)
                .put("seconds", totalSeconds);
        SoftwareVersion software = SoftwareVersion.current();
        document.putObject("software").put("version", software.version()).put("commit", software.commit());
        ArrayNode steps = document.putArray("steps");
        StringBuilder text = new StringBuilder();
        text.append("# Exam ").append(study.id()).append("\n\n");
        text.append("Isocenter ")
                .append(software.display())
                .append(", ")
                .append(DEVICE)
                .append(", phantom ");
        text.append(PHANTOM).append(", seed ").append(seed).append(".\n\n");
        text.append(
                "| scan | images | readouts | compile s | acquire s | first image s | recon s | export s | all s |\n");
        text.append("|---|---|---|---|---|---|---|---|---|\n");
        for (Done one : done) {
            JsonNode report = new ObjectMapper()
                    .readTree(one.result().directory().resolve("report.json").toFile());
            ObjectNode node = steps.addObject()
                    .put("name", one.result().header().protocolName())
                    .put("directory", one.folder())
                    .put("seconds", one.seconds());
            node.set("report", report);
            text.append("| [").append(one.result().header().protocolName()).append("](");
            text.append(one.folder()).append("/preview.png) | ");
            text.append(String.join("<br>", ScanText.images(one.result())));
            text.append(" | ").append(report.at("/acquisition/readouts").asInt());
            for (String timing : List.of("compile", "acquire", "firstImage", "recon", "export")) {
                text.append(String.format(
                        Locale.ROOT, " | %.2f", report.at("/timing/" + timing).asDouble()));
            }
            text.append(String.format(Locale.ROOT, " | %.2f |%n", one.seconds()));
        }
        text.append(String.format(Locale.ROOT, "%nAll: %.1f s.%n", totalSeconds));
        OutputFiles.write(
                out.resolve(name + ".json"),
                stream -> stream.write((document.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8)));
        OutputFiles.write(
                out.resolve(name + ".md"),
                stream -> stream.write(text.toString().getBytes(StandardCharsets.UTF_8)));
        terminal.document(document);
    }
}
