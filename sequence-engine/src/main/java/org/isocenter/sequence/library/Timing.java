package org.isocenter.sequence.library;

import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Unit;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.design.Grid;

/** Rules that all imaging sequences share: what fits into TR, the transmitter's duty, and how far off centre one may go. */
final class Timing {
    private static final double SECOND_PS = 1e12;
    /** More than this many readouts is a mistake: their headers alone would fill the memory. */
    private static final long MOST_READOUTS = 500_000;

    private Timing() {}

    static String ms(long ps) {
        return Unit.SECOND.display(ps * 1e-12);
    }

    static long repetitionPs(Protocol protocol, Grid grid) {
        return grid.down(Rasters.ps(protocol.number("TR")));
    }

    /** The shortest slot of at least {@code slotPs} in which the transmitter may be on for {@code rfOnPs}. */
    static long shortestSlotPs(long slotPs, long rfOnPs, SystemLimits limits, Grid grid) {
        long least = slotPs;
        while (onInASecond(least, rfOnPs) > limits.rfDutyFraction()) {
            least += grid.stepPs();
        }
        return least;
    }

    /** TR is shared by the slices; each slice's part is on the grid. */
    static void repetition(
            Protocol protocol,
            int slices,
            long slotPs,
            long rfOnPs,
            SystemLimits limits,
            Grid grid,
            Problems problems) {
        repetition(protocol, slices, slotPs, 0, rfOnPs, limits, grid, problems);
    }

    /** As the other; some repetitions are shorter than TR by up to {@code shorterPs}. */
    static void repetition(
            Protocol protocol,
            int slices,
            long slotPs,
            long shorterPs,
            long rfOnPs,
            SystemLimits limits,
            Grid grid,
            Problems problems) {
        long tr = Rasters.ps(protocol.number("TR"));
        problems.atLeast(
                "TR",
                slices * slotPs * 1e-12,
                1e-5,
                slices == 1 ? "one repetition takes that long" : slices + " slices of " + ms(slotPs) + " each");
        if (grid.down(tr / slices) < slotPs) {
            return;
        }
        duty(protocol, "TR", slices, shorterPs, rfOnPs, limits, grid, problems);
    }

    /**
     * The transmitter's duty where pulses of together {@code rfOnPs} come {@code shares} times in each interval that the
     * parameter gives.
     */
    static void duty(
            Protocol protocol,
            String parameter,
            int shares,
            long rfOnPs,
            SystemLimits limits,
            Grid grid,
            Problems problems) {
        duty(protocol, parameter, shares, 0, rfOnPs, limits, grid, problems);
    }

    private static void duty(
            Protocol protocol,
            String parameter,
            int shares,
            long shorterPs,
            long rfOnPs,
            SystemLimits limits,
            Grid grid,
            Problems problems) {
        ParameterSpec spec = protocol.spec(parameter);
        double seconds = protocol.number(parameter);
        while (onInASecond(grid.down((Rasters.ps(seconds) - shorterPs) / shares), rfOnPs) > limits.rfDutyFraction()) {
            seconds = Problems.roundedDown(seconds + 1e-3, 1e-3);
            if (seconds > spec.maximum()) {
                break;
            }
        }
        if (seconds != protocol.number(parameter)) {
            String percent = Unit.PERCENT.display(limits.rfDutyFraction());
            problems.add(
                    parameter,
                    parameter + " must be ≥ " + spec.display(seconds) + ": the transmitter may be on for " + percent
                            + " of any second, and it is needed for " + ms(rfOnPs) + " each time",
                    seconds);
        }
    }

    /** Whether the transmitter bears pulses of together {@code rfOnPs} in each interval of this length, wherever they are in it. */
    static boolean withinDuty(long intervalPs, long rfOnPs, SystemLimits limits) {
        return onInASecond(intervalPs, rfOnPs) <= limits.rfDutyFraction();
    }

    /** Largest share of any second for pulses of together {@code onPs} in slots of {@code slotPs}, wherever in the slot. */
    private static double onInASecond(long slotPs, long onPs) {
        double whole = Math.floor(SECOND_PS / slotPs);
        double rest = SECOND_PS - whole * slotPs;
        return Math.min(1, (whole * onPs + Math.min(onPs, rest)) / SECOND_PS);
    }

    static void readouts(long count, Problems problems) {
        if (count > MOST_READOUTS) {
            problems.add(
                    "averages",
                    "these settings make " + count + " readouts; at most " + MOST_READOUTS + " are possible");
        }
    }

    /**
     * Whether pulses or windows reach from the isocentre to everything along an axis.
     *
     * @param axis unit vector in the patient
     * @param center of the field of view
     * @param reachMeters how far beyond the centre, to either side, one must get
     */
    static void offset(
            Protocol protocol,
            Vec3 axis,
            EncodingGeometry center,
            double reachMeters,
            double hertzPerMeter,
            SystemLimits limits,
            Problems problems) {
        double most = limits.maxFrequencyOffsetHertz() / Math.abs(hertzPerMeter) - reachMeters;
        double at = center.centerMeters().dot(axis);
        if (Math.abs(at) <= most * (1 + 1e-12)) {
            return;
        }
        String why = "the frequency offset would be "
                + Unit.HERTZ.display(Math.abs(hertzPerMeter) * (Math.abs(at) + reachMeters)) + ", and at most "
                + Unit.HERTZ.display(limits.maxFrequencyOffsetHertz()) + " is possible";
        if (most < 0) {
            problems.add("slices", "the stack is too high: " + why);
            return;
        }
        String parameter = "offsetX";
        double share = axis.x();
        if (Math.abs(axis.y()) > Math.abs(share)) {
            parameter = "offsetY";
            share = axis.y();
        }
        if (Math.abs(axis.z()) > Math.abs(share)) {
            parameter = "offsetZ";
            share = axis.z();
        }
        double allowed = protocol.number(parameter) + (Math.copySign(most, at) - at) / share;
        boolean down = allowed < protocol.number(parameter);
        double rounded = down ? Problems.roundedDown(allowed, 1e-4) : Problems.roundedUp(allowed, 1e-4);
        problems.add(parameter, "the field of view is too far off centre: " + why, rounded);
    }
}
