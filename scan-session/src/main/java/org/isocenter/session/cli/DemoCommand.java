package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.isocenter.hardware.ScannerException;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.Study;
import org.isocenter.model.SystemLimits;
import org.isocenter.session.SoftwareVersion;
import org.isocenter.session.run.ScanException;
import org.isocenter.session.run.ScanRequest;
import org.isocenter.session.run.ScanResult;
import org.isocenter.session.run.ScanState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code isocenter demo}: a whole exam on the virtual scanner. */
@Command(
        name = "demo",
        description = "A whole exam of the virtual scanner's brain: localizer, 2D spin echo, 2D gradient echo, 3D TSE.")
final class DemoCommand implements Callable<Integer> {
    private static final String DEVICE = "virtual:osi2one";
    private static final String PHANTOM = "brain";

    /**
     * One scan of the exam.
     *
     * @param folder below the output folder
     * @param settings that differ from the library's defaults
     */
    private record Step(String folder, String sequence, List<String> settings) {}

    private static final List<Step> STEPS = List.of(
            new Step("1-localizer", "localizer", List.of()),
            new Step("2-spin-echo", "se2d", List.of()),
            new Step("3-gradient-echo", "gre2d", List.of()),
            new Step("4-tse-3d", "tse3d", List.of()));

    /** A step that has been done. */
    private record Done(Step step, ScanResult result, double seconds) {}

    private final Terminal terminal;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the exam goes; made when missing.")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The virtual scanner's random numbers.")
    private long seed;

    @Option(names = "--force", description = "Replace an exam that is in DIR.")
    private boolean force;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandException, ScannerException, ScanException, IOException {
        long start = System.nanoTime();
        URI device = Devices.address(DEVICE, PHANTOM, seed);
        SystemLimits limits = Devices.limitsOf(device);
        for (Step step : STEPS) {
            OutputFiles.refuseExisting(out.resolve(step.folder()).resolve("report.json"), force);
        }
        Study study = Exams.study(true, PHANTOM, PatientPosition.HFS, "Isocenter demo");
        List<Done> done = new ArrayList<>();
        int series = 1;
        try (ScanRunner runner = new ScanRunner(terminal)) {
            terminal.line("Exam " + study.id() + " on " + device);
            for (Step step : STEPS) {
                long stepStart = System.nanoTime();
                Protocol protocol = Protocols.protocol(Protocols.builder(step.sequence()), limits, step.settings());
                ScanResult result = runner.scan(new ScanRequest(
                        study,
                        protocol,
                        null,
                        protocol.name(),
                        series,
                        device,
                        out.resolve(step.folder()),
                        null,
                        force));
                series += Math.max(1, result.volumes().size());
                done.add(new Done(step, result, (System.nanoTime() - stepStart) * 1e-9));
                terminal.line("");
                ScanText.lines(result).forEach(terminal::line);
                if (result.state() != ScanState.DONE) {
                    return ExitCode.INTERRUPTED;
                }
            }
        }
        double total = (System.nanoTime() - start) * 1e-9;
        writeReports(study, done, total);
        terminal.line("");
        terminal.line(String.format(
                Locale.ROOT,
                "All done in %.1f s: the images are in %s, the exam's report is %s",
                total,
                out.resolve("*").resolve("dicom"),
                out.resolve("report.md")));
        return ExitCode.DONE;
    }

    private void writeReports(Study study, List<Done> done, double totalSeconds) throws IOException {
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
                    .put("directory", one.step().folder())
                    .put("seconds", one.seconds());
            node.set("report", report);
            text.append("| [").append(one.result().header().protocolName()).append("](");
            text.append(one.step().folder()).append("/preview.png) | ");
            text.append(String.join(
                    "<br>",
                    one.result().volumes().stream().map(ScanText::volume).toList()));
            text.append(" | ").append(report.at("/acquisition/readouts").asInt());
            for (String timing : List.of("compile", "acquire", "firstImage", "recon", "export")) {
                text.append(String.format(
                        Locale.ROOT, " | %.2f", report.at("/timing/" + timing).asDouble()));
            }
            text.append(String.format(Locale.ROOT, " | %.2f |%n", one.seconds()));
        }
        text.append(String.format(Locale.ROOT, "%nAll: %.1f s.%n", totalSeconds));
        OutputFiles.write(
                out.resolve("report.json"),
                stream -> stream.write((document.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8)));
        OutputFiles.write(
                out.resolve("report.md"), stream -> stream.write(text.toString().getBytes(StandardCharsets.UTF_8)));
        terminal.document(document);
    }
}
