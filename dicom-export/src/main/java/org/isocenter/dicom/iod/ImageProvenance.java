package org.isocenter.dicom.iod;

import org.isocenter.dicom.data.Attributes;

/**
 * What an object of ours tells of where it comes from, wherever it has it: in its private block or in its contributing
 * equipment. Texts are empty where it does not tell.
 *
 * @param measurementId of the scan, as in the archive
 * @param sequenceSha256 of the Pulseq text that was played
 * @param calibrationId of the calibration that was in use
 * @param software and firmware versions
 * @param commit of the software
 * @param reconstruction the chain of steps: as JSON where there is a private block, in words otherwise
 */
public record ImageProvenance(
        String measurementId,
        String sequenceSha256,
        String calibrationId,
        String software,
        String commit,
        String reconstruction) {

    /** Of a data set; null when it is none of ours. */
    public static ImageProvenance read(Attributes from) {
        ImageProvenance block = Extension.read(from);
        return block != null ? block : ContributingEquipment.read(from);
    }
}
