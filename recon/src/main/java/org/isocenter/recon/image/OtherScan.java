package org.isocenter.recon.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.mrd.MrdFile;

/** A scan that helps to make something of another one's images: a field map, a second inversion time. */
public record OtherScan(Path file, RawData raw, List<ImageVolume> volumes) {
    private static final String RAW_DATA = "raw.h5";

    /**
     * @param given raw data (MRD), or the folder of a scan
     * @param reconstruction that makes its images
     * @throws IOException naming the file where it cannot be read
     */
    public static OtherScan read(String given, Supplier<Reconstruction> reconstruction) throws IOException {
        Path path = Path.of(given.strip());
        Path file = Files.isDirectory(path) ? path.resolve(RAW_DATA) : path;
        RawData raw = MrdFile.read(file).raw();
        return new OtherScan(file, raw, reconstruction.get().reconstruct(raw).volumes());
    }

    /**
     * The first volume of this quantity.
     *
     * @throws IllegalArgumentException with words for the user where there is none
     */
    public ImageVolume first(Quantity quantity) {
        return volumes.stream()
                .filter(volume -> volume.quantity() == quantity)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no " + quantity.words() + " could be made of " + file));
    }

    /**
     * The first magnitudes with just the same voxels as an image.
     *
     * @throws IllegalArgumentException with words for the user where there are none
     */
    public ImageVolume magnitudeLike(ImageVolume image) {
        return volumes.stream()
                .filter(volume -> volume.quantity() == Quantity.MAGNITUDE
                        && volume.geometry().equals(image.geometry())
                        && volume.pixels().length == image.pixels().length)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(file
                        + " has no image with the voxels of this scan's first one: measure both in the same place"));
    }
}
