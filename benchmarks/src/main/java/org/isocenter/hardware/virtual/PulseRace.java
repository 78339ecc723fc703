package org.isocenter.hardware.virtual;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.isocenter.hardware.virtual.phantom.Material;

/**
 * Pulses of the virtual scanner beside a naive stepper, turn by turn in one run on one thread: a rotation by sine and cosine
 * and a decay per held step and spin, in double precision. Arguments: rounds (15). Lies in the simulator's package to reach it.
 */
public final class PulseRace {
    private static final int SPINS = 40_000;
    private static final Material TISSUE = new Material("tissue", 1, 0.3, 0.08);
    private static final List<Material> MATERIALS = List.of(TISSUE);

    private final Pulse steady;
    private final Pulse changing;
    private final double[][] offsets = new double[(SPINS + SpinBlock.LARGEST - 1) / SpinBlock.LARGEST][];
    private final float[][] factors = new float[offsets.length][];
    private final float[][][] places = new float[offsets.length][3][];

    private PulseRace(int steps) {
        steady = pulse(steps, false);
        changing = pulse(steps, true);
        Random random = new Random(1);
        for (int b = 0; b < offsets.length; b++) {
            int n = Math.min(SpinBlock.LARGEST, SPINS - b * SpinBlock.LARGEST);
            offsets[b] = new double[n];
            factors[b] = new float[n];
            Arrays.setAll(places[b], axis -> new float[n]);
            for (int i = 0; i < n; i++) {
                offsets[b][i] = 5e3 * (random.nextDouble() - 0.5);
                factors[b][i] = 0.9f + 0.15f * (b + random.nextFloat()) / offsets.length;
                for (float[] axis : places[b]) {
                    axis[i] = 0.02f * (random.nextFloat() - 0.5f);
                }
            }
        }
    }

    /** A Hann-windowed sinc of 90° in 3 ms, without a gradient or with one that changes every 10 us. */
    private static Pulse pulse(int steps, boolean gradients) {
        long[] ticks = new long[steps];
        float[] hertz = new float[steps];
        double[] phase = new double[steps];
        float[][] gradient = new float[3][steps];
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            double t = (i + 0.5) / steps - 0.5;
            double shape = Math.sin(4 * Math.PI * t) / (4 * Math.PI * t) * (0.5 + 0.5 * Math.cos(2 * Math.PI * t));
            ticks[i] = 3_000_000 / steps;
            hertz[i] = (float) Math.abs(shape);
            phase[i] = shape < 0 ? Math.PI : 0;
            sum += shape * 3e-3 / steps;
            for (int axis = 0; axis < 3 && gradients; axis++) {
                gradient[axis][i] = (float) (1e5 * Math.sin(0.1 * (i * 300 / steps) + axis));
            }
        }
        for (int i = 0; i < steps; i++) {
            hertz[i] *= (float) (0.25 / sum);
        }
        return new Pulse(ticks, hertz, phase, gradient, 1e-9);
    }

    /** The sum of the transverse magnetisation of all spins. */
    private double naive() {
        double e1 = Math.exp(-steady.stepSeconds(0) / TISSUE.t1Seconds());
        double e2 = Math.exp(-steady.stepSeconds(0) / TISSUE.t2Seconds());
        double sum = 0;
        for (double[] block : offsets) {
            for (double offset : block) {
                double[] m = {0, 0, 1};
                for (int s = 0; s < steady.steps(); s++) {
                    step(m, s, offset);
                    m[0] *= e2;
                    m[1] *= e2;
                    m[2] = 1 + (m[2] - 1) * e1;
                }
                sum += Math.hypot(m[0], m[1]);
            }
        }
        return sum;
    }

    /** Rodrigues' rotation about B1 and offset. */
    private void step(double[] m, int s, double offset) {
        double angle = 2 * Math.PI * steady.stepSeconds(s);
        double x = angle * steady.amplitudeHertz(s) * Math.cos(steady.phaseRadians(s));
        double y = angle * steady.amplitudeHertz(s) * Math.sin(steady.phaseRadians(s));
        double z = angle * offset;
        double turn = Math.sqrt(x * x + y * y + z * z) + 1e-300;
        x /= turn;
        y /= turn;
        z /= turn;
        double cos = Math.cos(turn);
        double sin = Math.sin(turn);
        double along = (1 - cos) * (x * m[0] + y * m[1] + z * m[2]);
        double mx = cos * m[0] + sin * (y * m[2] - z * m[1]) + along * x;
        double my = cos * m[1] + sin * (z * m[0] - x * m[2]) + along * y;
        m[2] = cos * m[2] + sin * (x * m[1] - y * m[0]) + along * z;
        m[0] = mx;
        m[1] = my;
    }

    private double table(boolean uneven) {
        PulseTable table = new PulseTable(steady, uneven ? 0.9 : 1, uneven ? 1.05 : 1, MATERIALS);
        double sum = 0;
        for (int b = 0; b < offsets.length; b++) {
            sum += sum(table.at(offsets[b], uneven ? factors[b] : null, 0));
        }
        return sum;
    }

    private double spinBySpin() {
        int segments = AffineMaps.segments(changing, 1.05, TISSUE);
        double sum = 0;
        for (int b = 0; b < offsets.length; b++) {
            PulseTurns turns = PulseTurns.atPlaces(changing, offsets[b], places[b], factors[b], segments);
            sum += sum(AffineMaps.of(turns, TISSUE));
        }
        return sum;
    }

    private static double sum(AffineMaps maps) {
        double sum = 0;
        for (int i = 0; i < maps.spins; i++) {
            sum += Math.hypot(maps.entry[2][i] + maps.entry[9][i], maps.entry[5][i] + maps.entry[10][i]);
        }
        return sum;
    }

    /** Processor time of this thread, which suffers less from other work on the machine. */
    private double seconds(int rival) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        double sum = switch (rival) {
            case 0 -> naive();
            case 1 -> table(false);
            case 2 -> table(true);
            default -> spinBySpin();
        };
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) * 1e-9;
        if (!(sum > 0)) {
            throw new IllegalStateException("no magnetisation: " + sum);
        }
        return seconds;
    }

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        String[] names = {
            "naive stepper",
            "table, built anew",
            "table of offset and B1, built anew",
            "spin by spin, changing gradient"
        };
        for (int steps : new int[] {300, 3000}) {
            PulseRace race = new PulseRace(steps);
            double difference = Math.abs(race.naive() - race.table(false)) / SPINS;
            System.out.printf("%d spins, %d steps; mean |Mxy| differs by %.1e%n", SPINS, steps, difference);
            double[][] times = new double[names.length][rounds];
            for (int round = -3; round < rounds; round++) {
                for (int rival = 0; rival < names.length; rival++) {
                    double seconds = race.seconds(rival);
                    if (round >= 0) {
                        times[rival][round] = seconds;
                    }
                }
            }
            for (double[] own : times) {
                Arrays.sort(own);
            }
            for (int rival = 0; rival < names.length; rival++) {
                double median = times[rival][rounds / 2];
                System.out.printf(
                        "%-36s %8.2f ms  %8.2e spin-steps/s  %6.1f times the naive one%n",
                        names[rival], 1e3 * median, (double) SPINS * steps / median, times[0][rounds / 2] / median);
            }
        }
    }
}
