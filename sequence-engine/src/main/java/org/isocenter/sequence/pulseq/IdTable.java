package org.isocenter.sequence.pulseq;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Values by id, where ids are mostly small but need not be. Small ones are looked up without boxing; large ones cost no
 * more memory than there are of them.
 */
final class IdTable<T> {
    private static final int DENSE = 1 << 16;

    private Object[] dense = new Object[64];
    private final Map<Integer, T> sparse = new HashMap<>();

    /** The value of this id, or null. */
    @SuppressWarnings("unchecked")
    T get(int id) {
        if (id >= 0 && id < DENSE) {
            return id < dense.length ? (T) dense[id] : null;
        }
        return sparse.get(id);
    }

    /** Stores a value and gives the one that was there, or null. */
    T put(int id, T value) {
        if (id < 0 || id >= DENSE) {
            return sparse.put(id, value);
        }
        if (id >= dense.length) {
            dense = Arrays.copyOf(dense, Math.min(DENSE, Math.max(id + 1, dense.length * 2)));
        }
        T before = get(id);
        dense[id] = value;
        return before;
    }
}
