package org.isocenter.sequence.design;

import java.util.List;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;

/** In which directions, and in what order, the spokes of a radial sequence lie. Pure functions. */
public final class SpokeOrder {
    private static final double GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;
    /** The seventh of the tiny golden angles: small enough to spare eddy currents, and still nearly as even. */
    private static final int TINY = 7;
    /** The two-dimensional golden means: the roots that Chan et al. give. */
    private static final double GOLDEN_MEAN_1 = 0.46557123187676794;

    private static final double GOLDEN_MEAN_2 = 0.6823278038280194;

    /** Orders of spokes in a plane. */
    public enum InPlane {
        /** Steps of 111.25°: any number of successive spokes is nearly even (Winkelmann et al., IEEE TMI 26:68, 2007). */
        GOLDEN("golden angle", Math.PI / GOLDEN_RATIO),
        /** Steps of 23.63°, with the same property from 14 spokes on (Wundrak et al., IEEE TMI 34:1262, 2015). */
        TINY_GOLDEN("tiny golden angle", Math.PI / (GOLDEN_RATIO + TINY - 1)),
        /** Even, one after the other. */
        LINEAR("linear", Double.NaN);

        private final String label;
        private final double step;

        InPlane(String label, double step) {
            this.label = label;
            this.step = step;
        }

        public static List<String> labels() {
            return List.of(GOLDEN.label, TINY_GOLDEN.label, LINEAR.label);
        }

        /** The angle of whole spoke {@code index} of {@code count}, radians from the read axis towards phase. */
        public double radians(int index, int count) {
            return this == LINEAR ? Math.PI * index / count : index * step % (2 * Math.PI);
        }
    }

    /** Orders of half spokes over the sphere. */
    public enum OverSphere {
        /** Golden means: any number of successive spokes is nearly even (Chan et al., Magn Reson Med 61:354, 2009). */
        GOLDEN("golden means"),
        /** A spiral from pole to pole, neighbours close by (Saff and Kuijlaars, Math Intelligencer 19:5, 1997). */
        SPIRAL("spiral");

        private final String label;

        OverSphere(String label) {
            this.label = label;
        }

        public static List<String> labels() {
            return List.of(GOLDEN.label, SPIRAL.label);
        }

        /** The directions of {@code count} half spokes; for whole ones, take those of the upper half sphere. */
        public Vec3[] directions(int count, boolean upperHalf) {
            Vec3[] directions = new Vec3[count];
            double azimuth = 0;
            for (int i = 0; i < count; i++) {
                double fraction = this == GOLDEN ? (i + 0.5) * GOLDEN_MEAN_1 % 1 : (i + 0.5) / count;
                double height = upperHalf ? fraction : 2 * fraction - 1;
                double across = Math.sqrt(1 - height * height);
                if (this == GOLDEN) {
                    azimuth = 2 * Math.PI * (i * GOLDEN_MEAN_2 % 1);
                } else {
                    azimuth += 3.6 / Math.sqrt((upperHalf ? 2 : 1) * count) / across;
                }
                directions[i] = new Vec3(across * Math.cos(azimuth), across * Math.sin(azimuth), height);
            }
            return directions;
        }
    }

    private SpokeOrder() {}

    /** A rotation that takes the read axis to this direction: about phase, then about slice. */
    public static Rotation toward(Vec3 direction) {
        double elevation = Math.atan2(direction.z(), Math.hypot(direction.x(), direction.y()));
        double azimuth = Math.atan2(direction.y(), direction.x());
        return Rotation.about(Vec3.Z, azimuth).after(Rotation.about(Vec3.Y, -elevation));
    }
}
