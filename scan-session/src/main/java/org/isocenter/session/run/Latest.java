package org.isocenter.session.run;

import java.util.concurrent.atomic.AtomicReference;

/** A one-place hand-over from a fast writer to a slow reader: what is not taken in time is overwritten. Any thread. */
public final class Latest<T> {
    private final AtomicReference<T> place = new AtomicReference<>();

    public void put(T value) {
        place.set(value);
    }

    /** The newest value, once; null when nothing new has come. */
    public T take() {
        return place.getAndSet(null);
    }
}
