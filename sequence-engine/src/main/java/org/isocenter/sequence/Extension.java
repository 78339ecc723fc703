package org.isocenter.sequence;

import java.util.List;
import org.isocenter.model.Rotation;

/** What a block carries besides RF, gradients and ADC: Pulseq's extensions. */
public sealed interface Extension {

    /** LABELSET or LABELINC. In a block all SETs come first, then all INCs, then the ADC reads the labels. */
    record Label(boolean increment, String name, int value) implements Extension {}

    /** TRIGGERS: type 1 is an output, type 2 an input. */
    record Trigger(int type, int channel, long delayPs, long durationPs) implements Extension {}

    /** ROTATIONS: turns this block's gradients from the file's axes to physical ones. */
    record Turn(Rotation rotation) implements Extension {}

    /** DELAYS: a soft delay. Block duration = value / factor + offset. */
    record SoftDelay(int number, long offsetPs, double factor, String hint) implements Extension {}

    /** RF_SHIMS: magnitude and phase (rad) per transmit channel, in turn. */
    record RfShim(List<Double> magnitudePhase) implements Extension {
        public RfShim {
            magnitudePhase = List.copyOf(magnitudePhase);
        }
    }

    /** One that this version does not know; kept as it was written. */
    record Unknown(String name, String text) implements Extension {}
}
