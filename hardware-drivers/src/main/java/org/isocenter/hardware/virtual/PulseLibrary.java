package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The distinct pulses of a table, each once. Not safe for several threads. */
final class PulseLibrary {
    private final List<Pulse> pulses = new ArrayList<>();
    private final Map<Integer, List<Pulse>> byHash = new HashMap<>();

    /** The pulse of this content that was met first. */
    Pulse intern(Pulse pulse) {
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
