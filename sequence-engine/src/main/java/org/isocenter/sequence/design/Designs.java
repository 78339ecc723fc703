package org.isocenter.sequence.design;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The last designs that were made: a protocol is checked, timed and built one after the other, and asks each time for the same
 * pulses. Any thread.
 *
 * @param <K> everything that the design depends on
 * @param <V> the design, immutable
 */
final class Designs<K, V> {
    private static final int KEPT = 64;

    private final Map<K, V> made = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > KEPT;
        }
    };
    private final Function<K, V> design;

    /** @param design a pure function; its exceptions are passed on, and not kept */
    Designs(Function<K, V> design) {
        this.design = design;
    }

    V of(K key) {
        synchronized (made) {
            V known = made.get(key);
            if (known != null) {
                return known;
            }
        }
        V now = design.apply(key);
        synchronized (made) {
            made.put(key, now);
        }
        return now;
    }
}
