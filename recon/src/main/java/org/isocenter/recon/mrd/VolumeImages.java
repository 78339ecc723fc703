package org.isocenter.recon.mrd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Vec3;

/** Makes MRD images of volumes: one of a slab, one for each slice of a stack. In 32-bit floats, values as they are. */
public final class VolumeImages {
    /** Attribute that names what the pixels are, by {@link org.isocenter.model.Quantity}. */
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
        PatientGeometry geometry = volume.geometry();
        boolean rightHanded = geometry.row().cross(geometry.column()).dot(geometry.slice()) > 0;
        boolean slab = header.sequence().acquisitionType().equals("3D") && rightHanded;
        int slices = slab ? volume.slices() : 1;
        int pixels = volume.columns() * volume.rows() * slices;
        MrdMeta meta = meta(volume);
        List<MrdImage> images = new ArrayList<>();
        for (int first = 0; first < volume.slices(); first += slices) {
            MrdImageHeader imageHeader = new MrdImageHeader(
                    MrdPixelType.FLOAT,
                    volume.columns(),
                    volume.rows(),
                    slices,
                    1,
                    fieldOfView(volume, slab),
                    geometry(volume, first + slices / 2),
                    new EncodingCounters(0, 0, 0, slab ? 0 : first, volume.contrast(), 0, 0, 0, 0),
                    MrdImageType.MAGNITUDE,
                    images.size() + 1,
                    seriesIndex);
            int from = images.size() * pixels;
            images.add(MrdImage.of(imageHeader, meta, Arrays.copyOfRange(volume.pixels(), from, from + pixels)));
        }
        return images;
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
