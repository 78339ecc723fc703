package org.isocenter.sequence.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;

/**
 * The energy of each pulse of a sequence, worked out once for all pulses that differ in nothing but frequency and phase: with RF
 * spoiling there are thousands of those.
 */
final class PulseEnergies {
    private record Key(double amplitude, Shape magnitude, Shape phase, Shape time) {}

    private final Sequence sequence;
    private final int[] kinds;
    private final Map<Key, Integer> known = new HashMap<>();
    private final List<PulseEnergy> energies = new ArrayList<>();

    PulseEnergies(Sequence sequence) {
        this.sequence = sequence;
        kinds = new int[sequence.rfCount() + 1];
    }

    /** The same for pulses of the same energy. */
    int kind(int rfId) {
        if (kinds[rfId] == 0) {
            RfPulse pulse = sequence.rfPulse(rfId);
            // The phase within a shape matters only where samples are joined by lines.
            Shape phase = pulse.timeRaster() == null ? null : pulse.phaseCycles();
            Key key = new Key(pulse.amplitudeHertz(), pulse.magnitude(), phase, pulse.timeRaster());
            Integer kind = known.get(key);
            if (kind == null) {
                energies.add(PulseEnergy.of(pulse, sequence.rasters()));
                kind = energies.size();
                known.put(key, kind);
            }
            kinds[rfId] = kind;
        }
        return kinds[rfId];
    }

    PulseEnergy of(int rfId) {
        return energies.get(kind(rfId) - 1);
    }
}
