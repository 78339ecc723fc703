package org.isocenter.recon.maps;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;

/**
 * Maps of relaxation times from images of the same place, in ms, each followed by a map of its standard deviation. Where there is
 * little signal they are 0. Where there are just as many images as unknowns, the deviation comes from the noise level.
 */
public final class RelaxationMaps {
    private static final double MILLISECONDS = 1e3;

    private RelaxationMaps() {}

    /**
     * T2 or T2* from several echoes.
     *
     * @param echoSeconds echo time of each image, all different, at least two
     * @param quantity {@link Quantity#T2} or {@link Quantity#T2_STAR}
     * @param floor that noise keeps magnitudes above, in their unit; 0 for none
     * @param sigma noise level of the magnitudes, NaN if it is not known
     */
    public static List<ImageVolume> decay(
            List<ImageVolume> echoes, double[] echoSeconds, Quantity quantity, double floor, double sigma) {
        VoxelFits fits = new VoxelFits(
                new Decay(floor), Decay.RATE, MILLISECONDS, true, sorted(echoSeconds), ones(echoes), sigma);
        return maps(fits, echoes, echoSeconds, quantity);
    }

    /**
     * T1 from several times after an inversion or saturation, however complete it was; repetition times are long against T1.
     *
     * @param delaysSeconds from the preparation to the excitation, all different, at least three
     */
    public static List<ImageVolume> recovery(List<ImageVolume> images, double[] delaysSeconds, double sigma) {
        VoxelFits fits = new VoxelFits(
                        new Recovery(), Recovery.RATE, MILLISECONDS, true, sorted(delaysSeconds), ones(images), sigma)
                .signless();
        return maps(fits, images, delaysSeconds, Quantity.T1);
    }

    /**
     * T1 from spoiled gradient echoes of several flip angles and the same repetition time (Fram et al. 1987), with the transmit field
     * as it is.
     *
     * @param angles nominal flip angles in radians, all different, at least two
     * @param transmitPercent actual over nominal flip angle of each voxel in %, 0 where it is not known; null for 100 % everywhere
     */
    public static List<ImageVolume> flipAngles(
            List<ImageVolume> images,
            double[] angles,
            double repetitionSeconds,
            float[] transmitPercent,
            double sigma) {
        VoxelFits fits = new VoxelFits(
                new SpoiledEcho(repetitionSeconds),
                SpoiledEcho.RATE,
                MILLISECONDS,
                true,
                sorted(angles),
                ones(images),
                sigma);
        if (transmitPercent != null) {
            float[] scale = new float[transmitPercent.length];
            for (int i = 0; i < scale.length; i++) {
                scale[i] = transmitPercent[i] > 0 ? transmitPercent[i] / 100 : 1;
            }
            fits.scaledBy(scale);
        }
        return maps(fits, images, angles, Quantity.T1);
    }

    private static List<ImageVolume> maps(VoxelFits fits, List<ImageVolume> images, double[] x, Quantity quantity) {
        int[] order = order(x);
        float[][] signals =
                IntStream.of(order).mapToObj(i -> images.get(i).pixels()).toArray(float[][]::new);
        VoxelFits.Maps maps = fits.of(signals, ObjectMask.ofAny(images));
        String name = quantity.words() + " map";
        ImageVolume first = images.get(0);
        return List.of(
                first.withMap(name, quantity, maps.values()),
                first.withMap(name + " deviation", quantity.deviation(), maps.deviation()));
    }

    private static int[] order(double[] x) {
        return IntStream.range(0, x.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> x[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double[] sorted(double[] x) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double[] ones(List<ImageVolume> images) {
        return images.stream().mapToDouble(image -> 1).toArray();
    }
}
