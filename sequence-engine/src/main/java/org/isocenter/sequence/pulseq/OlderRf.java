package org.isocenter.sequence.pulseq;

import java.util.HashMap;
import java.util.Map;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Shape;

/** What files before 1.5 do not say of an RF pulse: its centre and what it is for. */
final class OlderRf {
    /** Samples this near to the peak count as the peak. */
    private static final double PEAK = 0.99999;

    private static final double LARGEST_EXCITATION_DEGREES = 90.01;
    private static final double SHORTEST_FAT_SATURATION_PS = 6e9;
    private static final double FAT_PPM = -3.45;
    private static final double FAT_PPM_TOLERANCE = 0.05;

    /** Larmor frequencies of protons at the fields that such files were made for; the file does not say its own. */
    private static final double[] COMMON_LARMOR_HERTZ = {63.864e6, 63.68e6, 123.2e6, 127.728e6, 298.03e6};

    private static final double GAMMA_HERTZ_PER_TESLA = 42.576e6;

    /** Of all pulses of a file together; some seconds of work. */
    private static final long MAX_SAMPLES = 1L << 27;

    private record Shapes(Shape magnitude, Shape phaseCycles, Shape timeRaster) {}

    /** @param turnsPerHertz flip angle in turns of a pulse with an amplitude of 1 Hz */
    private record Facts(double centerSeconds, double turnsPerHertz) {}

    private final Rasters rasters;
    private final Map<String, String> definitions;
    private final Map<Shapes, Facts> known = new HashMap<>();
    private long samples;

    OlderRf(Rasters rasters, Map<String, String> definitions) {
        this.rasters = rasters;
        this.definitions = definitions;
    }

    /** The pulse with the centre and the use that its shape speaks for; no endless work for a hostile file. */
    RfPulse complete(Place at, RfPulse p) throws PulseqFormatException {
        RfPulse complete = complete(p);
        if (samples > MAX_SAMPLES) {
            throw at.error("the pulses have more than " + MAX_SAMPLES + " samples together");
        }
        return complete;
    }

    /** The pulse with the centre and the use that its shape speaks for. */
    RfPulse complete(RfPulse p) {
        Shapes shapes = new Shapes(p.magnitude(), p.phaseCycles(), p.timeRaster());
        Facts facts = known.get(shapes);
        if (facts == null) {
            samples += p.magnitude().length();
            facts = new Facts(centerPs(shapes) * 1e-12, turnsPerHertz(shapes));
            known.put(shapes, facts);
        }
        return new RfPulse(
                p.amplitudeHertz(),
                p.magnitude(),
                p.phaseCycles(),
                p.timeRaster(),
                facts.centerSeconds,
                p.delayPs(),
                p.frequencyPpm(),
                p.phasePpm(),
                p.frequencyHertz(),
                p.phaseRadians(),
                use(p, facts.turnsPerHertz));
    }

    /** A sample's time in picoseconds from the start of the shape. */
    private double timePs(Shapes shapes, int sample) {
        return (shapes.timeRaster == null ? sample + 0.5 : shapes.timeRaster.at(sample)) * rasters.rfPs();
    }

    /** The middle of the first and the last sample at the peak. */
    private double centerPs(Shapes shapes) {
        double peak = 0;
        for (double m : shapes.magnitude.samples()) {
            peak = Math.max(peak, Math.abs(m));
        }
        int first = -1;
        int last = 0;
        for (int i = 0; i < shapes.magnitude.length(); i++) {
            if (Math.abs(shapes.magnitude.at(i)) >= PEAK * peak) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        return first < 0 ? 0 : (timePs(shapes, first) + timePs(shapes, last)) / 2;
    }

    private double turnsPerHertz(Shapes shapes) {
        double re = 0;
        double im = 0;
        double phaseBefore = 0;
        double cos = 1;
        double sin = 0;
        for (int i = 0; i + 1 < shapes.magnitude.length(); i++) {
            double phase = shapes.phaseCycles == null ? 0 : 2 * Math.PI * shapes.phaseCycles.at(i);
            if (phase != phaseBefore) {
                cos = Math.cos(phase);
                sin = Math.sin(phase);
                phaseBefore = phase;
            }
            double area = shapes.magnitude.at(i) * (timePs(shapes, i + 1) - timePs(shapes, i));
            re += area * cos;
            im += area * sin;
        }
        return Math.hypot(re, im) * 1e-12;
    }

    /**
     * The reference toolbox's guess: up to 90° an excitation; a long pulse on the frequency of fat a saturation; all else a
     * refocusing pulse.
     */
    private RfUse use(RfPulse pulse, double turnsPerHertz) {
        double degrees = turnsPerHertz * Math.abs(pulse.amplitudeHertz()) * 360;
        if (degrees < LARGEST_EXCITATION_DEGREES) {
            return RfUse.EXCITATION;
        }
        if (pulse.shapeDurationPs(rasters) > SHORTEST_FAT_SATURATION_PS && isOnFat(pulse.frequencyHertz())) {
            return RfUse.SATURATION;
        }
        return RfUse.REFOCUSING;
    }

    private boolean isOnFat(double frequencyHertz) {
        double[] larmor = COMMON_LARMOR_HERTZ;
        try {
            larmor = new double[] {GAMMA_HERTZ_PER_TESLA * Double.parseDouble(definitions.getOrDefault("B0", ""))};
        } catch (NumberFormatException e) {
            // no field in the definitions: try the common ones
        }
        for (double hertz : larmor) {
            if (Math.abs(frequencyHertz / hertz * 1e6 - FAT_PPM) <= FAT_PPM_TOLERANCE) {
                return true;
            }
        }
        return false;
    }
}
