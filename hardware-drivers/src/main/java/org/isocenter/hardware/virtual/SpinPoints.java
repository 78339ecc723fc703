package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.isocenter.hardware.virtual.phantom.Motion;

/** A growing list of spins: their places, materials, and what their frequencies differ from the field's. */
final class SpinPoints {
    private int count;
    private float[] xyz = new float[192];
    private float[] ownHertz = new float[64];
    private short[] material = new short[64];
    /** Null as long as all have their material's. */
    private float[] density;
    /** Of listed spins; null for others. */
    private int[] number;

    int count() {
        return count;
    }

    /** How many are in such places. */
    int count(Motion.PlaceTest test) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += test.passes(xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]) ? 1 : 0;
        }
        return found;
    }

    /** @param ownOffsetHertz by which its frequency differs from that of water at its place */
    void add(double x, double y, double z, int materialIndex, double ownOffsetHertz) {
        reserve(count + 1);
        xyz[3 * count] = (float) x;
        xyz[3 * count + 1] = (float) y;
        xyz[3 * count + 2] = (float) z;
        ownHertz[count] = (float) ownOffsetHertz;
        material[count++] = (short) materialIndex;
    }

    /**
     * A spin with a share of its material's density. Either all spins are added so, or none.
     *
     * @param share of the density
     * @param spin its number in the list
     */
    void add(double x, double y, double z, int materialIndex, double ownOffsetHertz, double share, int spin) {
        add(x, y, z, materialIndex, ownOffsetHertz);
        if (density == null) {
            density = new float[material.length];
            number = new int[material.length];
        }
        density[count - 1] = (float) share;
        number[count - 1] = spin;
    }

    void addAll(SpinPoints other) {
        reserve(count + other.count);
        System.arraycopy(other.xyz, 0, xyz, 3 * count, 3 * other.count);
        System.arraycopy(other.ownHertz, 0, ownHertz, count, other.count);
        System.arraycopy(other.material, 0, material, count, other.count);
        count += other.count;
    }

    /** Those that move, if {@code moving}, or those that stay. */
    SpinPoints thatMove(Motion motion, boolean moving) {
        SpinPoints found = new SpinPoints();
        for (int i = 0; i < count; i++) {
            if (motion.moves(number == null ? i : number[i], xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]) == moving) {
                found.copy(this, i);
            }
        }
        return found;
    }

    private void copy(SpinPoints from, int i) {
        float[] place = from.xyz;
        if (from.density == null) {
            add(place[3 * i], place[3 * i + 1], place[3 * i + 2], from.material[i], from.ownHertz[i]);
        } else {
            float share = from.density[i];
            add(
                    place[3 * i],
                    place[3 * i + 1],
                    place[3 * i + 2],
                    from.material[i],
                    from.ownHertz[i],
                    share,
                    from.number[i]);
        }
    }

    private void reserve(int points) {
        if (points > material.length) {
            int room = Math.max(points, material.length * 2);
            material = Arrays.copyOf(material, room);
            ownHertz = Arrays.copyOf(ownHertz, room);
            xyz = Arrays.copyOf(xyz, 3 * room);
            density = density == null ? null : Arrays.copyOf(density, room);
            number = number == null ? null : Arrays.copyOf(number, room);
        }
    }

    /** By material, then in an order which decides what spins share a block. */
    List<SpinGroup> groups(int materials, Surroundings surroundings, SpinOrder spinOrder) {
        List<SpinGroup> groups = new ArrayList<>();
        long[] order = new long[count];
        for (int m = 0; m < materials; m++) {
            int found = 0;
            BitSet layers = new BitSet();
            for (int i = 0; i < count; i++) {
                if (material[i] == m) {
                    layers.set(layer(i, surroundings, spinOrder));
                    order[found++] = i;
                }
            }
            int together = SpinOrder.layersTogether(found, layers.cardinality());
            for (int at = 0; at < found; at++) {
                int i = (int) order[at];
                order[at] |= (long) key(i, surroundings, spinOrder, together) << 32;
            }
            Arrays.sort(order, 0, found);
            List<SpinBlock> blocks = new ArrayList<>();
            for (int from = 0; from < found; from += SpinBlock.LARGEST) {
                blocks.add(block(order, from, Math.min(found, from + SpinBlock.LARGEST), m, surroundings));
            }
            for (int from = 0; from < blocks.size(); from += SpinGroup.MOST_BLOCKS) {
                int to = Math.min(blocks.size(), from + SpinGroup.MOST_BLOCKS);
                groups.add(new SpinGroup(m, blocks.subList(from, to)));
            }
        }
        return groups;
    }

    private SpinBlock block(long[] order, int from, int to, int materialIndex, Surroundings surroundings) {
        int n = to - from;
        float[] x = new float[n];
        float[] y = new float[n];
        float[] z = new float[n];
        float[] offset = new float[n];
        float[] share = density == null ? null : new float[n];
        int[] numbers = number == null ? null : new int[n];
        for (int i = 0; i < n; i++) {
            int spin = (int) order[from + i];
            x[i] = xyz[3 * spin];
            y[i] = xyz[3 * spin + 1];
            z[i] = xyz[3 * spin + 2];
            offset[i] = (float) (surroundings.field().hertzAt(x[i], y[i], z[i]) + ownHertz[spin]);
            if (share != null) {
                share[i] = density[spin];
                numbers[i] = number[spin];
            }
        }
        return new SpinBlock(
                materialIndex, x, y, z, offset, surroundings.transmit().factors(x, y, z), share, numbers);
    }

    private int layer(int i, Surroundings surroundings, SpinOrder spinOrder) {
        double[] at = asSeen(i, surroundings);
        return spinOrder.layer(at[0], at[1], at[2], at[3]);
    }

    private int key(int i, Surroundings surroundings, SpinOrder spinOrder, int layersTogether) {
        double[] at = asSeen(i, surroundings);
        return spinOrder.key(at[0], at[1], at[2], at[3], layersTogether);
    }

    /** {x, y, z} where gradients see it, and its offset. */
    private double[] asSeen(int i, Surroundings surroundings) {
        double x = xyz[3 * i];
        double y = xyz[3 * i + 1];
        double z = xyz[3 * i + 2];
        GradientWarp warp = surroundings.warp();
        return new double[] {
            warp.seenX(x, y, z),
            warp.seenY(x, y, z),
            warp.seenZ(x, y, z),
            surroundings.field().hertzAt(x, y, z) + ownHertz[i]
        };
    }
}
