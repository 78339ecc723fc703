package org.isocenter.recon.layout;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an axis of an array of raw data counts. */
public enum Axis {
    /** Samples of a readout: along read where data are Cartesian. */
    X("x", "sample"),
    /** Lines along phase; spokes, arms or shots where data are not Cartesian. */
    Y("y", "line", "shot"),
    /** Partitions along slice, encoded together. */
    Z("z", "partition"),
    CHANNEL("channel", "coil"),
    /** Separate slices. */
    SLICE("slice"),
    CONTRAST("contrast", "echo"),
    REPETITION("repetition", "time"),
    AVERAGE("average"),
    PHASE("phase"),
    SET("set"),
    /** Has one element, and says nothing. */
    NONE("1", "-"),
    /** Of a trajectory: its directions, two or three. */
    DIRECTION("direction");

    private final List<String> names;

    Axis(String... names) {
        this.names = List.of(names);
    }

    @Override
    public String toString() {
        return names.get(0);
    }

    /** @throws IllegalArgumentException for a name that is none, with those that are */
    static Axis of(String name) {
        String key = name.strip().toLowerCase(Locale.ROOT);
        for (Axis axis : values()) {
            if (axis.names.contains(key)) {
                return axis;
            }
        }
        throw new IllegalArgumentException("no axis '" + name.strip() + "': there are "
                + Arrays.stream(values())
                        .filter(axis -> axis != DIRECTION)
                        .map(axis -> String.join(" or ", axis.names))
                        .collect(Collectors.joining(", ")));
    }
}
