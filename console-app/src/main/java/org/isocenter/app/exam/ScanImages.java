package org.isocenter.app.exam;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.isocenter.model.ImageVolume;
import org.isocenter.recon.spectrum.Measurement;

/**
 * What there is to see of a scan.
 *
 * @param volumes images and maps; after them phase, real and imaginary part of those that have them
 * @param measurement of a scan without spatial encoding; null of others
 * @param directory where its report is; null when it left none
 */
public record ScanImages(List<ImageVolume> volumes, Measurement measurement, Path directory) {
    public static final ScanImages NONE = new ScanImages(List.of(), null, null);

    public ScanImages {
        volumes = List.copyOf(volumes);
    }

    public static ScanImages of(
            List<ImageVolume> volumes, List<ImageVolume> parts, Measurement measurement, Path directory) {
        return new ScanImages(Stream.concat(volumes.stream(), parts.stream()).toList(), measurement, directory);
    }

    public boolean isEmpty() {
        return volumes.isEmpty() && measurement == null;
    }
}
