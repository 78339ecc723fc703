package org.isocenter.session.run;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Protocol;
import org.isocenter.model.Study;
import org.isocenter.model.SystemLimits;
import org.isocenter.session.archive.ScanExport;

/**
 * What to scan: either a protocol of a library sequence or a Pulseq file.
 *
 * @param study the exam and patient
 * @param protocol or null
 * @param sequenceFile or null
 * @param seriesDescription what the images are called
 * @param seriesNumber number of the first series that comes of it
 * @param device the scanner's URI
 * @param directory where everything of this scan goes; made when missing
 * @param limits that the sequence must keep as well as the scanner's own; null for the scanner's own alone
 * @param overwrite whether results that are in the directory may be replaced
 * @param asWritten whether a sequence file is played as Pulseq defines it, even if its writer is known to mean something else
 * @param softDelaySeconds other values for soft delays of the sequence file, by name
 * @param instruments beside the scanner: their amplifiers are on while it plays, and their interlocks stop it
 * @param exports where the images go when it ends
 * @param dicom as what the images are kept
 */
public record ScanRequest(
        Study study,
        Protocol protocol,
        Path sequenceFile,
        String seriesDescription,
        int seriesNumber,
        URI device,
        Path directory,
        SystemLimits limits,
        boolean overwrite,
        boolean asWritten,
        Map<String, Double> softDelaySeconds,
        List<URI> instruments,
        List<ScanExport> exports,
        DicomOutput dicom) {
    public ScanRequest {
        instruments = List.copyOf(instruments);
        exports = List.copyOf(exports);
        softDelaySeconds = Map.copyOf(softDelaySeconds);
        if ((protocol == null) == (sequenceFile == null)) {
            throw new IllegalArgumentException("a scan needs either a protocol or a sequence file");
        }
        if (sequenceFile == null && !softDelaySeconds.isEmpty()) {
            throw new IllegalArgumentException("a protocol has no soft delays");
        }
    }

    /** With the soft delays that the file has, without instruments beside the scanner, images as single objects. */
    public ScanRequest(
            Study study,
            Protocol protocol,
            Path sequenceFile,
            String seriesDescription,
            int seriesNumber,
            URI device,
            Path directory,
            SystemLimits limits,
            boolean overwrite) {
        this(
                study,
                protocol,
                sequenceFile,
                seriesDescription,
                seriesNumber,
                device,
                directory,
                limits,
                overwrite,
                false,
                Map.of(),
                List.of(),
                List.of(),
                DicomOutput.STANDARD);
    }

    /** Within the scanner's own limits, into a directory without results. */
    public ScanRequest(
            Study study,
            Protocol protocol,
            Path sequenceFile,
            String seriesDescription,
            int seriesNumber,
            URI device,
            Path directory) {
        this(study, protocol, sequenceFile, seriesDescription, seriesNumber, device, directory, null, false);
    }

    /** The same, with the images going there when it ends. */
    public ScanRequest withExports(List<ScanExport> newExports) {
        return new ScanRequest(
                study,
                protocol,
                sequenceFile,
                seriesDescription,
                seriesNumber,
                device,
                directory,
                limits,
                overwrite,
                asWritten,
                softDelaySeconds,
                instruments,
                newExports,
                dicom);
    }

    /** The same, with the images kept as this. */
    public ScanRequest withDicom(DicomOutput newDicom) {
        return new ScanRequest(
                study,
                protocol,
                sequenceFile,
                seriesDescription,
                seriesNumber,
                device,
                directory,
                limits,
                overwrite,
                asWritten,
                softDelaySeconds,
                instruments,
                exports,
                newDicom);
    }
}
