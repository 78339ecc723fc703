package org.isocenter.recon.cartesian;

import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.mrd.MrdNotes;

/**
 * Says where in k-space the readouts of one encoding space lie: by their counters; by their trajectory only when the
 * counters evidently say nothing (all are the same although several lines are encoded).
 */
final class StepCounters {
    private final Encoding encoding;
    private final MrdNotes notes;
    private final EncodingLimits limits1;
    private final EncodingLimits limits2;
    private final TrajectorySteps trajectory1;
    private final TrajectorySteps trajectory2;
    private final boolean centerSampleIsMissing;
    /**
     * Center samples count in the order of time, so that of a whole line of N samples (N even) which runs backwards is N/2-1.
     * Consoles that write N/2 there too count after turning the line round.
     */
    private final boolean reversedCentersAreTurned;

    /** @param readouts of this encoding space */
    StepCounters(Encoding encoding, List<Readout> readouts, MrdNotes notes) {
        this.encoding = encoding;
        this.notes = notes;
        this.limits1 = centred("kspace_encoding_step_1", encoding.step1(), encoding.encodedY());
        this.limits2 = centred("kspace_encoding_step_2", encoding.step2(), encoding.encodedZ());
        boolean countersSayNothing = encoding.encodedY() > 1
                && readouts.size() > encoding.slices() * encoding.averages() * encoding.repetitions()
                && allZero(readouts, EncodingCounters::step1)
                && allZero(readouts, EncodingCounters::step2);
        this.trajectory1 = countersSayNothing ? TrajectorySteps.along(1, readouts) : null;
        this.trajectory2 = countersSayNothing && encoding.encodedZ() > 1 ? TrajectorySteps.along(2, readouts) : null;
        if (trajectory1 != null) {
            notes.add("the encoding counters are all 0: the lines were sorted by their trajectory");
        } else if (countersSayNothing) {
            notes.add("the encoding counters are all 0 and there is no trajectory to sort the lines by:"
                    + " they were averaged into one");
        }
        this.centerSampleIsMissing = readouts.stream()
                .allMatch(readout ->
                        readout.header().centerSample() == 0 && readout.header().samples() > 1);
        if (centerSampleIsMissing && !readouts.isEmpty()) {
            notes.add("center_sample is 0 in every readout: the middle sample was taken to be the centre of k-space");
        }
        this.reversedCentersAreTurned = readouts.stream()
                .map(Readout::header)
                .filter(header -> header.has(AcquisitionFlags.REVERSE))
                .allMatch(header -> header.samples() % 2 == 0 && header.centerSample() == header.samples() / 2);
        if (!readouts.isEmpty()) {
            compareCenters(readouts.get(0));
        }
    }

    Line place(Readout readout) {
        ReadoutHeader header = readout.header();
        int step1 = trajectory1 != null
                ? trajectory1.step(readout)
                : header.counters().step1() - limits1.center();
        int step2 = trajectory2 != null
                ? trajectory2.step(readout)
                : header.counters().step2() - limits2.center();
        if (Math.abs(step1) > encoding.encodedY() / 2 || Math.abs(step2) > encoding.encodedZ() / 2) {
            notes.addForReadout(header.scanCounter(), "lies outside of the encoded matrix");
        }
        int center = centerSampleIsMissing ? header.samples() / 2 : header.centerSample();
        if (reversedCentersAreTurned && header.has(AcquisitionFlags.REVERSE)) {
            center = header.samples() - 1 - center;
        }
        return new Line(readout, step1, step2, center);
    }

    /** A trajectory that crosses k = 0 elsewhere than at the centre sample is worth a word; the centre sample is believed. */
    private void compareCenters(Readout readout) {
        double crossing = TrajectorySteps.zeroCrossing(readout);
        int center = readout.header().centerSample();
        if (Math.abs(crossing - center) > 1) {
            notes.add(String.format(
                    Locale.ROOT,
                    "the trajectory crosses k = 0 at sample %.1f, center_sample says %d: center_sample was believed",
                    crossing,
                    center));
        }
    }

    /** A centre of 0 in a range of many lines is a field that was not filled in. */
    private EncodingLimits centred(String name, EncodingLimits limits, int encoded) {
        if (limits.center() > 0 || limits.maximum() == 0) {
            return limits;
        }
        int middle = limits.minimum() == 0 ? limits.count() / 2 : encoded / 2;
        notes.add("MRD header: encodingLimits/" + name + "/center is 0 of 0 to " + limits.maximum() + ": read as "
                + middle);
        return new EncodingLimits(limits.minimum(), limits.maximum(), middle);
    }

    private static boolean allZero(List<Readout> readouts, ToIntFunction<EncodingCounters> counter) {
        return readouts.stream()
                .allMatch(readout -> counter.applyAsInt(readout.header().counters()) == 0);
    }
}
