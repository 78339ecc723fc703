package org.isocenter.sequence.check;

import java.util.IdentityHashMap;
import java.util.Map;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;

/** Whether every number is finite and every event makes sense by itself, so that the other checks can be believed. */
final class WellFormed {
    /** No time inside a block may exceed a day; sums of times then stay far from overflow. */
    private static final long DAY_PS = 86_400_000_000_000_000L;

    private final Sequence sequence;
    /** Shapes whose samples were looked at already; many events share one. */
    private final Map<Shape, Boolean> finiteShapes = new IdentityHashMap<>();

    WellFormed(Sequence sequence) {
        this.sequence = sequence;
    }

    /** What is wrong first, with its block from 1; empty when all is well. */
    String firstFault() {
        Rasters rasters = sequence.rasters();
        if (rasters.gradientPs() <= 0 || rasters.rfPs() <= 0 || rasters.adcPs() <= 0 || rasters.blockPs() <= 0) {
            return "a raster of the sequence is not positive: " + rasters + "; write all four as positive times";
        }
        boolean[] rfSeen = new boolean[sequence.rfCount() + 1];
        boolean[] gradientSeen = new boolean[sequence.gradientCount() + 1];
        boolean[] adcSeen = new boolean[sequence.adcCount() + 1];
        boolean[] extensionSeen = new boolean[sequence.extensionListCount() + 1];
        for (int block = 0; block < sequence.blockCount(); block++) {
            String fault = "";
            if (isNew(sequence.rfId(block), rfSeen)) {
                fault = rf(sequence.rfId(block));
            }
            for (Axis axis : Axis.values()) {
                int id = sequence.gradientId(block, axis);
                if (fault.isEmpty() && isNew(id, gradientSeen)) {
                    fault = gradient(id, axis);
                }
            }
            if (fault.isEmpty() && isNew(sequence.adcId(block), adcSeen)) {
                fault = adc(sequence.adcId(block));
            }
            if (fault.isEmpty() && isNew(sequence.extensionId(block), extensionSeen)) {
                fault = extensions(sequence.extensionId(block));
            }
            if (!fault.isEmpty()) {
                return "block " + (block + 1) + " at " + Worst.ms(sequence.startPs(block)) + ", " + fault;
            }
        }
        return "";
    }

    private static boolean isNew(int id, boolean[] seen) {
        if (id > 0 && id < seen.length && seen[id]) {
            return false;
        }
        if (id > 0 && id < seen.length) {
            seen[id] = true;
        }
        return id != 0;
    }

    private String rf(int id) {
        if (id < 0 || id > sequence.rfCount()) {
            return "RF: there is no RF event " + id + "; use an id from 1 to " + sequence.rfCount();
        }
        RfPulse rf = sequence.rfPulse(id);
        int n = rf.magnitude().length();
        if (n == 0) {
            return "RF: the pulse has no samples; give at least one";
        }
        if (!finite(
                rf.amplitudeHertz(),
                rf.centerSeconds(),
                rf.frequencyHertz(),
                rf.frequencyPpm(),
                rf.phasePpm(),
                rf.phaseRadians())) {
            return "RF: amplitude, centre, frequency or phase is not a finite number";
        }
        if (!finite(rf.magnitude()) || (rf.phaseCycles() != null && !finite(rf.phaseCycles()))) {
            return "RF: a sample of the shape is not a finite number";
        }
        if (rf.phaseCycles() != null && rf.phaseCycles().length() != n) {
            return "RF: " + rf.phaseCycles().length() + " phase samples for " + n + " magnitude samples";
        }
        if (rf.timeRaster() != null && (rf.timeRaster().length() != n || !isTimes(rf.timeRaster()))) {
            return "RF: the time shape must have " + n + " times that do not decrease, the last above zero";
        }
        return inADay(rf.delayPs(), rf.shapeDurationPs(sequence.rasters())) ? "" : times("RF");
    }

