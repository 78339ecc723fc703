package org.isocenter.sequence.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;

/**
 * Rasters, dead times, and events that keep to their blocks. A sequence may have coarser rasters than the system's, if they
 * are whole multiples. As Pulseq's toolboxes do, delays of RF, ADC and triggers are held against the RF raster and gradient
 * corners against the gradient raster. Dwell times are held against the system's ADC raster: they are written in ns, no
 * unit of them is the file's own raster, and files before 1.4 name none.
 */
final class TimingRules implements BlockRule {
    private final Sequence sequence;
    private final Rasters own;
    private final long systemAdcPs;
    private final long deadPs;
    private final long ringdownPs;
    private final long adcDeadPs;
    private final double larmorHertz;
    private final double clockHertz;
    private final boolean[] rfSeen;
    private final boolean[] gradientSeen;
    private final boolean[] adcSeen;

    private final Worst rasters = Worst.atMost("rasters fit the system", 0, "us", 0);
    private final Worst blocks = Worst.atMost("block duration on raster", 0, "us", 0);
    private final Worst rf = Worst.atMost("RF timing on raster", 0, "us", 0);
    private final Worst gradients = Worst.atMost("gradient timing on raster", 0, "us", 0);
    private final Worst adcs = Worst.atMost("ADC timing on raster", 0, "us", 0);
    private final Worst inside = Worst.atMost("events inside their blocks", 0, "us", 0);
    private final Worst rfDead;
    private final Worst ringdown;
    private final Worst adcDead;
    private final Worst apart = Worst.atMost("RF and ADC overlap", 0, "us", 0);
    private final Worst frequency;
    /** Dwell times that are no whole number of ticks drift; half a sample at the window's end is too much. */
    private final Worst sampling = Worst.atMost("ADC drift against the event clock", 0.5, "samples", 0);

    TimingRules(Sequence sequence, SystemLimits limits) {
        this.sequence = sequence;
        this.own = sequence.rasters();
        this.deadPs = Rasters.ps(limits.rfDeadSeconds());
        this.ringdownPs = Rasters.ps(limits.rfRingdownSeconds());
        this.adcDeadPs = Rasters.ps(limits.adcDeadSeconds());
        this.larmorHertz = limits.larmorHertz();
        this.clockHertz = limits.clockHertz();
        rfSeen = new boolean[sequence.rfCount() + 1];
        gradientSeen = new boolean[sequence.gradientCount() + 1];
        adcSeen = new boolean[sequence.adcCount() + 1];
        rfDead = Worst.atLeast("RF dead time", deadPs * 1e-6, "us");
        ringdown = Worst.atLeast("RF ring-down", ringdownPs * 1e-6, "us");
        adcDead = Worst.atLeast("ADC dead time", adcDeadPs * 1e-6, "us");
        frequency = Worst.atMost("frequency offset", limits.maxFrequencyOffsetHertz(), "Hz", 0);
        Rasters system = Rasters.of(limits);
        systemAdcPs = system.adcPs();
        compare("gradient", own.gradientPs(), system.gradientPs());
        compare("RF", own.rfPs(), system.rfPs());
        compare("ADC", own.adcPs(), system.adcPs());
        compare("block", own.blockPs(), system.blockPs());
    }

    private void compare(String what, long sequencePs, long systemPs) {
        onRaster(rasters, sequencePs, systemPs, () -> "the sequence's " + what + " raster");
    }

