package org.isocenter.recon.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Quantity;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.chain.VolumeStep;

/**
 * Takes noise off images: by {@link NonLocalMeans} each by itself, or by {@link PrincipalComponents} those of the same place
 * together. Maps stay as they are.
 */
public final class DenoiseStep implements VolumeStep {
    public static final String NON_LOCAL_MEANS = "non-local-means";
    public static final String SERIES = "series";

    private static final int SEARCH_2D = 5;
    private static final int SEARCH_3D = 2;

    private final String method;
    private final double strength;
    private final int search;
    private final double sigma;

    /**
     * @param method {@link #NON_LOCAL_MEANS} or {@link #SERIES}
     * @param strength of non-local means
     * @param search radius in voxels; 0 for 5 in slices and 2 in slabs
     * @param sigma noise level in real and imaginary part, 0 to find it in the images
     */
    public DenoiseStep(String method, double strength, int search, double sigma) {
        this.method = method;
        this.strength = strength;
        this.search = search;
        this.sigma = sigma;
    }

    @Override
    public List<VolumeData> apply(List<VolumeData> volumes, ChainContext context) {
        if (method.equals(SERIES)) {
            return together(volumes, context);
        }
        List<VolumeData> clean = new ArrayList<>();
        for (VolumeData volume : volumes) {
            context.throwIfStopped();
            clean.add(volume.quantity() == Quantity.MAGNITUDE ? alone(volume, 1.0 / volumes.size(), context) : volume);
        }
        return clean;
    }

    private VolumeData alone(VolumeData volume, double share, ChainContext context) {
        ChannelGrid values = volume.values();
        // A slab's slices are as near to one another as its rows; separate slices show different things.
        boolean slab = volume.stack().encoding().reconZ() > 1;
        int radius = search > 0 ? search : slab ? SEARCH_3D : SEARCH_2D;
        NonLocalMeans means = new NonLocalMeans(radius, 1, strength);
        boolean magnitude = isMagnitude(values);
        double level = sigma > 0
                ? sigma
                : magnitude ? SignalToNoise.backgroundSigma(volume.image(), 1) : NoiseLevel.ofComplex(values);
        if (!(level > 0)) {
            context.notes()
                    .add("image " + volume.name()
                            + ": no noise level was found, so none was taken off: give it as parameter" + " 'noise'");
            return volume;
        }
        context.notes()
                .add(String.format(
                        Locale.ROOT, "noise of standard deviation %.4g was taken off by non-local means", level));
        ChannelGrid clean = new ChannelGrid(values.channels(), values.sizeX(), values.sizeY(), values.sizeZ());
        int depth = slab ? values.sizeZ() : 1;
        int points = values.sizeX() * values.sizeY() * depth;
        ParallelLoop loop = context.loop(share * depth / values.sizeZ() / values.channels());
        for (int start = 0; start < values.points(); start += points) {
            ChannelGrid part = part(values, start, depth);
            if (magnitude) {
                float[] pixels = means.magnitude(part.real(0), values.sizeX(), values.sizeY(), depth, level, loop);
                System.arraycopy(pixels, 0, clean.real(0), start, points);
            } else {
                copy(means.complex(part, level, loop), 0, clean, start, points);
            }
        }
        return volume.withValues(clean);
    }

    private List<VolumeData> together(List<VolumeData> volumes, ChainContext context) {
        Map<PatientGeometry, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < volumes.size(); i++) {
            VolumeData volume = volumes.get(i);
            if (volume.quantity() == Quantity.MAGNITUDE && volume.values().channels() == 1) {
                places.computeIfAbsent(volume.geometry(), place -> new ArrayList<>())
                        .add(i);
            }
        }
        List<VolumeData> clean = new ArrayList<>(volumes);
        for (List<Integer> series : places.values()) {
            if (series.size() < 3) {
                context.notes()
                        .add("a series of " + series.size()
                                + " images does not tell noise from signal: three at least are"
                                + " needed, of combined channels");
                continue;
            }
            ChannelGrid first = volumes.get(series.get(0)).values();
            int width = PrincipalComponents.width(series.size(), first.sizeZ());
            PrincipalComponents.Result result = PrincipalComponents.of(
                    series.stream().map(i -> volumes.get(i).values()).toList(),
                    width,
                    runs -> context.loop(1.0 / places.size() / runs));
            for (int i = 0; i < series.size(); i++) {
                clean.set(
                        series.get(i),
                        volumes.get(series.get(i)).withValues(result.clean().get(i)));
            }
            context.notes()
                    .add(String.format(
                            Locale.ROOT,
                            "noise of standard deviation %.4g was taken off a series of %d images by principal"
                                    + " components",
                            result.sigma(),
                            series.size()));
        }
        return clean;
    }

    /** Whether these are magnitudes, whose phase is lost. */
    static boolean isMagnitude(ChannelGrid values) {
        if (values.channels() > 1) {
            return false;
        }
        float[] re = values.real(0);
        float[] im = values.imaginary(0);
        for (int i = 0; i < re.length; i++) {
            if (im[i] != 0 || re[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static ChannelGrid part(ChannelGrid values, int start, int depth) {
        ChannelGrid part = new ChannelGrid(values.channels(), values.sizeX(), values.sizeY(), depth);
        copy(values, start, part, 0, part.points());
        return part;
    }

    private static void copy(ChannelGrid from, int start, ChannelGrid to, int at, int points) {
        for (int c = 0; c < from.channels(); c++) {
            System.arraycopy(from.real(c), start, to.real(c), at, points);
            System.arraycopy(from.imaginary(c), start, to.imaginary(c), at, points);
        }
    }
}
