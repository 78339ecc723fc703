package org.isocenter.session.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.iod.RasterImage;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.Picture;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.Watch;
import org.isocenter.recon.image.AverageHalves;
import org.isocenter.recon.image.ComplexParts;
import org.isocenter.recon.image.SignalToNoise;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.spectrum.Measurement;
import org.isocenter.recon.spectrum.SpectrumAnalysis;
import org.isocenter.recon.spectrum.SpectrumPicture;
import org.isocenter.session.archive.ArchivedFile;
import org.isocenter.session.archive.ArchivedInstance;
import org.isocenter.session.archive.ArchivedSeries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of a scan's readouts what a scan leaves: {@code raw.h5}, images, report. Either all of it gets its final place, or
 * nothing does. Any thread.
 */
final class Finishing {
    private static final Logger LOG = LoggerFactory.getLogger(Finishing.class);

    private static final Reconstruction.Result NO_IMAGES =
            new Reconstruction.Result(List.of(), List.of(), List.of(), List.of());

    private final Reconstruction reconstruction;
    private final ScanDirectory directory;
    private final ScanReport report;
    private final ScanState state;
    private final Map<String, Double> timingSeconds;
    private final List<String> notes;
    private final Watch watch;
    private final List<ArchivedSeries> series = new ArrayList<>();
    private final List<ArchivedFile> files = new ArrayList<>();
    private final List<ArchivedInstance> instances = new ArrayList<>();
    private Optional<Measurement> measurement = Optional.empty();
    private List<SignalToNoise> signalToNoise = List.of();
    private List<ImageVolume> parts = List.of();

    /**
     * @param state that the scan ends in
     * @param timingSeconds of the steps so far
     * @param notes for the user so far
     * @param watch may give the images up, and is told how far they are. The raw data are kept all the same
     */
    Finishing(
            Reconstruction reconstruction,
            ScanDirectory directory,
            ScanReport report,
            ScanState state,
            Map<String, Double> timingSeconds,
            List<String> notes,
            Watch watch) {
        this.reconstruction = reconstruction;
        this.directory = directory;
        this.report = report;
        this.state = state;
        this.timingSeconds = new LinkedHashMap<>(timingSeconds);
        this.notes = new ArrayList<>(notes);
        this.watch = watch;
    }

    /** The series that {@link #finish} wrote. */
    List<ArchivedSeries> series() {
        return series;
    }

    /** The files that {@link #finish} left. */
    List<ArchivedFile> files() {
        return files;
    }

    /** The DICOM files among them. */
    List<ArchivedInstance> instances() {
        return instances;
    }

    /** Writes everything. The raw data are in their place even when no image can be made of them; a note says why. */
    ScanResult finish(RawData raw) throws ScanException {
        try {
            directory.openStaging();
            return publish(raw, make(raw));
        } catch (IOException e) {
            throw new ScanException(
                    ScanException.Kind.OUTPUT,
                    "the results cannot be written (" + directory.folder() + "): " + e.getMessage()
                            + ": the data are safe, make room and run: isocenter raw recover " + directory.journal(),
                    e);
        } finally {
            discardStaging();
        }
    }

    /** Writes images and report, but no raw data. Without an image or a measurement it writes nothing. */
    ScanResult finishImages(RawData raw) throws IOException {
        directory.open();
        try {
            directory.openStaging();
            SeriesExport export = export(raw.header());
            List<ImageVolume> volumes = makeImages(raw, export);
            if (volumes.isEmpty() && measurement.isEmpty()) {
                return result(raw, volumes);
            }
            makeReport(raw, volumes, export);
            return publish(raw, volumes);
        } finally {
            discardStaging();
        }
    }

    private ScanResult publish(RawData raw, List<ImageVolume> volumes) throws IOException {
        directory.publish();
        return result(raw, volumes);
    }

    private ScanResult result(RawData raw, List<ImageVolume> volumes) {
        return new ScanResult(
                state,
                raw.header(),
                volumes,
                parts,
                signalToNoise,
                measurement,
                directory.folder(),
                files.stream().map(f -> directory.result(f.path())).toList(),
                timingSeconds,
                notes);
    }

    private void discardStaging() {
        try {
            directory.discardStaging();
        } catch (IOException e) {
            LOG.warn("half made results could not be removed in {}", directory.folder(), e);
        }
    }

    private List<ImageVolume> make(RawData raw) throws IOException {
        long start = System.nanoTime();
        Path rawFile = directory.staged(ScanDirectory.RAW);
        MrdFile.write(raw, rawFile);
        // The journal may only go when this holds.
        if (!MrdFile.holds(rawFile, raw)) {
            throw new IOException("raw.h5 reads back differently from what was written");
        }
        double rawSeconds = secondsSince(start);
        SeriesExport export = export(raw.header());
        List<ImageVolume> volumes = makeImages(raw, export);
        timingSeconds.merge("export", rawSeconds, Double::sum);
        makeReport(raw, volumes, export);
        return volumes;
    }

    private SeriesExport export(ScanHeader header) {
        return new SeriesExport(
                header,
                report.seriesDescription(header.protocolName()),
                report.seriesNumber(1),
                directory.staged(ScanDirectory.DICOM));
    }

