package org.isocenter.hardware.virtual.phantom;

import org.isocenter.model.Vec3;

/**
 * How the matter of a phantom moves. A point of it is known by its place at time 0, when {@link Phantom#materialAt} holds,
 * or by its number where the phantom lists its spins ({@link SpinList#number}), which have places of their own then. Times
 * count from the start of the run. Places in metres on device axes. Immutable, safe for all threads, and the same
 * question always has the same answer.
 */
public interface Motion {
    /** By how much a way may differ from a straight line within {@link #straightSeconds}. */
    double STRAIGHT_METERS = 1e-6;

    /** Steps along a way that {@link Course#visits} looks at are no longer than this. */
    double COURSE_STEP_METERS = 0.5e-3;

    /**
     * Whether the point that is here at time 0 is ever anywhere else.
     *
     * @param number its own, where the phantom lists its spins; else of no meaning
     */
    boolean moves(int number, double x, double y, double z);

    /**
     * To follow many points: those that are here at time 0.
     *
     * @param numbers their own, where the phantom lists its spins; else of no meaning
     */
    Trace trace(int[] numbers, float[] x, float[] y, float[] z);

    /** Where points come in the first so many seconds. */
    Course course(double seconds);

    /**
     * For how long no point strays from the straight line of constant velocity through the ends of its way by more than
     * {@link #STRAIGHT_METERS}; infinite where nothing is curved. A sudden step does not count.
     */
    double straightSeconds();

    /** The first moment after this one, but for the very next, at which ways that are straight have corners. */
    default double nextCornerSeconds(double seconds) {
        return Double.POSITIVE_INFINITY;
    }

    /** Many points on their ways. One thread at a time. */
    interface Trace {
        /** Writes where the points are at this time. */
        void placesAt(double seconds, float[] x, float[] y, float[] z);

        /**
         * Marks the points that have left the phantom after one time and up to another, and have been replaced by fresh matter in
         * equilibrium, which enters elsewhere.
         *
         * @return whether there are any; if not, {@code renewed} is left as it was
         */
        default boolean renewed(double fromSeconds, double toSeconds, boolean[] renewed) {
            return false;
        }
    }

    /** All places where a point comes. Safe for all threads. */
    interface Course {
        /** Whether the point that is here at time 0 comes to a place that passes the test. */
        boolean visits(double x, double y, double z, PlaceTest test);

        /** Half the box about the isocentre that holds at all times what is in this box at time 0. */
        Vec3 halfExtentMeters(Vec3 half);
    }

    /** A question about a place in metres. */
    interface PlaceTest {
        boolean passes(double x, double y, double z);
    }
}
