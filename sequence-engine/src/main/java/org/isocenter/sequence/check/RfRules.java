package org.isocenter.sequence.check;

import java.util.ArrayDeque;
import java.util.List;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;

/** Peak amplitude, and the share of any second during which RF is on (its whole shape counts as on). */
final class RfRules implements BlockRule {
    private static final long SECOND_PS = 1_000_000_000_000L;

    private final Sequence sequence;
    private final PulseEnergies energies;
    private final Worst peak;
    private final Worst duty;
    /** Start, end and block of the pulses of the last second. */
    private final ArrayDeque<long[]> recent = new ArrayDeque<>();

    private long onPs;

    RfRules(Sequence sequence, SystemLimits limits, PulseEnergies energies) {
        this.sequence = sequence;
        this.energies = energies;
        peak = Worst.atMost("RF peak", limits.rfPeakHertz(), "Hz", SafetyCheck.TOLERANCE);
        duty = Worst.atMost("RF duty in any second", limits.rfDutyFraction(), "1", 1e-9);
    }

    @Override
    public void block(int block) {
        int id = sequence.rfId(block);
        if (id == 0) {
            return;
        }
        RfPulse pulse = sequence.rfPulse(id);
        double peakHertz = energies.of(id).peakHertz();
        peak.see(
                peakHertz,
                () -> "block " + (block + 1) + " at "
                        + Worst.ms(sequence.startPs(block) + pulse.delayPs()) + ", RF: " + Worst.number(peakHertz)
                        + " Hz; at most " + Worst.number(peak.result().limit())
                        + " Hz passes: a lower flip angle or a longer pulse");
        long start = sequence.startPs(block) + pulse.delayPs();
        long end = sequence.startPs(block) + pulse.endPs(sequence.rasters());
        while (!recent.isEmpty() && recent.peekFirst()[0] + SECOND_PS <= start) {
            closeOldest();
        }
        recent.addLast(new long[] {start, end, block});
        onPs += end - start;
    }

    /**
     * The second that starts with the oldest pulse. No other second between it and the next pulse's holds more: a window that
     * starts in a gap gains by moving on to the next pulse, one that starts inside a pulse by moving back to its start.
     */
    private void closeOldest() {
        long[] oldest = recent.peekFirst();
        long beyond = Math.max(0, recent.peekLast()[1] - (oldest[0] + SECOND_PS));
        double share = (double) (onPs - beyond) / SECOND_PS;
        duty.see(
                share,
                () -> "block " + (oldest[2] + 1) + " at " + Worst.ms(oldest[0]) + ", RF: on for "
                        + Worst.number(100 * share) + " % of the second that starts here; a TR longer by the factor "
                        + Worst.number(Math.ceil(1000 * share / duty.result().limit()) / 1000) + " passes");
        onPs -= oldest[1] - oldest[0];
        recent.pollFirst();
    }

    @Override
    public List<CheckResult> results() {
        while (!recent.isEmpty()) {
            closeOldest();
        }
        return List.of(peak.result(), duty.result());
    }
}
