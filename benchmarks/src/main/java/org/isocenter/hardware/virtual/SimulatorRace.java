package org.isocenter.hardware.virtual;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.sequence.compile.EventTable;

/**
 * Races the simulator with the straight stepper of the tests, in the same run, and prints a table. Processor time is that of
 * all Java threads, which other work on the machine disturbs less than the clock on the wall. The stepper plays a part of
 * the work and is extrapolated by its steps. In this package to reach the loops themselves.
 */
public final class SimulatorRace {
    private static final int ROUNDS = 12;
    private static final int THREADS = 2;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private interface Work {
        void run();
    }

    private SimulatorRace() {}

    public static void main(String[] args) {
        System.out.printf(
                "Java %s, kernels: %s%n| what | figure |%n|---|---|%n",
                System.getProperty("java.version"),
                KernelChoice.fastest().getClass().getSimpleName());
        double stepsPerSecond = spinEcho();
        transmission(stepsPerSecond);
        reception();
        turboSpinEcho();
    }

    private static void row(String what, String format, Object... values) {
        System.out.printf(Locale.ROOT, "| %s | %s |%n", what, String.format(Locale.ROOT, format, values));
    }

    /** Returns the steps of a spin per second and core that the stepper makes. */
    private static double spinEcho() {
        SpinList few = RaceSequences.grid(20, 20, 1);
        EventTable part = RaceSequences.spinEcho(6, 128).table();
        NaiveStepper.Result expected = NaiveStepper.play(part, few, few.count());
        double processor = processorSeconds(() -> NaiveStepper.play(part, few, few.count()));
        double rate = expected.spinSteps() / processor;
        row("stepper in Java, spin-steps per second and core", "%.2g", rate);
        try (VirtualScanner scanner = Experiment.scanner(few, Imperfections.NONE, THREADS)) {
            double error = RaceSequences.error(Experiment.collect(scanner, part), expected);
            row("2D spin echo, largest error of k-space (400 spins, 6 lines)", "%.1e of the largest sample", error);
        }
        SpinList all = RaceSequences.grid(200, 200, 1);
        EventTable whole = RaceSequences.spinEcho(128, 128).table();
        double naive = processor * all.count() / few.count() * 128 / 6;
        try (VirtualScanner scanner = Experiment.scanner(all, Imperfections.NONE, THREADS)) {
            double[] best = best(() -> Experiment.collect(scanner, whole), ROUNDS);
            row("2D spin echo 128×128, 40,000 spins", "%.3f s wall, %.3f s processor", best[0], best[1]);
            row(
                    "the same by the stepper, extrapolated",
                    "%.0f s, ratio %.0f by processor time",
                    naive,
                    naive / best[1]);
        }
        return rate;
    }

    private static void turboSpinEcho() {
        SpinList spins = RaceSequences.grid(250, 250, 16);
        EventTable table = RaceSequences.turboSpinEcho(120, 80, 16, 16).table();
        try (VirtualScanner scanner = Experiment.scanner(spins, Imperfections.NONE, THREADS)) {
            double[] best = best(() -> Experiment.collect(scanner, table), 2);
            row("3D TSE 120×80×16, 1,000,000 spins", "%.2f s wall, %.2f s processor", best[0], best[1]);
        }
    }

    /** A pulse of 300 steps. */
    private static void transmission(double stepperRate) {
        int spins = SpinBlock.LARGEST;
        SplittableRandom random = new SplittableRandom(3);
        double[] offsets = random.doubles(spins, -2000, 2000).toArray();
        long[] ticks = new long[300];
        float[] amplitude = new float[300];
        double[] phase = new double[300];
        float[][] gradient = new float[3][300];
        Arrays.fill(ticks, 1);
        for (int i = 0; i < 300; i++) {
            amplitude[i] = 2000 * (float) Math.sin(Math.PI * i / 300);
            phase[i] = 0.01 * i;
        }
        Pulse pulse = new Pulse(ticks, amplitude, phase, gradient, 1e-6);
        double once = nanoseconds(() -> PulseTurns.atOffsets(pulse, offsets, null, 1)) / spins / 300;
        row(
                "RF, worked out step by step",
                "%.2g spin-steps/s per core, %.0f times the stepper",
                1e9 / once,
                1e9 / once / stepperRate);
        SpinBlock block = block();
        AffineMaps maps = new AffineMaps(spins);
        SpinKernels kernels = KernelChoice.fastest();
        double known = nanoseconds(() -> kernels.transmit(block, maps, 0.3)) / spins / 300;
        row(
                "RF, a pulse that is known",
                "%.2g spin-steps/s per core, %.0f times the stepper",
                1e9 / known,
                1e9 / known / stepperRate);
    }

