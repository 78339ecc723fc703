package org.isocenter.dicom.iod;

import java.time.OffsetDateTime;
import java.util.Objects;
import org.isocenter.dicom.data.UID;

/**
 * The series that a volume becomes. Every volume that a reconstruction makes is a series of its own.
 *
 * @param instanceUid SeriesInstanceUID
 * @param number SeriesNumber, running through the study
 * @param description what the images are called
 * @param acquisitionNumber the same for all series of one scan
 * @param time when the series was made; also stands for its images
 * @param firstInstanceNumber InstanceNumber of the first slice, usually 1
 */
public record SeriesIdentity(
        String instanceUid,
        int number,
        String description,
        int acquisitionNumber,
        OffsetDateTime time,
        int firstInstanceNumber) {

    public SeriesIdentity {
        Objects.requireNonNull(time, "a series needs its time");
    }

    /** A new series with images from 1. */
    public static SeriesIdentity create(int number, String description, int acquisitionNumber, OffsetDateTime time) {
        return new SeriesIdentity(UID.create(), number, description, acquisitionNumber, time, 1);
    }
}
