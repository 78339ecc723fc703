package org.isocenter.recon.mrd;

import java.util.List;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Vec3;

/**
 * All about one image but its pixels and attributes: MRD's ImageHeader, in SI units.
 *
 * @param pixelType what its pixels are stored as
 * @param flags MRD's image flags
 * @param measurementUid of the measurement that it comes from
 * @param columns along read, 0 … 65535 as the next three
 * @param rows along phase
 * @param slices along slice; 1 for a 2D image
 * @param channels images of as many receive channels
 * @param fovMeters extent along read, phase and slice
 * @param geometry centre of the image and its directions
 * @param tablePositionMeters where the patient table stood
 * @param counters of its average, slice, contrast, phase, repetition and set; the others are not kept
 * @param timeStamp when it was acquired, in ticks of whoever wrote it, 32 bits without sign
 * @param physiologyTimeStamps three, as the time stamp
 * @param type what it shows
 * @param index running number in its series
 * @param seriesIndex of its series
 * @param userInts eight
 * @param userFloats eight
 */
public record MrdImageHeader(
        MrdPixelType pixelType,
        long flags,
        int measurementUid,
        int columns,
        int rows,
        int slices,
        int channels,
        Vec3 fovMeters,
        EncodingGeometry geometry,
        Vec3 tablePositionMeters,
        EncodingCounters counters,
        int timeStamp,
        List<Integer> physiologyTimeStamps,
        MrdImageType type,
        int index,
        int seriesIndex,
        List<Integer> userInts,
        List<Float> userFloats) {

    public static final List<Integer> NO_TIME_STAMPS = List.of(0, 0, 0);
    public static final List<Integer> NO_INTS = List.of(0, 0, 0, 0, 0, 0, 0, 0);
    public static final List<Float> NO_FLOATS = List.of(0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f);

    public MrdImageHeader {
        physiologyTimeStamps = List.copyOf(physiologyTimeStamps);
        userInts = List.copyOf(userInts);
        userFloats = List.copyOf(userFloats);
        if (physiologyTimeStamps.size() != 3 || userInts.size() != 8 || userFloats.size() != 8) {
            throw new IllegalArgumentException("an MRD image has 3 physiology time stamps and 8 user values of a kind");
        }
    }

    /** Without time stamps and values of the user. */
    public MrdImageHeader(
            MrdPixelType pixelType,
            int columns,
            int rows,
            int slices,
            int channels,
            Vec3 fovMeters,
            EncodingGeometry geometry,
            EncodingCounters counters,
            MrdImageType type,
            int index,
            int seriesIndex) {
        this(
                pixelType,
                0,
                0,
                columns,
                rows,
                slices,
                channels,
                fovMeters,
                geometry,
                Vec3.ZERO,
                counters,
                0,
                NO_TIME_STAMPS,
                type,
                index,
                seriesIndex,
                NO_INTS,
                NO_FLOATS);
    }

    /** Of all channels. */
    public long pixels() {
        return Math.multiplyExact((long) columns * rows, (long) slices * channels);
    }

    public long pixelBytes() {
        return Math.multiplyExact(pixels(), (long) pixelType.bytes());
    }
}