    private static SpinBlock block() {
        SplittableRandom random = new SplittableRandom(1);
        double[] extent = {0.004, 0.02, 0.005, 20};
        float[][] v = new float[4][SpinBlock.LARGEST];
        for (int a = 0; a < 4; a++) {
            for (int i = 0; i < SpinBlock.LARGEST; i++) {
                v[a][i] = (float) (extent[a] * (random.nextDouble() - 0.5));
            }
        }
        SpinBlock block = new SpinBlock(0, v[0], v[1], v[2], v[3], null);
        for (int i = 0; i < SpinBlock.LARGEST; i++) {
            block.mx[i] = (float) random.nextDouble();
            block.my[i] = (float) random.nextDouble();
        }
        return block;
    }

    private static void reception() {
        SpinBlock block = block();
        Receivers receivers = new Receivers(new Spins(List.of(new SpinGroup(0, List.of(block))), 1e-9));
        int samples = 128;
        double dwell = 20e-6;
        GradientField gradient = GradientField.linear(500 / (samples * dwell), 0, 0);
        Window steady = new Window(
                0, samples, 0, samples, dwell, 0, 0, null, 1, (samples / 2 + 0.5) * dwell, gradient, null, null);
        receive("ADC of 128 samples under a constant gradient", receivers, block, steady);
        double[][] turns = new double[3][samples];
        for (int n = 0; n < samples; n++) {
            turns[0][n] = 500.0 * n / samples;
            turns[1][n] = 3 * Math.exp(-n / 60.0);
            turns[2][n] = 0.4 * Math.exp(-n / 20.0);
        }
        receive(
                "the same, bent by eddy currents",
                receivers,
                block,
                new Window(0, samples, 0, samples, dwell, 0, 0, null, 1, 0, null, turns, null));
        SpinKernels kernels = KernelChoice.fastest();
        SpinTurns turn = new SpinTurns();
        turn.set(block, new double[] {300, 20, -100, 0.005});
        float[] x = new float[SpinBlock.LARGEST];
        float[] y = new float[SpinBlock.LARGEST];
        BlockProjection ones = new BlockProjection(kernels.parts());
        PhaseCurves single = new PhaseCurves(new double[4][1], 1, new double[4]);
        ones.set(block, PhaseBasis.of(single, new double[4], null));
        float[] sum = new float[2];
        double direct = nanoseconds(() -> {
                    kernels.turn(block, turn, 1, block.mx, block.my, x, y);
                    kernels.project(block.spins, 1, ones.partLength(), ones.weight(), x, y, sum, sum);
                })
                / block.spins;
        row("ADC, sum over the spins for one sample", "%.2g spin-samples/s per core", 1e9 / direct);
    }

    private static void receive(String what, Receivers receivers, SpinBlock block, Window window) {
        Receiver receiver = receivers.of(window);
        ReceiverScratch scratch = new ReceiverScratch(KernelChoice.fastest());
        Accumulator sum = new Accumulator(window.samples());
        double perSpin = nanoseconds(() -> receiver.add(block, block.mx, block.my, 1, scratch, sum)) / block.spins;
        row(
                what,
                "%.2f ns per spin and window, %.2g spin-samples/s per core",
                perSpin,
                window.samples() * 1e9 / perSpin);
    }

    /** Least wall and processor seconds of some rounds. */
    private static double[] best(Work work, int rounds) {
        double wall = Double.POSITIVE_INFINITY;
        double processor = Double.POSITIVE_INFINITY;
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            double used = processorSeconds(work);
            wall = Math.min(wall, (System.nanoTime() - start) * 1e-9);
            processor = Math.min(processor, used);
        }
        return new double[] {wall, processor};
    }

    /** Of all Java threads. */
    private static double processorSeconds(Work work) {
        long before = processorNanos();
        work.run();
        return (processorNanos() - before) * 1e-9;
    }

    private static long processorNanos() {
        return Arrays.stream(CLOCK.getAllThreadIds())
                .map(CLOCK::getThreadCpuTime)
                .filter(nanos -> nanos > 0)
                .sum();
    }

    /** Least processor time of one call, on this thread. */
    private static double nanoseconds(Work work) {
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            int calls = 0;
            long start = CLOCK.getCurrentThreadCpuTime();
            long end = start;
            while (end - start < 50_000_000) {
                for (int i = 0; i < 10; i++) {
                    work.run();
                }
                calls += 10;
                end = CLOCK.getCurrentThreadCpuTime();
            }
            best = Math.min(best, (double) (end - start) / calls);
        }
        return best;
    }
}
