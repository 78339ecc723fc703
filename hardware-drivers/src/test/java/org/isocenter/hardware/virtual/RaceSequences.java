package org.isocenter.hardware.virtual;

import java.util.SplittableRandom;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.sequence.RfPulse;

/** What the simulator is raced and checked with: a 2D spin echo and a 3D turbo spin echo on listed spins. */
final class RaceSequences {
    private static final double EXTENT_PER_METER = 500;
    private static final double DWELL = 20e-6;
    private static final double RAMP = 200e-6;

    private RaceSequences() {}

    /** Spins on a grid of so many columns and rows, 0.2 m wide, a little off resonance here and there. */
    static SpinList grid(int columns, int rows, int layers) {
        int count = columns * rows * layers;
        double[][] v = new double[7][count];
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < count; i++) {
            v[0][i] = 0.2 * ((i % columns + 0.5) / columns - 0.5);
            v[1][i] = 0.2 * ((i / columns % rows + 0.5) / rows - 0.5);
            v[2][i] = 0.08 * ((i / columns / rows + 0.5) / layers - 0.5) + 0.01 * (random.nextDouble() - 0.5);
            v[3][i] = random.nextDouble();
            v[4][i] = 0.3;
            v[5][i] = 0.1;
            v[6][i] = 300 * (v[0][i] * v[0][i] - v[1][i] * v[2][i]) / 0.01;
        }
        return new SpinList.Builder("grid", 1e-9)
                .places(v[0], v[1], v[2])
                .contrast(v[3], v[4], v[5])
                .offsets(v[6])
                .build();
    }

    /** 300 steps of a microsecond in each pulse. */
    static Experiment spinEcho(int lines, int samples) {
        Experiment e = new Experiment();
        double read = EXTENT_PER_METER / (samples * DWELL);
        double flat = samples * DWELL;
        double prephase = read * (flat / 2 + RAMP / 2) / (1e-3 + RAMP);
        for (int line = 0; line < lines; line++) {
            double k = EXTENT_PER_METER * ((double) line / lines - 0.5);
            e.rf(pulse(90, 0), null, null, Experiment.trapezoid(4e5, 300e-6));
            e.gradient(
                    Experiment.trapezoid(prephase, 1e-3),
                    Experiment.trapezoid(k / (1e-3 + RAMP), 1e-3),
                    Experiment.trapezoid(-2e5 * 500e-6 / (1e-3 + RAMP), 1e-3));
            e.rf(pulse(180, Math.PI / 2), null, null, Experiment.trapezoid(4e5, 300e-6));
            e.read(
                    Experiment.delayed(Experiment.adc(samples, DWELL), RAMP),
                    Experiment.trapezoid(read, flat),
                    null,
                    null);
            e.pause(20e-3);
        }
        return e;
    }

    private static RfPulse pulse(double degrees, double phase) {
        return Experiment.delayed(Experiment.sincPulse(degrees, 300e-6, 4, 0, phase), RAMP);
    }

    /** Hard pulses; each train reads so many lines of the plane across the readout. */
    static Experiment turboSpinEcho(int samples, int lines, int partitions, int train) {
        Experiment e = new Experiment();
        double read = EXTENT_PER_METER / (samples * DWELL);
        double flat = samples * DWELL;
        double half = read * (flat / 2 + RAMP / 2) / (1e-3 + RAMP);
        for (int shot = 0; shot < lines * partitions / train; shot++) {
            e.rf(Experiment.hardPulse(90, 300e-6, 0, 0));
            e.gradient(Experiment.trapezoid(half, 1e-3), null, null);
            for (int echo = 0; echo < train; echo++) {
                int index = shot * train + echo;
                double ky = EXTENT_PER_METER * ((double) (index % lines) / lines - 0.5) / (1e-3 + RAMP);
                double kz = 200 * ((double) (index / lines) / partitions - 0.5) / (1e-3 + RAMP);
                e.rf(Experiment.hardPulse(180, 300e-6, Math.PI / 2, 0));
                e.gradient(null, Experiment.trapezoid(ky, 1e-3), Experiment.trapezoid(kz, 1e-3));
                e.read(
                        Experiment.delayed(Experiment.adc(samples, DWELL), RAMP),
                        Experiment.trapezoid(read, flat),
                        null,
                        null);
                e.gradient(null, Experiment.trapezoid(-ky, 1e-3), Experiment.trapezoid(-kz, 1e-3));
            }
            e.pause(0.1);
        }
        return e;
    }

    /** The largest difference over the largest sample. */
    static double error(Experiment.Result found, NaiveStepper.Result expected) {
        double worst = 0;
        double largest = 0;
        for (int w = 0; w < expected.re().size(); w++) {
            for (int n = 0; n < expected.re().get(w).length; n++) {
                double re = expected.re().get(w)[n];
                double im = expected.im().get(w)[n];
                largest = Math.max(largest, Math.hypot(re, im));
                worst = Math.max(
                        worst, Math.hypot(found.re().get(w)[n] - re, found.im().get(w)[n] - im));
            }
        }
        return worst / largest;
    }
}