    private List<ImageVolume> makeImages(RawData raw, SeriesExport export) throws IOException {
        long start = System.nanoTime();
        measurement = evaluate(raw);
        Reconstruction.Result result = measurement.isPresent() ? NO_IMAGES : reconstruct(raw);
        List<ImageVolume> volumes = result.volumes();
        timingSeconds.put("recon", secondsSince(start));
        timingSeconds.putIfAbsent("firstImage", timingSeconds.getOrDefault("acquire", 0.0) + secondsSince(start));
        start = System.nanoTime();
        export.write(volumes, report.dicomOutput(), ImageProcessing.of(result.chains()));
        if (measurement.isPresent()) {
            RasterImage plot = ReportPages.raster(SpectrumPicture.of(measurement.get()));
            export.write(List.of(plot), "Plot of a measurement", "");
        }
        notes.addAll(export.notes());
        if (!volumes.isEmpty()) {
            Picture.writePng(volumes, directory.staged(ScanDirectory.PREVIEW));
            writeImages(raw.header(), result);
        }
        if (measurement.isPresent()) {
            SpectrumPicture.writePng(measurement.get(), directory.staged(ScanDirectory.PREVIEW));
        }
        timingSeconds.put("export", secondsSince(start));
        return volumes;
    }

    private void makeReport(RawData raw, List<ImageVolume> volumes, SeriesExport export) throws IOException {
        report.acquisition(raw, state, OffsetDateTime.now().withNano(0));
        report.timing(timingSeconds);
        report.images(volumes, signalToNoise);
        measurement.ifPresent(report::measurement);
        report.notes(notes);
        if (report.dicomOutput().report()) {
            export.write(ReportPages.of(report, raw.header(), volumes, measurement), "Report of a scan", "report");
        }
        series.addAll(export.series());
        addFiles();
        report.files(files);
        Path reportFile = directory.staged(ScanDirectory.REPORT);
        report.write(reportFile);
        files.add(file(ScanDirectory.REPORT, reportFile));
    }

    /** Of a scan without spatial encoding. */
    private Optional<Measurement> evaluate(RawData raw) {
        try {
            Optional<Measurement> found = SpectrumAnalysis.of(raw);
            found.ifPresent(m -> {
                notes.addAll(m.notes());
                notes.add("in DICOM there is a plot of it only: the figures are in " + ScanDirectory.REPORT
                        + ", the signal in " + ScanDirectory.RAW);
            });
            return found;
        } catch (RuntimeException e) {
            LOG.error("scan {}: evaluation failed", raw.header().measurementId(), e);
            notes.add("no figures could be worked out (" + e.getMessage() + "); the raw data are in "
                    + ScanDirectory.RAW);
            return Optional.empty();
        }
    }

    private Reconstruction.Result reconstruct(RawData raw) {
        try {
            Reconstruction.Result result = reconstruction.reconstruct(raw, watch);
            notes.addAll(result.notes());
            report.reconstruction(result.chains());
            parts = ComplexParts.of(result);
            signalToNoise = AverageHalves.of(result, raw, reconstruction, watch::isStopped);
            return result;
        } catch (CancellationException e) {
            LOG.info("scan {}: the reconstruction was stopped", raw.header().measurementId());
            notes.add("the reconstruction was stopped, there are no images: isocenter recon " + directory.folder()
                    + " makes them");
            return NO_IMAGES;
        } catch (RuntimeException e) {
            LOG.error("scan {}: reconstruction failed", raw.header().measurementId(), e);
            notes.add("no image could be made (" + e.getMessage() + "); the raw data are in " + ScanDirectory.RAW);
            return NO_IMAGES;
        }
    }

    private void writeImages(ScanHeader header, Reconstruction.Result result) throws IOException {
        try {
            ImagesFile.write(header, result, directory.staged(ScanDirectory.IMAGES));
        } catch (IllegalArgumentException e) {
            notes.add("there is no " + ScanDirectory.IMAGES + ": " + e.getMessage());
        }
    }

    private void addFiles() throws IOException {
        Path sequence = directory.result(ScanDirectory.SEQUENCE);
        if (Files.exists(sequence)) {
            files.add(file(ScanDirectory.SEQUENCE, sequence));
        }
        Path staging = directory.staged("");
        try (Stream<Path> walk = Files.walk(staging)) {
            for (Path path : walk.filter(Files::isRegularFile).sorted().toList()) {
                String name = staging.relativize(path).toString().replace('\\', '/');
                files.add(file(name, path));
                if (name.startsWith(ScanDirectory.DICOM + "/")) {
                    Attributes meta = DicomReader.readStart(path).meta();
                    instances.add(new ArchivedInstance(
                            name,
                            meta.getString(Tag.MediaStorageSOPClassUID),
                            meta.getString(Tag.MediaStorageSOPInstanceUID)));
                }
            }
        }
    }

    private static ArchivedFile file(String name, Path file) throws IOException {
        return new ArchivedFile(name, Files.size(file), ScanReport.sha256(file));
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) * 1e-9;
    }
}
