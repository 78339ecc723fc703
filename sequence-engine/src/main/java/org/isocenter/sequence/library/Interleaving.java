package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Unit;
import org.isocenter.sequence.design.Grid;

/**
 * When within TR each slice is excited and, with a preparation, prepared: the centres of excitations are {@code slotPs} apart,
 * every preparation is its exact delay before the excitation of its slice, and no two overlap. The preparation of a slice may
 * stand between the trains of other slices.
 *
 * @param slices number of slices
 * @param slotPs between the excitations of slices that follow each other
 * @param repetitionPs TR
 * @param trainLeadPs from the start of a train to the excitation's centre
 * @param preparation or null
 */
record Interleaving(int slices, long slotPs, long repetitionPs, long trainLeadPs, Preparation preparation) {

    /** What is played: a train or the preparation for one, of the slice at {@code position} in the order of time. */
    record Event(long startPs, boolean prepares, long repetition, int position) {}

    private record Span(long fromPs, long toPs) {}

    /**
     * @param trainTailPs from the excitation's centre to the end of the train
     * @param onPs how long a train keeps the transmitter on
     * @param preparation or null
     */
    static Interleaving plan(
            Protocol protocol,
            int slices,
            long trainLeadPs,
            long trainTailPs,
            long onPs,
            Preparation preparation,
            SystemLimits limits,
            Grid grid,
            Problems problems) {
        long repetition = Timing.repetitionPs(protocol, grid);
        long preparePs = preparation == null ? 0 : preparation.leadPs() + preparation.tailPs();
        long prepareOnPs = preparation == null ? 0 : preparation.pulse().durationPs();
        long neededPs = trainLeadPs + trainTailPs + preparePs;
        Timing.repetition(protocol, slices, neededPs, onPs + prepareOnPs, limits, grid, problems);
        Interleaving even =
                new Interleaving(slices, grid.down(repetition / slices), repetition, trainLeadPs, preparation);
        if (preparation == null || !problems.none()) {
            return even;
        }
        long leastSlotPs = Timing.shortestSlotPs(neededPs, onPs + prepareOnPs, limits, grid);
        return even.prepared(protocol, trainTailPs, leastSlotPs, grid, problems);
    }

    /** Even slots where the preparation fits between trains; else shorter ones, so that it does. */
    private Interleaving prepared(Protocol protocol, long trainTailPs, long leastSlotPs, Grid grid, Problems problems) {
        String parameter = preparation.parameter();
        long delayPs = preparation.delayPs();
        // Before and after the centre of a preparation, what must be free up to the next train and from the last one.
        long afterPs = preparation.tailPs() + trainLeadPs;
        long beforePs = preparation.leadPs() + trainTailPs;
        problems.atLeast(
                parameter,
                afterPs * 1e-12,
                1e-5,
                "half the pulse, its spoiler and the lead of the excitation take " + Timing.ms(afterPs));
        problems.atMost(
                parameter,
                (repetitionPs - beforePs) * 1e-12,
                1e-5,
                "the pulse comes after the slice's train before it, which leaves " + Timing.ms(repetitionPs - beforePs)
                        + " of TR");
        if (!problems.none() || fits(trainTailPs)) {
            return this;
        }
        for (long between = 1; between < slices; between++) {
            long longest = Math.min((delayPs - afterPs) / between, (repetitionPs - beforePs - delayPs) / (slices - 1));
            Interleaving shorter =
                    new Interleaving(slices, grid.down(Math.max(0, longest)), repetitionPs, trainLeadPs, preparation);
            if (shorter.slotPs >= leastSlotPs && shorter.fits(trainTailPs)) {
                return shorter;
            }
        }
        // The last slot of TR may be longer by what the even ones leave; no delay nearer to a train than that.
        long rest = repetitionPs - slices * slotPs;
        long whole = delayPs / slotPs * slotPs;
        long inSlot = delayPs - whole;
        boolean tooEarly = inSlot < afterPs + rest;
        long sooner = (tooEarly ? whole : whole + slotPs) - beforePs - rest;
        long later = (tooEarly ? whole : whole + slotPs) + afterPs + rest;
        problems.add(
                parameter,
                "at " + parameter + " = " + Unit.SECOND.display(delayPs * 1e-12)
                        + " the pulse meets the train of another of the " + slices + " slices, which come every "
                        + Timing.ms(slotPs),
                Problems.roundedDown(sooner * 1e-12, 1e-5),
                Problems.roundedUp(later * 1e-12, 1e-5));
        return this;
    }

    /** Whether no train of a steady repetition overlaps another or a preparation. */
    private boolean fits(long trainTailPs) {
        List<Span> spans = new ArrayList<>();
        for (int slice = 0; slice < slices; slice++) {
            long center = slice * slotPs;
            long prepared = Math.floorMod(center - preparation.delayPs(), repetitionPs);
            spans.add(new Span(center - trainLeadPs, center + trainTailPs));
            spans.add(new Span(prepared - preparation.leadPs(), prepared + preparation.tailPs()));
        }
        spans.sort(Comparator.comparingLong(Span::fromPs));
        for (int i = 1; i < spans.size(); i++) {
            if (spans.get(i).fromPs < spans.get(i - 1).toPs) {
                return false;
            }
        }
        return spans.get(spans.size() - 1).toPs <= spans.get(0).fromPs + repetitionPs;
    }

    /** From the start of the sequence to the start of the first train. */
    private long leadInPs() {
        return preparation == null ? 0 : preparation.delayPs() + preparation.leadPs() - trainLeadPs;
    }

    long durationPs(long repetitions) {
        return leadInPs() + repetitions * repetitionPs;
    }

    /** All that is played, in the order of time. */
    List<Event> events(long repetitions) {
        List<Event> events = new ArrayList<>();
        for (long repetition = 0; repetition < repetitions; repetition++) {
            for (int position = 0; position < slices; position++) {
                long start = leadInPs() + repetition * repetitionPs + position * slotPs;
                events.add(new Event(start, false, repetition, position));
                if (preparation != null) {
                    events.add(new Event(start - leadInPs(), true, repetition, position));
                }
            }
        }
        events.sort(Comparator.comparingLong(Event::startPs));
        return events;
    }
}
