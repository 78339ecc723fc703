package org.isocenter.hardware.virtual;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds what is read of a table's pulses by spin echoes only, because crushers have dephased their free decays when a window
 * opens: of an excitation, where the pulses that refocus it act; of those, nothing by themselves. One thread.
 */
final class EchoPairs {
    static final double SMALLEST_REFOCUSING_RADIANS = Math.toRadians(150);

    /** Two turns in 6 mm. */
    private static final double DEPHASED_TURNS_PER_METER = 300;

    private final Map<Pulse, Set<Pulse>> refocusing = new IdentityHashMap<>();
    private final Set<Pulse> readOtherwise = Collections.newSetFromMap(new IdentityHashMap<>());

    private Pulse excitation;
    private Pulse last;
    private final double[] sinceExcitation = new double[3];
    private final double[] sinceLast = new double[3];

    static boolean refocuses(Pulse pulse) {
        return pulse.flipRadians() >= SMALLEST_REFOCUSING_RADIANS;
    }

    void pulse(Pulse pulse) {
        last = pulse;
        add(pulse.path(), sinceExcitation);
        Arrays.fill(sinceLast, 0);
        add(pulse.pathAfter(), sinceLast);
        if (!refocuses(pulse)) {
            excitation = pulse;
            System.arraycopy(sinceLast, 0, sinceExcitation, 0, 3);
        }
    }

    void precession(GradientPath path) {
        add(path, sinceExcitation);
        add(path, sinceLast);
    }

    private static void add(GradientPath path, double[] turns) {
        turns[0] += path.x();
        turns[1] += path.y();
        turns[2] += path.z();
    }

    void window(Window window) {
        if (last != null && isNear(window, sinceLast)) {
            readOtherwise.add(last);
        }
        if (excitation == null || last == excitation) {
            return;
        }
        if (isNear(window, sinceExcitation)) {
            readOtherwise.add(excitation);
        }
        refocusing
                .computeIfAbsent(excitation, absent -> Collections.newSetFromMap(new IdentityHashMap<>()))
                .add(last);
    }

    /** Whether there is a free decay in the window that has gone so far since it began. */
    private static boolean isNear(Window window, double[] turns) {
        return window.nearestToCentre(turns[0], turns[1], turns[2]) < DEPHASED_TURNS_PER_METER;
    }

    /** Whether nothing is read of the pulse's own free decay. */
    boolean crushed(Pulse pulse) {
        return !readOtherwise.contains(pulse);
    }

    /** The pulses without which nothing is read of what this one excites; none when it is read otherwise, too, or not at all. */
    Set<Pulse> refocusing(Pulse pulse) {
        return readOtherwise.contains(pulse) ? Set.of() : refocusing.getOrDefault(pulse, Set.of());
    }
}
