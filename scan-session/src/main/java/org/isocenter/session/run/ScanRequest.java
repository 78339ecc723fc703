package org.isocenter.session.run;

import java.net.URI;
import java.nio.file.Path;
import org.isocenter.model.Protocol;
import org.isocenter.model.Study;

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
 */
public record ScanRequest(
        Study study,
        Protocol protocol,
        Path sequenceFile,
        String seriesDescription,
        int seriesNumber,
        URI device,
        Path directory) {
    public ScanRequest {
        if ((protocol == null) == (sequenceFile == null)) {
            throw new IllegalArgumentException("a scan needs either a protocol or a sequence file");
        }
    }
}
