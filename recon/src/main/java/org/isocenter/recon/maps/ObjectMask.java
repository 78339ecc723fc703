package org.isocenter.recon.maps;

import java.util.Arrays;
import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;

/** Where there is enough signal to work something out from. */
final class ObjectMask {
    /** Nearly the brightest voxel; the very brightest may be an artefact. */
    private static final double BRIGHT_SHARE = 0.99;

    private static final double LEAST_OF_BRIGHT = 0.15;

    private ObjectMask() {}

    static boolean[] of(ImageVolume magnitude) {
        float[] sorted = magnitude.pixels().clone();
        Arrays.sort(sorted);
        double least = LEAST_OF_BRIGHT * sorted[(int) (BRIGHT_SHARE * (sorted.length - 1))];
        boolean[] object = new boolean[sorted.length];
        for (int i = 0; i < object.length; i++) {
            object[i] = magnitude.pixels()[i] > least;
        }
        return object;
    }

    /** Where any of the images has enough: in each of them some tissue may be dark. */
    static boolean[] ofAny(List<ImageVolume> magnitudes) {
        ImageVolume first = magnitudes.get(0);
        float[] brightest = new float[first.pixels().length];
        for (ImageVolume image : magnitudes) {
            for (int i = 0; i < brightest.length; i++) {
                brightest[i] = Math.max(brightest[i], image.pixels()[i]);
            }
        }
        return of(first.withMap("", Quantity.MAGNITUDE, brightest));
    }
}
