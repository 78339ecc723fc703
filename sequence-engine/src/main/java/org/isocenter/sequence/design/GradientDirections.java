package org.isocenter.sequence.design;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Vec3;

/** Directions of diffusion gradients. */
public final class GradientDirections {
    private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
    private static final int ROUNDS = 400;

    private GradientDirections() {}

    /** The three axes, whose mean is the trace of the diffusion tensor over 3. */
    public static List<Vec3> axes() {
        return List.of(Vec3.X, Vec3.Y, Vec3.Z);
    }

    /**
     * {@code count} unit vectors that stay as far from one another, and from one another's opposites, as charges of equal sign
     * at both ends of each would (Jones, Horsfield and Simmons 1999). From a spiral over the half sphere, by steps down the
     * energy's slope; always the same for the same count, and the first one near z.
     */
    public static List<Vec3> spread(int count) {
        Vec3[] directions = new Vec3[count];
        for (int i = 0; i < count; i++) {
            double z = 1 - (i + 0.5) / count;
            double radius = Math.sqrt(1 - z * z);
            directions[i] = new Vec3(radius * Math.cos(i * GOLDEN_ANGLE), radius * Math.sin(i * GOLDEN_ANGLE), z);
        }
        double distance = Math.sqrt(2 * Math.PI / count);
        for (int round = 0; round < ROUNDS; round++) {
            // Steps in units of the typical distance, ever smaller: forces grow with its inverse square.
            double step = 0.2 * distance * distance * distance * (1 - (double) round / ROUNDS);
            Vec3[] moved = new Vec3[count];
            for (int i = 0; i < count; i++) {
                Vec3 along = directions[i].plus(force(directions, i).scaled(step));
                moved[i] = along.normalized();
            }
            directions = moved;
        }
        return new ArrayList<>(List.of(directions));
    }

    private static Vec3 force(Vec3[] directions, int at) {
        Vec3 sum = Vec3.ZERO;
        for (int j = 0; j < directions.length; j++) {
            if (j != at) {
                sum = sum.plus(repulsion(directions[at].minus(directions[j])))
                        .plus(repulsion(directions[at].plus(directions[j])));
            }
        }
        return sum;
    }

    private static Vec3 repulsion(Vec3 distance) {
        double length = distance.norm();
        return distance.scaled(1 / (length * length * length));
    }
}