    @Override
    public void block(int block) {
        long durationPs = sequence.blockDurationPs(block);
        onRaster(blocks, durationPs, own.blockPs(), () -> at(block, 0) + ", duration");
        RfPulse pulse = sequence.rfId(block) == 0 ? null : sequence.rfPulse(sequence.rfId(block));
        Adc adc = sequence.adcId(block) == 0 ? null : sequence.adc(sequence.adcId(block));
        if (pulse != null) {
            rf(block, pulse, durationPs);
        }
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            if (id != 0) {
                gradient(block, axis, id, durationPs);
            }
        }
        if (adc != null) {
            adc(block, adc, durationPs);
        }
        if (pulse != null && adc != null) {
            overlap(block, pulse, adc);
        }
        for (Extension extension : sequence.extensions(sequence.extensionId(block))) {
            if (extension instanceof Extension.Trigger trigger) {
                onRaster(rf, trigger.delayPs(), own.rfPs(), () -> at(block, 0) + ", trigger delay");
                fits(block, "trigger", trigger.delayPs() + trigger.durationPs(), durationPs);
            }
        }
    }

    private void rf(int block, RfPulse pulse, long durationPs) {
        long endPs = pulse.endPs(own);
        fits(block, "RF", endPs, durationPs);
        rfDead.see(
                pulse.delayPs() * 1e-6,
                () -> at(block, pulse.delayPs()) + ", RF: starts " + Worst.us(pulse.delayPs())
                        + " after its block, and the transmit gate needs " + Worst.us(deadPs) + "; a delay of "
                        + Worst.us(nextUp(deadPs, own.rfPs())) + " passes");
        ringdown.see(
                (durationPs - endPs) * 1e-6,
                () -> at(block, endPs) + ", RF: the block ends " + Worst.us(durationPs - endPs)
                        + " after the pulse, and the ring-down takes " + Worst.us(ringdownPs) + "; a block of "
                        + Worst.us(nextUp(endPs + ringdownPs, own.blockPs())) + " passes");
        if (rfSeen[sequence.rfId(block)]) {
            return;
        }
        rfSeen[sequence.rfId(block)] = true;
        onRaster(rf, pulse.delayPs(), own.rfPs(), () -> at(block, 0) + ", RF delay");
        offset(block, "RF", pulse.delayPs(), pulse.frequencyOffsetHertz(larmorHertz));
    }

    private void gradient(int block, Axis axis, int id, long durationPs) {
        Gradient gradient = sequence.gradient(id);
        String name = "gradient " + letter(axis);
        fits(block, name, gradient.endPs(own), durationPs);
        if (gradientSeen[id]) {
            return;
        }
        gradientSeen[id] = true;
        long raster = own.gradientPs();
        onRaster(gradients, gradient.delayPs(), raster, () -> at(block, 0) + ", " + name + " delay");
        if (gradient instanceof Gradient.Trapezoid t) {
            onRaster(gradients, t.risePs(), raster, () -> at(block, t.delayPs()) + ", " + name + " rise");
            onRaster(gradients, t.flatPs(), raster, () -> at(block, t.delayPs()) + ", " + name + " flat");
            onRaster(gradients, t.fallPs(), raster, () -> at(block, t.delayPs()) + ", " + name + " fall");
        } else if (gradient instanceof Gradient.Corners c) {
            long[] times = c.waveform(own).timesPs();
            for (long time : times) {
                onRaster(gradients, time - c.delayPs(), raster, () -> at(block, time) + ", " + name + " corner");
            }
        }
    }

    private void adc(int block, Adc adc, long durationPs) {
        fits(block, "ADC", adc.endPs(), durationPs);
        adcDead.see(
                adc.delayPs() * 1e-6,
                () -> at(block, adc.delayPs()) + ", ADC: starts " + Worst.us(adc.delayPs())
                        + " after its block, and the receiver needs " + Worst.us(adcDeadPs) + "; a delay of "
                        + Worst.us(nextUp(adcDeadPs, own.rfPs())) + " passes");
        if (adcSeen[sequence.adcId(block)]) {
            return;
        }
        adcSeen[sequence.adcId(block)] = true;
        onRaster(adcs, adc.delayPs(), own.rfPs(), () -> at(block, 0) + ", ADC delay");
        onRaster(adcs, adc.dwellPs(), systemAdcPs, () -> at(block, adc.delayPs()) + ", ADC dwell");
        offset(block, "ADC", adc.delayPs(), adc.frequencyOffsetHertz(larmorHertz));
        double ticks = adc.dwellPs() * 1e-12 * clockHertz;
        double drift = Math.abs(Math.max(1, Math.rint(ticks)) - ticks) / ticks * adc.samples();
        sampling.see(
                drift,
                () -> at(block, adc.delayPs()) + ", ADC: a dwell of " + Worst.us(adc.dwellPs()) + " is "
                        + Worst.number(ticks) + " ticks; "
                        + Worst.us(Math.max(1, Math.rint(ticks)) / clockHertz * 1e12) + " passes");
    }

    private void overlap(int block, RfPulse pulse, Adc adc) {
        long rfStart = pulse.delayPs() - deadPs;
        long rfEnd = pulse.endPs(own) + ringdownPs;
        long adcStart = adc.delayPs() - adcDeadPs;
        long common = Math.min(rfEnd, adc.endPs()) - Math.max(rfStart, adcStart);
        apart.see(
                Math.max(0, common) * 1e-6,
                () -> at(block, adc.delayPs()) + ", ADC: open while the transmitter is, for " + Worst.us(common)
                        + "; an ADC delay of " + Worst.us(nextUp(rfEnd + adcDeadPs, own.rfPs())) + " passes");
    }

    private void offset(int block, String what, long delayPs, double hertz) {
        frequency.see(
                Math.abs(hertz),
                () -> at(block, delayPs) + ", " + what + ": " + Worst.number(hertz) + " Hz off the carrier; "
                        + Worst.number(Math.copySign(frequency.result().limit(), hertz)) + " Hz passes");
    }

    private void fits(int block, String what, long endPs, long durationPs) {
        inside.see(
                Math.max(0, endPs - durationPs) * 1e-6,
                () -> at(block, endPs) + ", " + what + ": ends " + Worst.us(endPs - durationPs)
                        + " after its block of " + Worst.us(durationPs) + "; a block of "
                        + Worst.us(nextUp(endPs, own.blockPs())) + " passes");
    }

    private interface Place {
        String text();
    }

    private static void onRaster(Worst check, long ps, long raster, Place place) {
        long over = Math.floorMod(ps, raster);
        long off = Math.min(over, raster - over);
        check.see(off * 1e-6, () -> {
            long below = Math.max(raster, ps - over);
            return place.text() + " of " + Worst.us(ps) + " is not on the raster of " + Worst.us(raster) + "; "
                    + Worst.us(off == over ? below : ps - over + raster) + " passes";
        });
    }

    private String at(int block, long inBlockPs) {
        return "block " + (block + 1) + " at " + Worst.ms(sequence.startPs(block) + inBlockPs);
    }

    private static long nextUp(long ps, long raster) {
        return (ps + raster - 1) / raster * raster;
    }

    static String letter(Axis axis) {
        return axis.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<CheckResult> results() {
        List<CheckResult> results = new ArrayList<>();
        for (Worst check : List.of(rasters, blocks, rf, gradients, adcs, inside)) {
            results.add(check.result());
        }
        for (Worst check : List.of(rfDead, ringdown, adcDead)) {
            if (check.seen()) {
                results.add(check.result());
            }
        }
        for (Worst check : List.of(apart, frequency, sampling)) {
            results.add(check.result());
        }
        return results;
    }
}
