package org.isocenter.hardware.stream;

import java.util.EnumSet;
import java.util.Set;

/** What not every device can or needs; the bit on the line is the ordinal. */
public enum Capability {
    /** Wants a second connection for heartbeats and aborts. */
    CONTROL,
    /** Applies a window's frequency and phase to its samples. */
    DEMODULATES,
    /** Has trigger inputs. */
    TRIGGERS,
    /** Plays only when the whole table is in. */
    WHOLE_TABLE,
    /** No real time passes. */
    SIMULATED;

    static int bits(Set<Capability> set) {
        int bits = 0;
        for (Capability each : set) {
            bits |= 1 << each.ordinal();
        }
        return bits;
    }

    /** Bits without a meaning are of a later version. */
    static Set<Capability> of(int bits) {
        Set<Capability> set = EnumSet.noneOf(Capability.class);
        for (Capability each : values()) {
            if ((bits >> each.ordinal() & 1) == 1) {
                set.add(each);
            }
        }
        return set;
    }
}
