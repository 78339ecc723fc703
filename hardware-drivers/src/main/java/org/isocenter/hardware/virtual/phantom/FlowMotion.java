package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import org.isocenter.model.Vec3;

/**
 * Flow along tubes, steady or pulsatile: the velocity is its mean times 1 + pulsation · sin 2πt/period. What flows out at
 * one end is replaced by fresh fluid at the other.
 */
final class FlowMotion implements Motion {
    private final List<FlowTube> tubes;
    private final double pulsation;
    private final double periodSeconds;

    /** @param pulsation 0 for steady flow; beyond 1 it turns back for a part of each period */
    FlowMotion(List<FlowTube> tubes, double pulsation, double periodSeconds) {
        this.tubes = List.copyOf(tubes);
        this.pulsation = pulsation;
        this.periodSeconds = periodSeconds;
    }

    private FlowTube tubeAt(double x, double y, double z) {
        for (FlowTube tube : tubes) {
            if (tube.contains(x, y, z)) {
                return tube;
            }
        }
        return null;
    }

    @Override
    public boolean moves(int number, double x, double y, double z) {
        FlowTube tube = tubeAt(x, y, z);
        return tube != null && tube.velocity(x, y, z) != 0;
    }

    /** What a point of mean velocity 1 has gone until then. */
    private double pathSeconds(double seconds) {
        double cycle = 2 * Math.PI / periodSeconds;
        return seconds + pulsation / cycle * (1 - Math.cos(cycle * seconds));
    }

    @Override
    public Trace trace(int[] numbers, float[] x, float[] y, float[] z) {
        return new FlowTrace(x, y, z);
    }

    @Override
    public double straightSeconds() {
        double fastest =
                tubes.stream().mapToDouble(FlowTube::largestVelocity).max().orElse(0);
        double acceleration = fastest * Math.abs(pulsation) * 2 * Math.PI / periodSeconds;
        return Math.sqrt(8 * STRAIGHT_METERS / acceleration);
    }

    @Override
    public Course course(double seconds) {
        return new Course() {
            /** Once in the flow it may come anywhere along its line. */
            @Override
            public boolean visits(double x, double y, double z, PlaceTest test) {
                FlowTube tube = tubeAt(x, y, z);
                if (tube == null || tube.velocity(x, y, z) == 0) {
                    return test.passes(x, y, z);
                }
                double start = -0.5 * tube.lengthMeters() - tube.along(x, y, z);
                int steps = (int) Math.ceil(tube.lengthMeters() / COURSE_STEP_METERS);
                Vec3 d = tube.direction();
                for (int i = 0; i <= steps; i++) {
                    double shift = start + tube.lengthMeters() * i / steps;
                    if (test.passes(x + shift * d.x(), y + shift * d.y(), z + shift * d.z())) {
                        return true;
                    }
                }
                return false;
            }

            @Override
            public Vec3 halfExtentMeters(Vec3 half) {
                return half;
            }
        };
    }

    private final class FlowTrace implements Trace {
        private final float[] x0;
        private final float[] y0;
        private final float[] z0;
        private final FlowTube[] tube;
        private final double[] velocity;
        /** From the tube's start at time 0, in its lengths. */
        private final double[] start;

        FlowTrace(float[] x0, float[] y0, float[] z0) {
            this.x0 = x0;
            this.y0 = y0;
            this.z0 = z0;
            tube = new FlowTube[x0.length];
            velocity = new double[x0.length];
            start = new double[x0.length];
            for (int i = 0; i < x0.length; i++) {
                tube[i] = tubeAt(x0[i], y0[i], z0[i]);
                if (tube[i] != null) {
                    velocity[i] = tube[i].velocity(x0[i], y0[i], z0[i]);
                    start[i] = tube[i].along(x0[i], y0[i], z0[i]) / tube[i].lengthMeters() + 0.5;
                }
            }
        }

        private double lengthsFromStart(int i, double pathSeconds) {
            return start[i] + velocity[i] * pathSeconds / tube[i].lengthMeters();
        }

        @Override
        public void placesAt(double seconds, float[] x, float[] y, float[] z) {
            double path = pathSeconds(seconds);
            for (int i = 0; i < x0.length; i++) {
                double shift = 0;
                Vec3 d = Vec3.ZERO;
                if (tube[i] != null) {
                    double lengths = lengthsFromStart(i, path);
                    shift = (lengths - Math.floor(lengths) - start[i]) * tube[i].lengthMeters();
                    d = tube[i].direction();
                }
                x[i] = (float) (x0[i] + shift * d.x());
                y[i] = (float) (y0[i] + shift * d.y());
                z[i] = (float) (z0[i] + shift * d.z());
            }
        }

        @Override
        public boolean renewed(double fromSeconds, double toSeconds, boolean[] renewed) {
            double from = pathSeconds(fromSeconds);
            double to = pathSeconds(toSeconds);
            boolean any = false;
            for (int i = 0; i < x0.length && !any; i++) {
                any = tube[i] != null && laps(i, from) != laps(i, to);
            }
            for (int i = 0; i < x0.length && any; i++) {
                renewed[i] = tube[i] != null && laps(i, from) != laps(i, to);
            }
            return any;
        }

        private double laps(int i, double pathSeconds) {
            return Math.floor(lengthsFromStart(i, pathSeconds));
        }
    }
}