    private String gradient(int id, Axis axis) {
        String name = "gradient " + TimingRules.letter(axis);
        if (id < 0 || id > sequence.gradientCount()) {
            return name + ": there is no gradient event " + id + "; use an id from 1 to " + sequence.gradientCount();
        }
        Gradient gradient = sequence.gradient(id);
        boolean numbers;
        boolean inADay;
        if (gradient instanceof Gradient.Trapezoid t) {
            numbers = finite(t.amplitudeHertzPerMeter());
            inADay = inADay(t.delayPs(), t.risePs(), t.flatPs(), t.fallPs());
        } else if (gradient instanceof Gradient.Uniform u) {
            if (u.shape().length() == 0 || (u.oversampled() && u.shape().length() % 2 == 0)) {
                return name + ": a shape must have samples, and an odd number when it is oversampled";
            }
            numbers = finite(u.amplitudeHertzPerMeter(), u.first(), u.last()) && finite(u.shape());
            inADay = inADay(u.delayPs());
        } else {
            Gradient.Corners c = (Gradient.Corners) gradient;
            if (c.shape().length() != c.timeRaster().length() || !isTimes(c.timeRaster())) {
                return name + ": needs as many times as values, not decreasing, the last above zero";
            }
            numbers = finite(c.amplitudeHertzPerMeter()) && finite(c.shape());
            inADay = inADay(c.delayPs(), c.endPs(sequence.rasters()) - c.delayPs());
        }
        if (!numbers) {
            return name + ": an amplitude is not a finite number";
        }
        return inADay ? "" : times(name);
    }

    private String adc(int id) {
        if (id < 0 || id > sequence.adcCount()) {
            return "ADC: there is no ADC event " + id + "; use an id from 1 to " + sequence.adcCount();
        }
        Adc adc = sequence.adc(id);
        if (adc.samples() <= 0 || adc.dwellPs() <= 0) {
            return "ADC: " + adc.samples() + " samples of " + adc.dwellPs() + " ps; both must be positive";
        }
        if (!finite(adc.frequencyHertz(), adc.frequencyPpm(), adc.phasePpm(), adc.phaseRadians())) {
            return "ADC: frequency or phase is not a finite number";
        }
        if (adc.phaseShapeRadians() != null
                && (adc.phaseShapeRadians().length() != adc.samples() || !finite(adc.phaseShapeRadians()))) {
            return "ADC: the phase shape must have " + adc.samples() + " finite values";
        }
        return inADay(adc.delayPs()) && adc.dwellPs() <= DAY_PS / adc.samples() ? "" : times("ADC");
    }

    private String extensions(int id) {
        if (id < 0 || id > sequence.extensionListCount()) {
            return "extensions: there is no list " + id + "; use an id from 1 to " + sequence.extensionListCount();
        }
        for (Extension extension : sequence.extensions(id)) {
            if (extension instanceof Extension.Trigger t) {
                if (!inADay(t.delayPs(), t.durationPs())) {
                    return times("trigger");
                }
                if (t.channel() < 1 || t.channel() > 24) {
                    return "trigger: channel " + t.channel() + " is not one of 1 to 24";
                }
            }
        }
        return "";
    }

    private static String times(String event) {
        return event + ": a time is negative or longer than a day";
    }

    private static boolean inADay(long... ps) {
        for (long each : ps) {
            if (each < 0 || each > DAY_PS) {
                return false;
            }
        }
        return true;
    }

    private boolean isTimes(Shape times) {
        int n = times.length();
        if (n == 0 || !finite(times) || times.at(0) < 0 || !(times.at(n - 1) > 0) || times.at(n - 1) > 1e12) {
            return false;
        }
        for (int i = 1; i < n; i++) {
            if (times.at(i) < times.at(i - 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean finite(Shape shape) {
        if (finiteShapes.containsKey(shape)) {
            return true;
        }
        boolean finite = finite(shape.samples());
        if (finite) {
            finiteShapes.put(shape, true);
        }
        return finite;
    }

    private static boolean finite(double... values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
