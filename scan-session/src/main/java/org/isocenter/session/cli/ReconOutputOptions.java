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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a user may say about the results of a reconstruction, and their making. */
final class ReconOutputOptions {
    private static final String NAME = "{}";

    @Option(
            names = "--out",
            paramLabel = "DIR|FILE",
            description =
                    "Folder for DICOM, picture, MRD images and report; without it images are only described. A name"
                            + " that ends in .npy or .cfl: their pixels as an array in this file and nothing else; - is an MRD"
                            + " stream to standard output. Of several RAW each gets a folder of its name in DIR, or what"
                            + " stands here with its name for {}, as in images/{}.npy.")
    private Path out;

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

    /** Where the results of one of several files go, null when nothing is written. */
    Path placeOf(String name) throws CommandException {
        if (out == null) {
            return null;
        }
        if (out.toString().contains(NAME)) {
            return Path.of(out.toString().replace(NAME, name));
        }
        if (out.toString().equals(ImageStream.STANDARD) || isArray(out)) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "several files of raw data cannot go to one (--out " + out + "): name a folder, or put " + NAME
                            + " where the name of each is to be, as in --out images/" + NAME + ".npy");
        }
        return out.resolve(name);
    }

    /** Where the results of the only file go, null when nothing is written. */
    Path place() {
        return out;
    }

    /**
     * Makes the images, or evaluates the spectrum, and writes what was asked for.
     *
     * @param place a folder, an array's file, {@code -} for a stream to standard output, or null to write nothing
     * @return the answer for programs; null when standard output is the stream's
     */
    ObjectNode reconstruct(
            RawCommand.Input input,
            Reconstruction reconstruction,
            Path place,
            ServerOptions server,
            Watch watch,
            Terminal terminal)
            throws IOException, ScanException, CommandException {
        List<String> notes = new ArrayList<>(input.notes());
        if (input.recovered() != null) {
            notes.add(input.recovered().summary());
        }
        if (place == null) {
            Optional<Measurement> measurement = SpectrumAnalysis.of(input.raw());
            if (measurement.isPresent()) {
                return describe(measurement.get(), notes, terminal);
            }
            Reconstruction.Result result = reconstruction.reconstruct(input.raw(), watch);
            return describe(result, SignalToNoise.of(result, input.raw().header()), notes, terminal);
        }
        if (isArray(place)) {
            return array(
                    reconstruction.reconstruct(input.raw(), watch), input.raw().header(), place, notes, terminal);
        }
        RawData raw = withAnatomy(withStudy(input.raw(), notes));
        if (place.toString().equals(ImageStream.STANDARD)) {
            stream(reconstruction.reconstruct(raw, watch), raw, notes, terminal);
            return null;
        }
        if (force && Files.exists(place)) {
            try (Archive archive = Archive.openDefault()) {
                UnsentImages.refuse(archive, place);
            }
        }
        ScanResult result = ImageOutput.write(raw, notes, reconstruction, dicom.output(), place, force, watch);
        for (ImageExport.Format format : result.volumes().isEmpty() ? List.<ImageExport.Format>of() : formats) {
            ImageExport.write(result.directory().resolve("images.h5"), format);
        }
        server.keepLog(result.directory());
        ScanText.images(result).forEach(terminal::line);
        result.measurement().ifPresent(m -> terminal.line(ScanText.measurement(m)));
        String files = result.volumes().isEmpty() ? "dicom, " : "dicom, images.h5, ";
        terminal.line("  in " + result.directory() + ": " + files + "preview.png, report.json");
        result.notes().forEach(note -> terminal.line("  note: " + note));
        return (ObjectNode) new ObjectMapper()
                .readTree(result.directory().resolve("report.json").toFile());
    }

    private static boolean isArray(Path place) {
        return ImageExport.Format.of(place) != null && !Files.isDirectory(place);
    }

    private RawData withAnatomy(RawData raw) throws CommandException {
        Study study = raw.header().study();
        return raw.withHeader(
                raw.header().withStudy(study.withAnatomy(anatomy.complete(study.anatomy(), study.phantom()))));
    }

    /** Standard output is the stream's: what there is to say goes to standard error. */
    private static void stream(Reconstruction.Result result, RawData raw, List<String> notes, Terminal terminal)
            throws IOException {
        ImageStream.write(raw, result.volumes(), terminal.out());
        notes.addAll(result.notes());
        notes.forEach(note -> terminal.status("  note: " + note));
    }

    private ObjectNode array(
            Reconstruction.Result result, ScanHeader header, Path place, List<String> notes, Terminal terminal)
            throws IOException {
        // The one waits for memory and disk while the other computes.
        CompletableFuture<List<SignalToNoise>> signalToNoise =
                CompletableFuture.supplyAsync(() -> SignalToNoise.of(result, header));
        List<Path> files = ImageExport.write(result.volumes(), place, force);
        ObjectNode document = describe(result, signalToNoise.join(), notes, terminal);
        files.forEach(written -> terminal.line("  in " + written));
        return document;
    }

    private static ObjectNode describe(Measurement measurement, List<String> notes, Terminal terminal) {
        terminal.line(ScanText.measurement(measurement));
        notes.addAll(measurement.notes());
        notes.forEach(note -> terminal.line("  note: " + note));
        ObjectNode document = Terminal.object();
        document.set("measurement", MeasurementJson.of(measurement));
        notes.forEach(document.putArray("notes")::add);
        return document;
    }

    private static ObjectNode describe(
            Reconstruction.Result result, List<SignalToNoise> signalToNoise, List<String> notes, Terminal terminal) {
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
        return document;
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
