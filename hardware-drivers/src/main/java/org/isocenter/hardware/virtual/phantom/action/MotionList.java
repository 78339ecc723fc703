package org.isocenter.hardware.virtual.phantom.action;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.isocenter.hardware.virtual.phantom.Motion;
import org.isocenter.model.Vec3;

/**
 * Actions on listed spins, one after the other in the order of their curves' starts, translations last: each takes spins from
 * where those before it have brought them at that time. Points are known by their numbers in the list.
 */
public final class MotionList implements Motion {
    /** No piece is cut shorter for a corner in a way, or for a turn. */
    private static final double SHORTEST_SECONDS = 50e-6;

    private final List<Part> parts;
    private final Vec3 halfMeters;

    /** One action: how far it has gone when, and which spins it moves. */
    public record Part(Action action, NodeCurve curve, SpinSpan spins) {}

    /** @param half of the box about the origin that holds the spins as they are listed */
    public MotionList(List<Part> parts, Vec3 half) {
        Comparator<Part> byStart = Comparator.comparingDouble(part -> part.curve.startSeconds());
        Stream<Part> others = parts.stream().filter(p -> !(p.action instanceof Action.Translate));
        Stream<Part> shifts = parts.stream().filter(p -> p.action instanceof Action.Translate);
        this.parts = Stream.concat(others.sorted(byStart), shifts).toList();
        halfMeters = half;
    }

    @Override
    public boolean moves(int number, double x, double y, double z) {
        return parts.stream().anyMatch(part -> part.spins.row(number) >= 0);
    }

    private Vec3 reach(Vec3 half) {
        Vec3 reach = half;
        for (Part part : parts) {
            reach = reach.plus(part.action.farthestMeters(reach));
        }
        return reach;
    }

    /** Ways are straight but for turns, and for what goes along while it is turned. */
    @Override
    public double straightSeconds() {
        Vec3 reach = reach(halfMeters);
        double turn = 0;
        double speed = 0;
        for (Part part : parts) {
            double rate = part.curve.largestRate();
            turn += rate * part.action.turnRadians();
            speed += part.action.turnRadians() > 0
                    ? 0
                    : rate * part.action.farthestMeters(reach).norm();
        }
        double acceleration = turn * turn * reach.norm() + 2 * turn * speed;
        return Math.max(SHORTEST_SECONDS, Math.sqrt(8 * STRAIGHT_METERS / acceleration));
    }

    @Override
    public double nextCornerSeconds(double seconds) {
        double from = seconds + SHORTEST_SECONDS;
        double next = Double.POSITIVE_INFINITY;
        for (Part part : parts) {
            double node = part.curve.nextNode(from);
            next = Math.min(next, node);
            if (part.action instanceof Path path) {
                next = Math.min(next, path.nextNode(part.curve, from, node));
            }
        }
        return next;
    }

    @Override
    public Trace trace(int[] numbers, float[] x0, float[] y0, float[] z0) {
        return new ListTrace(numbers, x0, y0, z0);
    }

    @Override
    public Course course(double seconds) {
        return new Course() {
            /** Listed spins are all taken, wherever they come. */
            @Override
            public boolean visits(double x, double y, double z, PlaceTest test) {
                return true;
            }

            @Override
            public Vec3 halfExtentMeters(Vec3 half) {
                return reach(half);
            }
        };
    }

    private final class ListTrace implements Trace {
        private final float[] x0;
        private final float[] y0;
        private final float[] z0;
        private final List<Moved> moved = new ArrayList<>();

        /** @param freshAt as {@link Path#freshAt} has it; null for other actions */
        private record Moved(Part part, int[] rows, int[][] freshAt) {}

        ListTrace(int[] numbers, float[] x0, float[] y0, float[] z0) {
            this.x0 = x0;
            this.y0 = y0;
            this.z0 = z0;
            for (Part part : parts) {
                int[] rows = new int[numbers.length];
                boolean any = false;
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = part.spins.row(numbers[i]);
                    any |= rows[i] >= 0;
                }
                if (any) {
                    int[][] freshAt = part.action instanceof Path path ? path.freshAt(rows) : null;
                    moved.add(new Moved(part, rows, freshAt));
                }
            }
        }

        @Override
        public void placesAt(double seconds, float[] x, float[] y, float[] z) {
            System.arraycopy(x0, 0, x, 0, x0.length);
            System.arraycopy(y0, 0, y, 0, y0.length);
            System.arraycopy(z0, 0, z, 0, z0.length);
            for (Moved one : moved) {
                one.part.action.move(one.part.curve.at(seconds), one.rows, x, y, z);
            }
        }

        @Override
        public boolean renewed(double fromSeconds, double toSeconds, boolean[] renewed) {
            boolean any = false;
            for (Moved one : moved) {
                if (one.freshAt != null && one.part.action instanceof Path path) {
                    any = path.markFresh(one.part.curve, fromSeconds, toSeconds, one.freshAt, renewed, any);
                }
            }
            return any;
        }
    }
}
