package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.Study;
import org.isocenter.model.SystemLimits;
import org.isocenter.recon.Reconstruction;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.session.archive.ScanExport;
import org.isocenter.session.run.ScanException;
import org.isocenter.session.run.ScanRequest;
import org.isocenter.session.run.ScanResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code isocenter scan}: the main job, from a sequence to images. */
@Command(name = "scan", description = "Scans: checks, compiles, runs, journals, reconstructs and exports.")
final class ScanCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SEQ", description = "A sequence of the library (isocenter sequences), or a .seq file.")
    private String sequence;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the results go; made when missing.")
    private Path out;

    @Option(
            names = "--set",
            paramLabel = "K=V",
            description = "Sets a parameter, or a soft delay of a file, with its unit: --set TE=20ms.")
    private List<String> settings = List.of();

    @Option(
            names = "--device",
            paramLabel = "URI",
            defaultValue = Devices.DEFAULT,
            description = "The scanner; default ${DEFAULT-VALUE}.")
    private String device;

    @Option(
            names = "--instrument",
            paramLabel = "URI",
            description =
                    "An instrument beside the scanner, may be repeated: its amplifiers are on during the scan, and its"
                            + " interlocks stop it.")
    private List<String> instruments = List.of();

    @Option(
            names = "--phantom",
            paramLabel = "NAME|FILE",
            description =
                    "What lies in the virtual scanner: one of `isocenter phantoms`, spins of JEMRIS (.h5) or KomaMRI (.phantom),"
                            + " or a label volume (.nii, .nii.gz).")
    private String phantom;

    @Option(names = "--seed", paramLabel = "N", description = "The virtual scanner's random numbers.")
    private Long seed;

    @Option(
            names = "--system",
            paramLabel = "FILE",
            description = "A scanner profile whose limits are kept too, by file or built-in name.")
    private String system;

    @Option(
            names = "--patient-position",
            paramLabel = "POS",
            defaultValue = "HFS",
            description = "How the patient lies: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private PatientPosition position;

    @Option(
            names = "--pipeline",
            paramLabel = "NAME|FILE",
            defaultValue = Pipelines.STANDARD,
            description = Pipelines.DESCRIPTION)
    private String pipeline;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final DicomOutputOptions dicom = new DicomOutputOptions();

    @Mixin
    private final DicomSendOptions sending = new DicomSendOptions();

    @Mixin
    private final ExamOptions exam = new ExamOptions();

    @Option(
            names = "--as-written",
            description =
                    "Play a .seq file as Pulseq defines it, even if the program that wrote it is known to mean something else (JEMRIS).")
    private boolean asWritten;

    @Option(names = "--force", description = "Replace results that are in DIR.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    ScanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Reconstruction reconstruction = server.around(Pipelines.of(pipeline), terminal);
        List<ScanExport> exports = sending.exports();
        URI address = Devices.address(device, phantom, seed);
        List<URI> beside = new ArrayList<>();
        for (String instrument : instruments) {
            beside.add(Devices.address(instrument, null, null));
        }
        SystemLimits limits = system == null ? null : Devices.system(system);
        Protocol protocol = null;
        Path file = null;
        Map<String, Double> delays = Map.of();
        if (isFile()) {
            file = Path.of(sequence);
            delays = SoftDelayOptions.seconds(settings);
            SoftDelayOptions.retime(
                    file,
                    PulseqReader.read(file).sequence(),
                    settings); // what cannot be read or set is told before a device is asked
        } else {
            SequenceBuilder builder = Protocols.builder(sequence);
            protocol = Protocols.protocol(builder, limits == null ? Devices.limitsOf(address) : limits, settings);
        }
        Study study = exam.study(Exams.study(Devices.isVirtual(address), phantom, position, ""), sequence, terminal);
        String description = protocol == null ? file.getFileName().toString() : protocol.name();
        ScanResult result;
        try (ScanRunner runner = new ScanRunner(terminal, reconstruction);
                ExamReport report = ExamReport.of(study, exam.goesOn(), exam.settings(), runner.session())) {
            result = runner.scan(new ScanRequest(
                    study,
                    protocol,
                    file,
                    description,
                    1,
                    address,
                    out,
                    limits,
                    force,
                    asWritten,
                    delays,
                    beside,
                    exports,
                    dicom.output()));
        } catch (ScanException e) {
            throw e.kind() == ScanException.Kind.SAFETY && limits == null && Devices.isVirtual(address)
                    ? WithoutLimits.named(
                            e, spec.root().commandLine().getParseResult().originalArgs(), device)
                    : e;
        }
        server.keepLog(result.directory());
        ScanText.lines(result).forEach(terminal::line);
        if (terminal.json()) {
            terminal.document(new ObjectMapper()
                    .readTree(result.directory().resolve("report.json").toFile()));
        }
        server.throwIfFailed(null);
        int told = ExamReport.send(study.performed(), terminal);
        int sent = sending.send(List.of(result), terminal);
        if (sent != ExitCode.DONE) {
            return sent;
        }
        if (told != ExitCode.DONE) {
            return told;
        }
        return switch (result.state()) {
            case DONE -> ExitCode.DONE;
            default -> ExitCode.INTERRUPTED;
        };
    }

    private boolean isFile() {
        return sequence.endsWith(".seq") || sequence.contains("/") || Files.isRegularFile(Path.of(sequence));
    }
}
