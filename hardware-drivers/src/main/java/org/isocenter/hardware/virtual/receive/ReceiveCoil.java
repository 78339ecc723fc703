package org.isocenter.hardware.virtual.receive;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Vec3;

/**
 * Sensitivity of the receive channels. One channel sees everything alike, as a volume coil does. Several are circular loops
 * on a cylinder about the z axis, in rings of at most eight, that overlap their neighbours; a loop's sensitivity is the part
 * of its quasi-static field that lies across the main field (the principle of reciprocity: Hoult and Richards, J Magn Reson
 * 24:71, 1976), so its phase turns with the place. They are scaled so that the root of the sum of squares is 1 at the
 * isocentre: there all channels together receive what a uniform one does. Immutable.
 */
public final class ReceiveCoil {
    private static final int MOST_PER_RING = 8;
    private static final double CYLINDER_METERS = 0.15;

    /** Centre to centre in diameters: the overlap at which neighbours do not couple (Roemer et al., MRM 16:192, 1990). */
    private static final double OVERLAPPING = 0.75;

    private static final double LARGEST_LOOP_METERS = 0.08;

    private final int channels;
    private final List<CurrentLoop> loops;
    private final Vec3 u;
    private final Vec3 v;
    private final double scale;

    /**
     * @param channels 1 for a uniform coil
     * @param fieldDirection of the main field; any length but 0
     */
    public ReceiveCoil(int channels, Vec3 fieldDirection) {
        this.channels = channels;
        Vec3 field = fieldDirection.normalized();
        Vec3 across = Math.abs(field.x()) < 0.9 ? Vec3.X : Vec3.Y;
        u = across.minus(field.scaled(field.dot(across))).normalized();
        v = field.cross(u);
        loops = channels == 1 ? List.of() : onCylinder(channels);
        double squares = 0;
        double[] uv = new double[2];
        for (CurrentLoop loop : loops) {
            loop.field(0, 0, 0, u, v, uv);
            squares += uv[0] * uv[0] + uv[1] * uv[1];
        }
        scale = 1 / Math.sqrt(squares);
    }

    private static List<CurrentLoop> onCylinder(int channels) {
        int rings = (channels + MOST_PER_RING - 1) / MOST_PER_RING;
        int fullest = (channels + rings - 1) / rings;
        double spacing = 2 * Math.PI * CYLINDER_METERS / fullest;
        double radius = Math.min(LARGEST_LOOP_METERS, 0.5 * spacing / OVERLAPPING);
        List<CurrentLoop> loops = new ArrayList<>();
        for (int ring = 0; ring < rings; ring++) {
            int count = (channels - loops.size() + rings - ring - 1) / (rings - ring);
            double z = (ring - 0.5 * (rings - 1)) * 2 * radius * OVERLAPPING;
            for (int i = 0; i < count; i++) {
                double angle = 2 * Math.PI * (i + 0.5 * (ring % 2)) / count;
                Vec3 outward = new Vec3(Math.cos(angle), Math.sin(angle), 0);
                Vec3 center = outward.scaled(CYLINDER_METERS).plus(Vec3.Z.scaled(z));
                loops.add(new CurrentLoop(center, outward.scaled(-1), radius));
            }
        }
        return List.copyOf(loops);
    }

    public int channels() {
        return channels;
    }

    /** Whether there is nothing to multiply by. */
    public boolean uniform() {
        return channels == 1;
    }

    /**
     * {real, imaginary} at each of these places (metres, device axes), as they multiply the image. Any thread.
     *
     * @throws IllegalStateException when the coil is {@link #uniform}
     */
    public float[][] sensitivity(int channel, float[] x, float[] y, float[] z) {
        if (uniform()) {
            throw new IllegalStateException("a uniform coil has no map");
        }
        CurrentLoop loop = loops.get(channel);
        float[][] sensitivity = new float[2][x.length];
        double[] uv = new double[2];
        for (int i = 0; i < x.length; i++) {
            loop.field(x[i], y[i], z[i], u, v, uv);
            sensitivity[0][i] = (float) (scale * uv[0]);
            sensitivity[1][i] = (float) (scale * uv[1]);
        }
        return sensitivity;
    }

    /**
     * The correlation of the channels' thermal noise: falls exponentially with the distance of the loops, which keeps the
     * matrix positive definite for every arrangement.
     *
     * @param neighbours correlation of the two channels that are nearest to each other; 0 for none, below 1
     */
    double[][] noiseCorrelation(double neighbours) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < channels; i++) {
            for (int j = 0; j < i; j++) {
                nearest = Math.min(nearest, distance(i, j));
            }
        }
        double[][] correlation = new double[channels][channels];
        for (int i = 0; i < channels; i++) {
            correlation[i][i] = 1;
            for (int j = 0; j < i; j++) {
                correlation[i][j] = Math.pow(neighbours, distance(i, j) / nearest);
                correlation[j][i] = correlation[i][j];
            }
        }
        return correlation;
    }

    private double distance(int i, int j) {
        return loops.get(i).center().minus(loops.get(j).center()).norm();
    }
}
