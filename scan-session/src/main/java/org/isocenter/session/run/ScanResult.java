package org.isocenter.session.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.image.SignalToNoise;
import org.isocenter.recon.spectrum.Measurement;

/**
 * What a scan left.
 *
 * @param state DONE, or ABORTED with what had been acquired
 * @param parts phase, real and imaginary part of the volumes that have them; not written to files
 * @param signalToNoise of each volume
 * @param measurement of a scan without spatial encoding
 * @param files everything written, the DICOM files among them
 * @param timingSeconds by step: compile, acquire, firstImage, firstPreview, recon, export
 * @param notes for the user
 */
public record ScanResult(
        ScanState state,
        ScanHeader header,
        List<ImageVolume> volumes,
        List<ImageVolume> parts,
        List<SignalToNoise> signalToNoise,
        Optional<Measurement> measurement,
        Path directory,
        List<Path> files,
        Map<String, Double> timingSeconds,
        List<String> notes) {}
