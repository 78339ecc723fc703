package org.isocenter.hardware.virtual.phantom.action;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isocenter.model.Vec3;

/**
 * Each spin on a way of its own: displacements at evenly spaced shares from 0 to 1, straight between them. Where a spin leaves
 * and comes in elsewhere it is fresh as long as it is on its way to a node so marked. Immutable.
 */
public final class Path implements Action {
    /** In intervals: so near to a node is at it. */
    private static final double AT_NODE = 1e-6;

    private final int rows;
    private final int nodes;
    /** By axes, then nodes, then rows. */
    private final float[][] meters;

    private final boolean[] fresh;

    /**
     * @param meters displacements by axes, then node · rows + row; not changed any more
     * @param fresh likewise: marked nodes; null for none
     */
    public Path(int rows, int nodes, float[][] meters, boolean[] fresh) {
        this.rows = rows;
        this.nodes = nodes;
        this.meters = meters;
        this.fresh = fresh;
    }

    private double position(double share) {
        double position = Math.min(1, Math.max(0, share)) * (nodes - 1);
        double nearest = Math.rint(position);
        return Math.abs(position - nearest) < AT_NODE ? nearest : position;
    }

    @Override
    public void move(double share, int[] rowOf, float[] x, float[] y, float[] z) {
        double position = position(share);
        int node = (int) Math.min(Math.floor(position), Math.max(0, nodes - 2));
        float along = (float) (position - node);
        int next = Math.min(node + 1, nodes - 1) * rows;
        float[][] places = {x, y, z};
        for (int axis = 0; axis < 3; axis++) {
            for (int i = 0; i < rowOf.length; i++) {
                if (rowOf[i] >= 0) {
                    float from = meters[axis][node * rows + rowOf[i]];
                    places[axis][i] += from + along * (meters[axis][next + rowOf[i]] - from);
                }
            }
        }
    }

    @Override
    public Vec3 farthestMeters(Vec3 half) {
        double[] most = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            for (float value : meters[axis]) {
                most[axis] = Math.max(most[axis], Math.abs(value));
            }
        }
        return new Vec3(most[0], most[1], most[2]);
    }

    /** The next time at which the curve comes to one of the nodes within its present straight piece; infinite if it does not. */
    double nextNode(NodeCurve curve, double seconds, double pieceEnd) {
        double end = Math.min(pieceEnd, seconds + 1);
        double first = curve.at(seconds + 0.25 * (end - seconds)) * (nodes - 1);
        double rate = (curve.at(seconds + 0.75 * (end - seconds)) * (nodes - 1) - first) / (0.5 * (end - seconds));
        if (rate == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double now = first - rate * 0.25 * (end - seconds);
        double next = rate > 0 ? Math.floor(now + AT_NODE) + 1 : Math.ceil(now - AT_NODE) - 1;
        return seconds + (next - now) / rate;
    }

    /** For each node the spins, among these, that are fresh on their way to it; null when none is anywhere. */
    int[][] freshAt(int[] rowOf) {
        if (fresh == null) {
            return null;
        }
        int[][] found = new int[nodes][];
        boolean any = false;
        for (int node = 0; node < nodes; node++) {
            List<Integer> here = new ArrayList<>();
            for (int i = 0; i < rowOf.length; i++) {
                if (rowOf[i] >= 0 && fresh[node * rows + rowOf[i]]) {
                    here.add(i);
                }
            }
            found[node] = here.stream().mapToInt(Integer::intValue).toArray();
            any |= found[node].length > 0;
        }
        return any ? found : null;
    }

    /** Marks the spins that are fresh at any time after one and up to another. */
    boolean markFresh(NodeCurve curve, double from, double to, int[][] freshAt, boolean[] marked, boolean before) {
        boolean any = before;
        double start = Math.max(from, to - curve.periodSeconds());
        while (start < to) {
            double end = Math.min(to, curve.nextNode(start));
            double early = curve.at(start + 0.25 * (end - start));
            double late = curve.at(start + 0.75 * (end - start));
            double first = position(early - 0.5 * (late - early));
            double last = position(late + 0.5 * (late - early));
            int low = late > early ? (int) Math.floor(first) + 1 : (int) Math.ceil(last);
            int high = (int) Math.ceil(Math.max(first, last));
            for (int node = low; node <= high; node++) {
                for (int spin : freshAt[node]) {
                    if (!any) {
                        Arrays.fill(marked, false);
                        any = true;
                    }
                    marked[spin] = true;
                }
            }
            start = end;
        }
        return any;
    }
}
