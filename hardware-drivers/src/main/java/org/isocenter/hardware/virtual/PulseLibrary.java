package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The distinct pulses of a table as the coil plays them, each once. Not safe for several threads. */
final class PulseLibrary {
    private final List<Pulse> pulses = new ArrayList<>();
    private final Map<Integer, List<Pulse>> byHash = new HashMap<>();

    private final double gain;
    private final boolean whole;

    /** @param gain B1 that is played over B1 in the table */
    PulseLibrary(double gain) {
        this(gain, false);
    }

    /** @param whole whether what pulses do while their gradients still ramp is kept, however little it is */
    PulseLibrary(double gain, boolean whole) {
        this.gain = gain;
        this.whole = whole;
    }

    boolean whole() {
        return whole;
    }

    /** What is played of a table's pulse: one object for all of equal content. */
    Pulse intern(Pulse asked) {
        Pulse pulse = gain == 1 ? asked : asked.scaled(gain);
        List<Pulse> candidates = byHash.computeIfAbsent(pulse.contentHash(), h -> new ArrayList<>());
        for (Pulse candidate : candidates) {
            if (candidate.sameAs(pulse)) {
                return candidate;
            }
        }
        candidates.add(pulse);
        pulses.add(pulse);
        return pulse;
    }

    List<Pulse> pulses() {
        return pulses;
    }
}
