package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import org.isocenter.model.Vec3;

/**
 * A quality phantom laid out like the large one of the American College of Radiology, but not a copy of it: a cylinder of
 * nickel solution, 190 mm wide and 148 mm long, with eleven places for slices every 10 mm from z = -50 mm (the first) to
 * z = +50 mm.
 *
 * <ul>
 *   <li>Slice 1: a solid block at the back with arrays of 4 × 4 holes, twice as far apart as wide: from the right 4, 3, 2 and
 *       1.5 mm for low field, and on the left 1.1, 1.0 and 0.9 mm. In the middle a solid block with two slots of 1 mm that rise by
 *       one in ten, against each other: in a slice of thickness t they are 10·(t + 1 mm) long, of which the slice takes 10·t
 *       between the half heights. To the front a pair of wedges of 45°.
 *   <li>Slice 5: a solid grid, 15 mm square, lines of 1.5 mm.
 *   <li>Slice 7: nothing but solution.
 *   <li>Slices 8 to 11: discs of full signal on a ground of 2, 4, 8 and 16 % less, three of a size on each of ten spokes, 10 to
 *       2 mm wide.
 *   <li>Slice 11: another pair of wedges.
 * </ul>
 *
 * <p>The wedges' black bars are equally long in a slice at its place; 1 mm off, they differ by 2 mm.
 */
final class AcrPhantom implements Phantom {
    static final double RADIUS_METERS = 0.095;
    static final double HALF_LENGTH_METERS = 0.074;
    static final double SLICE_PITCH_METERS = 0.010;
    private static final double FIRST_SLICE_Z = -0.050;

    /** Holes of one width, by the corner to the right and front. */
    private record Holes(double meters, double right, double front) {
        /** Each row is shifted by half a hole, so that some hole of each array falls on the pixels. */
        boolean contain(double x, double y) {
            double pitch = 2 * meters;
            int row = (int) Math.floor((y - front) / pitch);
            double across = x - right - row * meters / 2;
            int column = (int) Math.floor(across / pitch);
            if (row < 0 || row >= HOLES || column < 0 || column >= HOLES) {
                return false;
            }
            double dx = across - (column + 0.5) * pitch;
            double dy = y - front - (row + 0.5) * pitch;
            return dx * dx + dy * dy <= meters * meters / 4;
        }
    }

    private static final int HOLES = 4;
    private static final List<Holes> ARRAYS = List.of(
            new Holes(0.0040, -0.064, 0.025),
            new Holes(0.0030, -0.022, 0.025),
            new Holes(0.0020, 0.011, 0.025),
            new Holes(0.0015, 0.034, 0.025),
            new Holes(0.0011, 0.053, 0.025),
            new Holes(0.0010, 0.053, 0.037),
            new Holes(0.0009, 0.053, 0.048));
    private static final double BLOCK_HALF_WIDTH = 0.068;
    private static final double BLOCK_FROM_Y = 0.022;
    private static final double BLOCK_TO_Y = 0.060;

    private static final double RAMP_HALF_WIDTH = 0.080;
    private static final double RAMP_HALF_DEPTH = 0.012;
    private static final double SLOT_FROM_Y = 0.001;
    private static final double SLOT_TO_Y = 0.009;
    private static final double SLOT_SLOPE = 0.1;
    private static final double SLOT_METERS = 0.001;

    private static final double WEDGE_HALF_WIDTH = 0.010;
    private static final double WEDGE_FROM_Y = -0.086;
    private static final double WEDGE_LENGTH = 0.020;

    private static final double GRID_HALF_WIDTH = 0.075;
    private static final double GRID_PITCH = 0.015;
    private static final double GRID_LINE = 0.0015;
    private static final double GRID_RADIUS = 0.088;

    private static final double INSERT_HALF_LENGTH = 0.010;
    private static final double GRID_HALF_LENGTH = 0.005;
    private static final double DISCS_HALF_LENGTH = 0.004;

    private static final double GROUND_RADIUS = 0.060;
    private static final double[] DEFICIT = {0.02, 0.04, 0.08, 0.16};
    private static final int SPOKES = 10;
    private static final double LARGEST_DISC = 0.010;
    private static final double DISC_STEP = 0.008 / 9;
    private static final double[] DISC_FROM_CENTER = {0.018, 0.034, 0.050};

    /** About ten millimoles of nickel chloride to a litre, with salt: much the same at all fields below 3 T. */
    private static final List<Material> MATERIALS = List.of(
            solution(0), solution(DEFICIT[0]), solution(DEFICIT[1]), solution(DEFICIT[2]), solution(DEFICIT[3]));

