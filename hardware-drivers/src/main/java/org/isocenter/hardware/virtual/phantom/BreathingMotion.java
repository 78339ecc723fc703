package org.isocenter.hardware.virtual.phantom;

import org.isocenter.model.Vec3;

/**
 * Respiration: breathing in moves the front of the chest forwards and the diaphragm, with what is below it, towards the feet.
 * Both fade smoothly: to nothing at the spine, and the diaphragm's to nothing at the top of the lungs too.
 */
public final class BreathingMotion implements Motion {
    /** Of {@link ChestPhantom}: from the front of the spine to the breastbone, from the tops of the lungs to the diaphragm. */
    private static final Extent CHEST = new Extent(0.044, -0.085, 0.12, -0.045);

    private final double frontMeters;
    private final double diaphragmMeters;
    private final Extent extent;
    private final TimeCurve curve;

    /**
     * Of the chest at rest, on device axes.
     *
     * @param spineY from here backwards nothing moves
     * @param frontY from here forwards all moves fully; less than {@code spineY}
     * @param apexZ from here upwards the diaphragm moves nothing
     * @param baseZ from here downwards it moves all; less than {@code apexZ}
     */
    record Extent(double spineY, double frontY, double apexZ, double baseZ) {
        double shareOfFront(double y) {
            return smooth((spineY - y) / (spineY - frontY));
        }

        double shareOfDiaphragm(double y, double z) {
            return shareOfFront(y) * smooth((apexZ - z) / (apexZ - baseZ));
        }

        /** From 0 to 1 without corners. */
        private static double smooth(double u) {
            double inside = Math.min(1, Math.max(0, u));
            return inside * inside * (3 - 2 * inside);
        }
    }

    /**
     * Of the built-in chest, which has breathed out at time 0 and in after half a period.
     *
     * @param frontMeters by how much the front goes forwards
     * @param diaphragmMeters by how much the diaphragm goes down
     */
    public static BreathingMotion ofChest(double frontMeters, double diaphragmMeters, double periodSeconds) {
        return new BreathingMotion(frontMeters, diaphragmMeters, periodSeconds, CHEST);
    }

    /**
     * @param frontMeters by how much the front goes forwards
     * @param diaphragmMeters by how much the diaphragm goes down
     */
    BreathingMotion(double frontMeters, double diaphragmMeters, double periodSeconds, Extent extent) {
        this.frontMeters = frontMeters;
        this.diaphragmMeters = diaphragmMeters;
        this.extent = extent;
        curve = new TimeCurve.Breath(periodSeconds);
    }

    @Override
    public boolean moves(int number, double x, double y, double z) {
        return forwards(y) != 0 || down(y, z) != 0;
    }

    private double forwards(double y) {
        return frontMeters * extent.shareOfFront(y);
    }

    private double down(double y, double z) {
        return diaphragmMeters * extent.shareOfDiaphragm(y, z);
    }

    @Override
    public Trace trace(int[] numbers, float[] x0, float[] y0, float[] z0) {
        float[] forwards = new float[x0.length];
        float[] down = new float[x0.length];
        for (int i = 0; i < x0.length; i++) {
            forwards[i] = (float) forwards(y0[i]);
            down[i] = (float) down(y0[i], z0[i]);
        }
        return (seconds, x, y, z) -> {
            float share = (float) curve.at(seconds);
            System.arraycopy(x0, 0, x, 0, x0.length);
            for (int i = 0; i < y0.length; i++) {
                y[i] = y0[i] - share * forwards[i];
            }
            for (int i = 0; i < z0.length; i++) {
                z[i] = z0[i] - share * down[i];
            }
        };
    }

    @Override
    public double straightSeconds() {
        double amplitude = Math.hypot(frontMeters, diaphragmMeters);
        return Math.sqrt(8 * STRAIGHT_METERS / (amplitude * curve.largestCurvature()));
    }

    @Override
    public Course course(double seconds) {
        double amplitude = Math.hypot(frontMeters, diaphragmMeters);
        int steps = Math.max(1, (int) Math.ceil(amplitude / COURSE_STEP_METERS));
        return new Course() {
            @Override
            public boolean visits(double x, double y, double z, PlaceTest test) {
                double forwards = forwards(y);
                double down = down(y, z);
                for (int i = 0; i <= steps; i++) {
                    double share = (double) i / steps;
                    if (test.passes(x, y - share * forwards, z - share * down)) {
                        return true;
                    }
                }
                return false;
            }

            @Override
            public Vec3 halfExtentMeters(Vec3 half) {
                return new Vec3(half.x(), half.y() + Math.abs(frontMeters), half.z() + Math.abs(diaphragmMeters));
            }
        };
    }
}
