package org.isocenter.session.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.Watch;

/** Images of raw data that are kept elsewhere: DICOM, picture and report, without another copy of the data. */
public final class ImageOutput {
    private ImageOutput() {}

    /**
     * Reconstructs and writes. Blocks.
     *
     * @param raw with a study that DICOM can hold
     * @param notes of whoever read the raw data
     * @param dicom as what the images are kept
     * @param directory made when missing
     * @param overwrite whether results in the directory may be replaced
     * @param watch may give the images up, and is told how far they are
     * @throws ScanException INPUT when the directory is not free or no image can be made, OUTPUT when writing fails,
     *     ABORTED when it was stopped
     */
    public static ScanResult write(
            RawData raw,
            List<String> notes,
            Reconstruction reconstruction,
            DicomOutput dicom,
            Path directory,
            boolean overwrite,
            Watch watch)
            throws ScanException {
        ScanDirectory target = ScanDirectory.forNewScan(directory, overwrite);
        ScanState state = raw.isComplete() ? ScanState.DONE : ScanState.ABORTED;
        ScanReport report = ScanReport.fromJournal("");
        report.dicomOutput(dicom);
        try {
            ScanResult result =
                    new Finishing(reconstruction, target, report, state, Map.of(), notes, watch).finishImages(raw);
            if (result.volumes().isEmpty() && result.measurement().isEmpty()) {
                target.discardAll();
                if (watch.isStopped()) {
                    throw new ScanException(
                            ScanException.Kind.ABORTED, "interrupted (" + directory + "): no images were written");
                }
                throw new ScanException(
                        ScanException.Kind.INPUT, "no image can be made: " + reasons(raw, notes, result));
            }
            return result;
        } catch (IOException e) {
            throw new ScanException(
                    ScanException.Kind.OUTPUT,
                    "the images cannot be written (" + directory + "): " + e.getMessage(),
                    e);
        }
    }

    /** What reading the data had to say before is not why. */
    private static String reasons(RawData raw, List<String> known, ScanResult result) {
        List<String> reasons =
                result.notes().stream().filter(note -> !known.contains(note)).toList();
        if (!reasons.isEmpty()) {
            return String.join("; ", reasons);
        }
        return raw.size() == 0 ? "the data hold no readouts" : String.join("; ", known);
    }
}
