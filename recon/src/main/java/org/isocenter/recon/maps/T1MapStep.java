package org.isocenter.recon.maps;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.chain.VolumeStep;
import org.isocenter.recon.image.OtherScan;
import org.isocenter.recon.image.SignalToNoise;
import org.isocenter.recon.image.SmoothMap;

/**
 * Adds a map of T1 from this scan and others of the same place that differ in their inversion or saturation time, or in their flip
 * angle. What differs is found in the headers.
 */
public final class T1MapStep implements VolumeStep {
    private final List<String> others;
    private final String transmitMap;
    private final Supplier<Reconstruction> reconstruction;

    /**
     * @param others raw data or folders of the further scans, with commas between them
     * @param transmitMap raw data or folder of a transmit map's scan, empty for none; for flip angles
     * @param reconstruction of these
     */
    public T1MapStep(String others, String transmitMap, Supplier<Reconstruction> reconstruction) {
        this.others = Arrays.stream(others.split(","))
                .map(String::strip)
                .filter(file -> !file.isEmpty())
                .toList();
        this.transmitMap = transmitMap.strip();
        this.reconstruction = reconstruction;
    }

    @Override
    public List<VolumeData> apply(List<VolumeData> volumes, ChainContext context) {
        if (volumes.isEmpty()) {
            return volumes;
        }
        try {
            List<VolumeData> all = new ArrayList<>(volumes);
            VolumeData first = volumes.get(0);
            maps(first, context).forEach(map -> all.add(first.withMap(map)));
            return all;
        } catch (IOException | IllegalArgumentException e) {
            context.notes().add("no map of T1 was made: " + e.getMessage());
            return volumes;
        }
    }

    private List<ImageVolume> maps(VolumeData first, ChainContext context) throws IOException {
        List<ImageVolume> images = new ArrayList<>();
        List<ScanHeader> headers = new ArrayList<>();
        images.add(first.image());
        headers.add(context.header());
        for (String file : others) {
            context.throwIfStopped();
            OtherScan other = OtherScan.read(file, reconstruction);
            images.add(other.magnitudeLike(images.get(0)));
            headers.add(other.raw().header());
        }
        double sigma = SignalToNoise.backgroundSigma(images.get(0), 1);
        double[] delays = values(headers, T1MapStep::delaySeconds);
        double[] angles = values(headers, header -> header.sequence().flipAngleRadians());
        if (areDifferent(delays)) {
            require(images.size() >= 3, "three inversion or saturation times at least are needed");
            context.notes().add("T1 from " + images.size() + " inversion or saturation times");
            return RelaxationMaps.recovery(images, delays, sigma);
        }
        require(
                areDifferent(angles),
                "the headers of this scan and the others tell neither different inversion times nor different flip"
                        + " angles");
        double[] repetitions = values(headers, header -> header.sequence().repetitionTimeSeconds());
        require(
                repetitions[0] > 0 && Arrays.stream(repetitions).allMatch(tr -> Math.abs(tr - repetitions[0]) < 1e-6),
                "scans of different flip angles must have the same repetition time");
        float[] percent = transmitMap.isEmpty() ? null : transmit(images.get(0));
        context.notes()
                .add("T1 from " + images.size() + " flip angles"
                        + (percent == null
                                ? ", taken as they were planned: a transmit map would tell how they are"
                                : ""));
        return RelaxationMaps.flipAngles(images, angles, repetitions[0], percent, sigma);
    }

    private float[] transmit(ImageVolume image) throws IOException {
        ImageVolume map = OtherScan.read(transmitMap, reconstruction).first(Quantity.TRANSMIT_FIELD);
        SmoothMap transmit = SmoothMap.of(map);
        float[] percent = new float[image.pixels().length];
        int at = 0;
        for (int slice = 0; slice < image.slices(); slice++) {
            for (int row = 0; row < image.rows(); row++) {
                for (int column = 0; column < image.columns(); column++) {
                    percent[at++] = (float) transmit.atMeters(image.geometry().voxelMeters(column, row, slice));
                }
            }
        }
        return percent;
    }

    /** From the inversion, or the saturation, which DICOM and MRD have no place for. */
    private static double delaySeconds(ScanHeader header) {
        double inversion = header.sequence().inversionTimeSeconds();
        String saturation = header.userParameters().get(ScanHeader.SATURATION_SECONDS);
        try {
            return inversion > 0 || saturation == null ? inversion : Double.parseDouble(saturation);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static double[] values(List<ScanHeader> headers, ToDoubleFunction<ScanHeader> value) {
        return headers.stream().mapToDouble(value).toArray();
    }

    /** All known, and no two the same. */
    private static boolean areDifferent(double[] values) {
        return values.length > 1
                && Arrays.stream(values).allMatch(v -> v > 0)
                && Arrays.stream(values).map(v -> Math.rint(v * 1e6)).distinct().count() == values.length;
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
