package org.isocenter.sequence.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Rotation;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;

/** Which blocks of a sequence have the same events. Immutable; safe for any thread. */
final class BlockKinds {
    /**
     * What a block plays. Labels make no difference, nor does the phase of the pulse or the frequency and phase of the ADC
     * window: these are put in when the events are played.
     *
     * @param clockPhasePs where the block's start lies between ticks, see {@link TickClock#phasePs}
     */
    record Kind(int rf, int gx, int gy, int gz, long adcDelayPs, int extensions, long durationPs, long clockPhasePs) {}

    private static final long NO_ADC = -1;

    private record Played(Rotation rotation, List<Extension> triggers) {}

    private final Sequence sequence;
    private final TickClock clock;
    private final int[] rfKinds;
    private final int[] extensionKinds;

    BlockKinds(Sequence sequence, TickClock clock) {
        this.sequence = sequence;
        this.clock = clock;
        rfKinds = new int[sequence.rfCount() + 1];
        Map<RfPulse, Integer> pulses = new HashMap<>();
        for (int id = 1; id < rfKinds.length; id++) {
            rfKinds[id] = number(pulses, withoutPhase(sequence.rfPulse(id)));
        }
        extensionKinds = new int[sequence.extensionListCount() + 1];
        Map<Played, Integer> played = new HashMap<>();
        played.put(new Played(Rotation.IDENTITY, List.of()), 0);
        for (int list = 1; list < extensionKinds.length; list++) {
            extensionKinds[list] = number(played, played(sequence.extensions(list)));
        }
    }

    private static <T> int number(Map<T, Integer> numbers, T kind) {
        Integer known = numbers.putIfAbsent(kind, numbers.size() + 1);
        return known == null ? numbers.size() : known;
    }

    private static RfPulse withoutPhase(RfPulse p) {
        return new RfPulse(
                p.amplitudeHertz(),
                p.magnitude(),
                p.phaseCycles(),
                p.timeRaster(),
                p.centerSeconds(),
                p.delayPs(),
                p.frequencyPpm(),
                0,
                p.frequencyHertz(),
                0,
                p.use());
    }

    private static Played played(List<Extension> extensions) {
        Rotation rotation = Rotation.IDENTITY;
        for (Extension extension : extensions) {
            if (extension instanceof Extension.Turn turn) {
                rotation = turn.rotation();
                break;
            }
        }
        return new Played(
                rotation,
                extensions.stream().filter(Extension.Trigger.class::isInstance).toList());
    }

    Kind of(int block) {
        int adcId = sequence.adcId(block);
        return new Kind(
                rfKinds[sequence.rfId(block)],
                sequence.gradientId(block, Axis.X),
                sequence.gradientId(block, Axis.Y),
                sequence.gradientId(block, Axis.Z),
                adcId == 0 ? NO_ADC : sequence.adc(adcId).delayPs(),
                extensionKinds[sequence.extensionId(block)],
                sequence.blockDurationPs(block),
                clock.phasePs(sequence.startPs(block)));
    }

    /** Whether this block needs more room than this; a bound from its pulse's samples and its gradients' steps. */
    boolean mayHaveMoreEventsThan(int most, int block) {
        if (clock.tick(sequence.blockDurationPs(block)) > Integer.MAX_VALUE / 2) {
            return true;
        }
        long events = 0;
        int rfId = sequence.rfId(block);
        if (rfId != 0) {
            events += 2
                    * sequence.rfPulse(rfId).shapeDurationPs(sequence.rasters())
                    / sequence.rasters().rfPs();
        }
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            if (id != 0) {
                // A rotation may show a step of one axis on all three.
                events += 3
                        * changingPs(sequence.gradient(id))
                        / sequence.rasters().gradientPs();
            }
        }
        return events > most;
    }

    private long changingPs(Gradient gradient) {
        return gradient instanceof Gradient.Trapezoid t ? t.risePs() + t.fallPs() : gradient.endPs(sequence.rasters());
    }
}
