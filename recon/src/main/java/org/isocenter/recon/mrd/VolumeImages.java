package org.isocenter.recon.mrd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Quantity;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Vec3;
import org.isocenter.recon.array.ChannelGrid;

/** Makes MRD images of volumes: one of a slab, one for each slice of a stack. Values as they are, in 32-bit floats. */
public final class VolumeImages {
    /** Attribute that names what the pixels are, by {@link Quantity}. */
    public static final String QUANTITY = "isocenter.quantity";

    private VolumeImages() {}

    /**
     * An image's position is its voxel (columns/2, rows/2, slices/2), rounded down: where a program has it that gives the
     * position of the readouts to the image that it transforms them to.
     *
     * @param header tells whether the slices were encoded together
     * @param seriesIndex of all its images
     */
    public static List<MrdImage> of(ImageVolume volume, ScanHeader header, int seriesIndex) {
        return images(
                volume,
                header,
                seriesIndex,
                1,
                MrdPixelType.FLOAT,
                (imageHeader, from, count) -> MrdImage.of(
                        imageHeader, meta(volume), Arrays.copyOfRange(volume.pixels(), from, from + count)));
    }

    /**
     * As {@link #of}, of the complex values that the volume's are the magnitude of, in all their channels.
     *
     * @param values on the volume's voxels
     */
    public static List<MrdImage> complex(ImageVolume volume, ChannelGrid values, ScanHeader header, int seriesIndex) {
        return images(
                volume,
                header,
                seriesIndex,
                values.channels(),
                MrdPixelType.COMPLEX_FLOAT,
                (imageHeader, from, count) -> {
                    float[] real = new float[Math.multiplyExact(count, values.channels())];
                    float[] imaginary = new float[real.length];
                    for (int channel = 0; channel < values.channels(); channel++) {
                        System.arraycopy(values.real(channel), from, real, channel * count, count);
                        System.arraycopy(values.imaginary(channel), from, imaginary, channel * count, count);
                    }
                    return MrdImage.of(imageHeader, meta(volume), real, imaginary);
                });
    }

    /** Makes one image of a volume's pixels from some index on. */
    private interface ImageMaker {
        MrdImage make(MrdImageHeader header, int from, int count);
    }

    private static List<MrdImage> images(
            ImageVolume volume,
            ScanHeader header,
            int seriesIndex,
            int channels,
            MrdPixelType pixelType,
            ImageMaker maker) {
        PatientGeometry geometry = volume.geometry();
        boolean rightHanded = geometry.row().cross(geometry.column()).dot(geometry.slice()) > 0;
        boolean slab = header.sequence().acquisitionType().equals("3D") && rightHanded;
        int slices = slab ? volume.slices() : 1;
        int pixels = volume.columns() * volume.rows() * slices;
        List<MrdImage> images = new ArrayList<>();
        for (int first = 0; first < volume.slices(); first += slices) {
            MrdImageHeader imageHeader = new MrdImageHeader(
                    pixelType,
                    volume.columns(),
                    volume.rows(),
                    slices,
                    channels,
                    fieldOfView(volume, slab),
                    geometry(volume, first + slices / 2),
                    new EncodingCounters(0, 0, 0, slab ? 0 : first, volume.contrast(), 0, 0, 0, 0),
                    pixelType.isComplex() ? MrdImageType.COMPLEX : type(volume.quantity()),
                    images.size() + 1,
                    seriesIndex);
            images.add(maker.make(imageHeader, images.size() * pixels, pixels));
        }
        return images;
    }

    private static MrdImageType type(Quantity quantity) {
        return switch (quantity) {
            case PHASE -> MrdImageType.PHASE;
            case REAL -> MrdImageType.REAL;
            case IMAGINARY -> MrdImageType.IMAGINARY;
            default -> MrdImageType.MAGNITUDE;
        };
    }

    private static MrdMeta meta(ImageVolume volume) {
        MrdMeta meta = MrdMeta.NONE
                .with("DataRole", volume.quantity().isMap() ? "Quantitative" : "Image")
                .with(QUANTITY, volume.quantity().name());
        return volume.name().isEmpty() ? meta : meta.with("SeriesDescription", volume.name());
    }

    private static Vec3 fieldOfView(ImageVolume volume, boolean slab) {
        PatientGeometry geometry = volume.geometry();
        return new Vec3(
                volume.columns() * geometry.columnSpacingMeters(),
                volume.rows() * geometry.rowSpacingMeters(),
                slab ? volume.slices() * geometry.sliceSpacingMeters() : geometry.sliceThicknessMeters());
    }

    private static EncodingGeometry geometry(ImageVolume volume, int slice) {
        PatientGeometry geometry = volume.geometry();
        return new EncodingGeometry(
                geometry.voxelMeters(volume.columns() / 2, volume.rows() / 2, slice),
                geometry.row(),
                geometry.column(),
                geometry.row().cross(geometry.column()));
    }
}
