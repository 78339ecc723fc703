package org.isocenter.sequence.pulseq;

import java.util.Map;
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

    private OlderRf() {}

    /** Sample times in picoseconds from the start of the shape. */
    static double[] sampleTimesPs(Shape magnitude, Shape timeRaster, long rfRasterPs) {
        double[] times = new double[magnitude.length()];
        for (int i = 0; i < times.length; i++) {
            times[i] = (timeRaster == null ? i + 0.5 : timeRaster.at(i)) * rfRasterPs;
        }
        return times;
    }

    /** The middle of the first and the last sample at the peak. */
    static double centerPs(Shape magnitude, double[] timesPs) {
        double peak = 0;
        for (double m : magnitude.samples()) {
            peak = Math.max(peak, Math.abs(m));
        }
        int first = -1;
        int last = 0;
        for (int i = 0; i < timesPs.length; i++) {
            if (Math.abs(magnitude.at(i)) >= PEAK * peak) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        return first < 0 ? 0 : (timesPs[first] + timesPs[last]) / 2;
    }

    /**
     * The reference toolbox's guess: up to 90° an excitation; a long pulse on the frequency of fat a saturation; all else a
     * refocusing pulse.
     */
    static RfUse use(RfPulse pulse, double[] timesPs, long durationPs, Map<String, String> definitions) {
        double re = 0;
        double im = 0;
        double phaseBefore = 0;
        double cos = 1;
        double sin = 0;
        for (int i = 0; i + 1 < timesPs.length; i++) {
            double phase = pulse.phaseCycles() == null
                    ? 0
                    : 2 * Math.PI * pulse.phaseCycles().at(i);
            double area = pulse.magnitude().at(i) * (timesPs[i + 1] - timesPs[i]);
            re += area * Math.cos(phase);
            im += area * Math.sin(phase);
        }
        double degrees = Math.hypot(re, im) * Math.abs(pulse.amplitudeHertz()) * 1e-12 * 360;
        if (degrees < LARGEST_EXCITATION_DEGREES) {
            return RfUse.EXCITATION;
        }
        if (durationPs > SHORTEST_FAT_SATURATION_PS && isOnFat(pulse.frequencyHertz(), definitions)) {
            return RfUse.SATURATION;
        }
        return RfUse.REFOCUSING;
    }

    private static boolean isOnFat(double frequencyHertz, Map<String, String> definitions) {
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
