package org.isocenter.sequence.library;

import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Protocol;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Lobe;

/**
 * A pulse a fixed time before each excitation of the same slice, an inversion or a saturation, and a spoiler after it.
 *
 * @param pulse centred on its slice
 * @param spoiler lobe along slice
 * @param spoilPerMeter its moment
 * @param delayPs from the pulse's centre to the excitation's
 * @param parameter that sets the delay
 */
record Preparation(Excitation pulse, Lobe spoiler, double spoilPerMeter, long delayPs, String parameter) {
    private static final double SPOILER_CYCLES = 8;

    /** @param depthMeters across which the spoiler makes its cycles */
    static Preparation plan(
            Protocol protocol, GradientSystem system, Excitation pulse, double depthMeters, String parameter) {
        double spoil = SPOILER_CYCLES / depthMeters;
        long step = system.grid().stepPs();
        long delay = system.grid().down(Rasters.ps(protocol.number(parameter)) + step / 2);
        return new Preparation(pulse, system.shortest(spoil), spoil, delay, parameter);
    }

    /** Whether it is an inversion, not a saturation. */
    boolean inverts() {
        return pulse.envelope().use() == RfUse.INVERSION;
    }

    /** From its start to the pulse's centre. */
    long leadPs() {
        return pulse.leadPs();
    }

    /** From the pulse's centre to the spoiler's end. */
    long tailPs() {
        return pulse.tailPs() + spoiler.durationPs();
    }

    /** @param lengthPs from its start to the end of what is written */
    void write(PlanWriter writer, EncodingGeometry geometry, long lengthPs) {
        writer.at(geometry);
        double offset = Placement.logicalCenter(geometry).z();
        writer.block(pulse.blockPs(), pulse.pulse(offset, 0), null, null, pulse.gradient());
        writer.block(lengthPs - pulse.blockPs(), null, null, null, spoiler.of(spoilPerMeter));
    }
}
