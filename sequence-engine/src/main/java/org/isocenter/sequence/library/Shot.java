package org.isocenter.sequence.library;

import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;

/**
 * Excitation and readout of one repetition of a sequence whose repetitions differ in how their gradients are turned: a spoke,
 * an arm of a spiral. Written in axes that turn with it.
 */
interface Shot {
    /**
     * Where and for what a shot is written.
     *
     * @param geometry of the slice or the volume
     * @param turn of the shot within the geometry's axes
     * @param phaseRadians of the pulse and the receiver at the field of view's centre
     * @param counters null for a dummy, which measures nothing
     */
    record Place(EncodingGeometry geometry, Rotation turn, double phaseRadians, EncodingCounters counters) {
        /** The field of view's centre from the isocentre, on the turned axes. */
        Vec3 center() {
            Rotation back = new Rotation(turn.w(), -turn.x(), -turn.y(), -turn.z());
            return back.apply(Placement.logicalCenter(geometry));
        }
    }

    /** Of all its blocks. */
    long durationPs();

    /** How long the transmitter is on. */
    long transmitPs();

    /** From the excitation to the centre of k-space. */
    double echoSeconds();

    double dwellSeconds();

    /** Where in k-space it ends, on the turned axes; nothing is left along slice. */
    double readPerMeter();

    double phasePerMeter();

    /** Largest gradient under the pulse along slice, and under the readout, for the frequency offsets off centre. */
    double sliceHertzPerMeter();

    double readHertzPerMeter();

    /** Writes the blocks. */
    void write(PlanWriter writer, Place place);
}