    private static Material solution(double deficit) {
        return new Material("nickel solution", 1 - deficit, 0.15, 0.125, 2.0e-9);
    }

    @Override
    public String name() {
        return "acr";
    }

    @Override
    public List<Material> materials() {
        return MATERIALS;
    }

    @Override
    public Vec3 halfExtentMeters() {
        return new Vec3(RADIUS_METERS, RADIUS_METERS, HALF_LENGTH_METERS);
    }

    @Override
    public int materialAt(double x, double y, double z) {
        double square = x * x + y * y;
        if (square > RADIUS_METERS * RADIUS_METERS || Math.abs(z) > HALF_LENGTH_METERS) {
            return -1;
        }
        int slice = (int) Math.round((z - FIRST_SLICE_Z) / SLICE_PITCH_METERS) + 1;
        double fromFirst = z - FIRST_SLICE_Z;
        double fromLast = z + FIRST_SLICE_Z;
        if (Math.abs(fromFirst) <= INSERT_HALF_LENGTH) {
            return holes(x, y) || ramps(x, y, fromFirst) || wedges(x, y, fromFirst) ? -1 : 0;
        }
        if (Math.abs(fromLast) <= INSERT_HALF_LENGTH && wedges(x, y, fromLast)) {
            return -1;
        }
        double fromSlice = z - (FIRST_SLICE_Z + (slice - 1) * SLICE_PITCH_METERS);
        if (slice == 5 && Math.abs(fromSlice) <= GRID_HALF_LENGTH) {
            return grid(x, y, square) ? -1 : 0;
        }
        if (slice >= 8 && slice <= 11 && Math.abs(fromSlice) <= DISCS_HALF_LENGTH) {
            boolean ground = square <= GROUND_RADIUS * GROUND_RADIUS && !disc(x, y);
            return ground ? slice - 7 : 0;
        }
        return 0;
    }

    /** Whether this is in the solid of the block with the arrays of holes. */
    private static boolean holes(double x, double y) {
        if (Math.abs(x) > BLOCK_HALF_WIDTH || y < BLOCK_FROM_Y || y > BLOCK_TO_Y) {
            return false;
        }
        for (Holes holes : ARRAYS) {
            if (holes.contain(x, y)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is in the solid of the block with the two rising slots. */
    private static boolean ramps(double x, double y, double z) {
        if (Math.abs(x) > RAMP_HALF_WIDTH || Math.abs(y) > RAMP_HALF_DEPTH) {
            return false;
        }
        double rise = (y > 0 ? -SLOT_SLOPE : SLOT_SLOPE) * x;
        boolean slot = Math.abs(y) >= SLOT_FROM_Y && Math.abs(y) <= SLOT_TO_Y;
        return !(slot && Math.abs(z - rise) <= SLOT_METERS / 2);
    }

    /** A pair of solid bars, the left one longer towards the head, the right one shorter. */
    private static boolean wedges(double x, double y, double z) {
        double length = WEDGE_LENGTH + (x > 0 ? z : -z);
        return Math.abs(x) <= WEDGE_HALF_WIDTH && y >= WEDGE_FROM_Y && y <= WEDGE_FROM_Y + length;
    }

    private static boolean grid(double x, double y, double square) {
        if (Math.abs(x) > GRID_HALF_WIDTH + GRID_LINE / 2
                || Math.abs(y) > GRID_HALF_WIDTH + GRID_LINE / 2
                || square > GRID_RADIUS * GRID_RADIUS) {
            return false;
        }
        return Math.abs(Math.IEEEremainder(x, GRID_PITCH)) <= GRID_LINE / 2
                || Math.abs(Math.IEEEremainder(y, GRID_PITCH)) <= GRID_LINE / 2;
    }

    /** The first spoke points to the front and has the largest discs; on they go by way of the left. */
    private static boolean disc(double x, double y) {
        double turn = Math.atan2(x, -y) / (2 * Math.PI);
        int spoke = (int) Math.floorMod(Math.round(turn * SPOKES), (long) SPOKES);
        double radius = 0.5 * (LARGEST_DISC - spoke * DISC_STEP);
        double angle = 2 * Math.PI * spoke / SPOKES;
        for (double far : DISC_FROM_CENTER) {
            if (Math.hypot(x - far * Math.sin(angle), y + far * Math.cos(angle)) <= radius) {
                return true;
            }
        }
        return false;
    }
}
