package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.isocenter.dicom.data.UID;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Study;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.Watch;
import org.isocenter.recon.image.SignalToNoise;
import org.isocenter.recon.spectrum.Measurement;
import org.isocenter.recon.spectrum.SpectrumAnalysis;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.raw.ImageExport;
import org.isocenter.session.run.ImageOutput;
import org.isocenter.session.run.MeasurementJson;
import org.isocenter.session.run.ReconstructionJson;
import org.isocenter.session.run.ScanException;
import org.isocenter.session.run.ScanResult;
import org.isocenter.session.run.UnsentImages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter recon}: images of raw data, ours or other people's. */
@Command(
        name = "recon",
        description = "Reconstructs raw data (MRD, a journal, a scan's folder, or an array) and writes images.")
final class ReconCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "RAW", description = RawFiles.DESCRIPTION)
    private Path file;

    @Mixin
    private final RawInputOptions options = new RawInputOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR|FILE",
            description =
                    "Folder for DICOM, picture, MRD images and report; without it images are only described. A name"
                            + " that ends in .npy or .cfl: their pixels as an array in this file and nothing else; - is an MRD"
                            + " stream to standard output.")
    private Path out;

    @Option(
            names = "--pipeline",
            paramLabel = "NAME|FILE",
            defaultValue = Pipelines.STANDARD,
            description = Pipelines.DESCRIPTION)
    private String pipeline;

    @Option(
            names = "--list-steps",
            description = "Lists the steps that a chain can have, with their parameters, and the chains.")
    private boolean listSteps;

    @Option(
            names = "--print-pipeline",
            paramLabel = "NAME|FILE",
            description = "Prints a chain as YAML with every parameter, to edit and give to --pipeline.")
    private String printed;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--format",
            paramLabel = "npy|cfl",
            split = ",",
            description = "Also writes the images as plain arrays: NumPy's, BART's.")
    private List<ImageExport.Format> formats = List.of();

    @Mixin
    private final AnatomyOptions anatomy = new AnatomyOptions();

    @Mixin
    private final DicomOutputOptions dicom = new DicomOutputOptions();

    @Option(names = "--force", description = "Replace results that are in DIR.")
    private boolean force;

    ReconCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, ScanException, CommandException {
        if (listSteps) {
            new PipelineText(terminal).list();
            return ExitCode.DONE;
        }
        if (printed != null) {
            new PipelineText(terminal).print(printed);
            return ExitCode.DONE;
        }
        if (file == null) {
            throw new CommandException(ExitCode.INPUT, "no raw data (RAW): name a file, or see isocenter recon --help");
        }
        Reconstruction reconstruction = server.around(Pipelines.of(pipeline), terminal);
        try (Interrupt interrupt = new Interrupt()) {
            return reconstruct(reconstruction, watch(interrupt));
        } catch (CancellationException e) {
            throw new CommandException(ExitCode.INTERRUPTED, "interrupted (" + file + "): no images were made", e);
        } catch (ScanException | IllegalStateException e) {
            server.throwIfFailed(e);
            throw e;
        }
    }

    private Watch watch(Interrupt interrupt) {
        Progress progress = new Progress(terminal, "images");
        return new Watch() {
            @Override
            public boolean isStopped() {
                return interrupt.isMade();
            }

            @Override
            public void done(double share) {
                progress.at(Math.round(100 * share), 100);
            }
        };
    }

    private int reconstruct(Reconstruction reconstruction, Watch watch)
            throws IOException, ScanException, CommandException {
        RawCommand.Input input = options.read(file);
        List<String> notes = new ArrayList<>(input.notes());
        if (input.recovered() != null) {
            notes.add(input.recovered().summary());
        }
        if (out == null) {
            Optional<Measurement> measurement = SpectrumAnalysis.of(input.raw());
            if (measurement.isPresent()) {
                describe(measurement.get(), notes);
            } else {
                Reconstruction.Result result = reconstruction.reconstruct(input.raw(), watch);
                describe(result, SignalToNoise.of(result, input.raw().header()), notes);
            }
            return ExitCode.DONE;
        }
        if (ImageExport.Format.of(out) != null && !Files.isDirectory(out)) {
            return array(
                    reconstruction.reconstruct(input.raw(), watch), input.raw().header(), notes);
        }
        RawData raw = withAnatomy(withStudy(input.raw(), notes));
        if (out.toString().equals(ImageStream.STANDARD)) {
            return stream(reconstruction.reconstruct(raw, watch), raw, notes);
        }
        if (force && Files.exists(out)) {
            try (Archive archive = Archive.openDefault()) {
                UnsentImages.refuse(archive, out);
            }
        }
        ScanResult result = ImageOutput.write(raw, notes, reconstruction, dicom.output(), out, force, watch);
        for (ImageExport.Format format : result.volumes().isEmpty() ? List.<ImageExport.Format>of() : formats) {
            ImageExport.write(result.directory().resolve("images.h5"), format);
        }
        server.keepLog(result.directory());
        ScanText.images(result).forEach(terminal::line);
        result.measurement().ifPresent(m -> terminal.line(ScanText.measurement(m)));
        String dicom = result.volumes().isEmpty() ? "dicom, " : "dicom, images.h5, ";
        terminal.line("  in " + result.directory() + ": " + dicom + "preview.png, report.json");
        result.notes().forEach(note -> terminal.line("  note: " + note));
        if (terminal.json()) {
            terminal.document(new ObjectMapper()
                    .readTree(result.directory().resolve("report.json").toFile()));
        }
        return ExitCode.DONE;
    }

    private RawData withAnatomy(RawData raw) throws CommandException {
        Study study = raw.header().study();
        return raw.withHeader(
                raw.header().withStudy(study.withAnatomy(anatomy.complete(study.anatomy(), study.phantom()))));
    }

    /** Standard output is the stream's: what there is to say goes to standard error. */
    private int stream(Reconstruction.Result result, RawData raw, List<String> notes) throws IOException {
        ImageStream.write(raw, result.volumes(), terminal.out());
        notes.addAll(result.notes());
        notes.forEach(note -> terminal.status("  note: " + note));
        return ExitCode.DONE;
    }

    private int array(Reconstruction.Result result, ScanHeader header, List<String> notes) throws IOException {
        // The one waits for memory and disk while the other computes.
        CompletableFuture<List<SignalToNoise>> signalToNoise =
                CompletableFuture.supplyAsync(() -> SignalToNoise.of(result, header));
        List<Path> files = ImageExport.write(result.volumes(), out, force);
        describe(result, signalToNoise.join(), notes);
        files.forEach(written -> terminal.line("  in " + written));
        return ExitCode.DONE;
    }

    private void describe(Measurement measurement, List<String> notes) {
        terminal.line(ScanText.measurement(measurement));
        notes.addAll(measurement.notes());
        notes.forEach(note -> terminal.line("  note: " + note));
        ObjectNode document = Terminal.object();
        document.set("measurement", MeasurementJson.of(measurement));
        notes.forEach(document.putArray("notes")::add);
        terminal.document(document);
    }

    private void describe(Reconstruction.Result result, List<SignalToNoise> signalToNoise, List<String> notes) {
        notes.addAll(result.notes());
        ObjectNode document = Terminal.object();
        var images = document.putArray("images");
        for (int i = 0; i < result.volumes().size(); i++) {
            ImageVolume volume = result.volumes().get(i);
            terminal.line(ScanText.volume(volume, signalToNoise.get(i)));
            images.addObject()
                    .put("name", volume.name())
                    .putArray("matrix")
                    .add(volume.columns())
                    .add(volume.rows())
                    .add(volume.slices());
        }
        document.set("reconstruction", ReconstructionJson.of(result.chains()));
        notes.forEach(note -> terminal.line("  note: " + note));
        notes.forEach(document.putArray("notes")::add);
        terminal.document(document);
    }

    /** Other people's raw data often lack what a DICOM study must have: identifiers and a time are made for it. */
    private static RawData withStudy(RawData raw, List<String> notes) {
        ScanHeader header = raw.header();
        Study study = header.study();
        boolean complete = UID.isValid(study.instanceUid()) && UID.isValid(study.frameOfReferenceUid());
        boolean identified = !study.id().isBlank() && !study.patient().id().isBlank();
        if (complete && identified && study.start() != null && header.start() != null) {
            return raw;
        }
        OffsetDateTime now = OffsetDateTime.now().withNano(0);
        if (!complete) {
            notes.add("the raw data have no study or frame of reference UID: new ones were made");
        }
        OffsetDateTime start = study.start() == null ? now : study.start();
        Study mended = new Study(
                UID.isValid(study.instanceUid()) ? study.instanceUid() : UID.create(),
                study.id().isBlank() ? Exams.studyId(start) : study.id(),
                study.accessionNumber(),
                study.description(),
                study.referringPhysician(),
                UID.isValid(study.frameOfReferenceUid()) ? study.frameOfReferenceUid() : UID.create(),
                study.start() == null ? now : study.start(),
                study.patient(),
                study.position(),
                study.anatomy(),
                study.phantom(),
                study.orders(),
                study.performed());
        ScanHeader newHeader = new ScanHeader(
                header.measurementId(),
                header.protocolName(),
                header.start() == null ? now : header.start(),
                mended,
                header.scanner(),
                header.sequence(),
                header.encodings(),
                header.userParameters());
        return raw.withHeader(newHeader);
    }
}
