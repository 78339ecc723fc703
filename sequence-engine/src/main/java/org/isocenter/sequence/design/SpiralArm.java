package org.isocenter.sequence.design;

import java.util.Arrays;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Shape;

/**
 * One arm of a spiral from the centre of k-space outwards, played as fast as amplitude and slew allow, and its ramp down. The
 * path is r(θ) with turns that are 1/FOV apart, farther towards the edge where the density falls (variable density: Kim et
 * al., Magn Reson Med 50:214, 2003). Along it the speed is bounded by the gradient's amplitude and, by the path's curvature κ, by
 * the slew: |κ|v² and the change of v share it (Lustig et al., IEEE Trans Med Imaging 27:866, 2008); since an outward spiral
 * only ever straightens, integrating forward suffices.
 *
 * @param read gradient samples at raster centres, Hz/m, along read
 * @param phase the same along phase
 * @param reachedPs from the arm's start until it has reached the edge of k-space; the ramp down follows
 */
public record SpiralArm(double[] read, double[] phase, long reachedPs, long rasterPs) {
    /** Of the slew limit: the rest is for the stairs that the raster makes of the curve. */
    private static final double SHARE_OF_SLEW = 0.95;
    /** Steps of the path: so many turns across the field of view, and so much of the distance from the centre. */
    private static final double STEP = 0.005;

    private static final double STEP_GROWTH = 0.002;

    private static final int MOST_RASTERS = 200_000;

    /**
     * Designs the arm.
     *
     * @param edgePerMeter radius of k-space to cover
     * @param fovMeters extent that the turns of all arms together resolve at the centre
     * @param edgeDensity the same at the edge, as a share of that at the centre, in (0, 1]
     * @param arms how many there are, turned evenly
     * @param hertzPerMeter largest amplitude
     */
    public static SpiralArm design(
            double edgePerMeter,
            double fovMeters,
            double edgeDensity,
            int arms,
            double hertzPerMeter,
            GradientSystem system) {
        long rasterPs = system.grid().stepPs();
        double dt = rasterPs * 1e-12;
        double slew = SHARE_OF_SLEW * system.hertzPerMeterPerSecond();
        Path path = new Path(edgePerMeter, fovMeters, edgeDensity, arms);
        double[] x = new double[1024];
        double[] y = new double[1024];
        int count = 1; // positions at the rasters' edges
        double time = 0;
        double speed = 0;
        while (path.radius < edgePerMeter && count < MOST_RASTERS) {
            double step = STEP / fovMeters + STEP_GROWTH * path.radius;
            double curvature = path.curvature();
            double fastest = Math.min(hertzPerMeter, Math.sqrt(slew / curvature));
            speed = Math.min(speed, fastest);
            double turning = curvature * speed * speed;
            double gain = Math.sqrt(Math.max(0, slew * slew - turning * turning));
            double faster = Math.min(fastest, Math.sqrt(speed * speed + 2 * gain * step));
            double beforeX = path.x();
            double beforeY = path.y();
            double duration = 2 * step / (speed + faster);
            path.advance(step);
            while (count * dt <= time + duration) {
                double fraction = (count * dt - time) / duration;
                if (count == x.length) {
                    x = Arrays.copyOf(x, 2 * count);
                    y = Arrays.copyOf(y, 2 * count);
                }
                x[count] = beforeX + fraction * (path.x() - beforeX);
                y[count] = beforeY + fraction * (path.y() - beforeY);
                count++;
            }
            time += duration;
            speed = faster;
        }
        return ofPositions(x, y, count, dt, rasterPs, slew);
    }

    private static SpiralArm ofPositions(double[] x, double[] y, int count, double dt, long rasterPs, double slew) {
        int rasters = count - 1;
        double lastX = (x[rasters] - x[rasters - 1]) / dt;
        double lastY = (y[rasters] - y[rasters - 1]) / dt;
        int ramp = (int) Math.ceil(Math.hypot(lastX, lastY) / (slew * dt)) + 1;
        double[] read = new double[rasters + ramp];
        double[] phase = new double[rasters + ramp];
        for (int i = 0; i < rasters; i++) {
            read[i] = (x[i + 1] - x[i]) / dt;
            phase[i] = (y[i + 1] - y[i]) / dt;
        }
        for (int i = 0; i < ramp; i++) {
            double left = (ramp - i - 0.5) / ramp;
            read[rasters + i] = left * lastX;
            phase[rasters + i] = left * lastY;
        }
        return new SpiralArm(read, phase, rasters * rasterPs, rasterPs);
    }

    /** The curve, walked along its length. */
    private static final class Path {
        private final double edge;
        private final double fov;
        private final double edgeDensity;
        private final int arms;
        private double radius;
        private double angle;

        Path(double edge, double fov, double edgeDensity, int arms) {
            this.edge = edge;
            this.fov = fov;
            this.edgeDensity = edgeDensity;
            this.arms = arms;
        }

        /** dr/dθ at a radius. */
        private double pitch(double atRadius) {
            double density = 1 - (1 - edgeDensity) * Math.min(1, atRadius / edge);
            return arms / (2 * Math.PI * fov * density);
        }

        /** Of a curve r(θ): |r² + 2r'² - r·r''| / (r² + r'²)^1.5. */
        double curvature() {
            double first = pitch(radius);
            double small = 1e-3 * edge;
            double second = (pitch(radius + small) - first) / small * first;
            double square = radius * radius + first * first;
            return Math.abs(square + first * first - radius * second) / (square * Math.sqrt(square));
        }

        void advance(double length) {
            double half = step(radius, length / 2);
            double middle = radius + half * pitch(radius);
            double turned = step(middle, length);
            angle += turned;
            radius += turned * pitch(middle);
        }

        /** The angle that goes with a length of the curve. */
        private double step(double atRadius, double length) {
            return length / Math.hypot(atRadius, pitch(atRadius));
        }

        double x() {
            return radius * Math.cos(angle);
        }

        double y() {
            return radius * Math.sin(angle);
        }
    }

    public long durationPs() {
        return read.length * rasterPs;
    }

    public Gradient.Uniform readGradient(long delayPs) {
        return gradient(read, delayPs);
    }

    public Gradient.Uniform phaseGradient(long delayPs) {
        return gradient(phase, delayPs);
    }

    private static Gradient.Uniform gradient(double[] samples, long delayPs) {
        double peak = 0;
        for (double sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        double[] shape = new double[samples.length];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = samples[i] / peak;
        }
        return new Gradient.Uniform(peak, new Shape(shape), 0, 0, delayPs, false);
    }
}
