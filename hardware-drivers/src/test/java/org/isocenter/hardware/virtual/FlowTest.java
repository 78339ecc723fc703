package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.FlowPhantom;
import org.isocenter.hardware.virtual.phantom.FlowTube;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Motion;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Gradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fluid that flows through slices. */
class FlowTest {
    private static final double RAMP_SECONDS = 200e-6;
    private static final double LENGTH_METERS = 0.08;
    private static final double RADIUS_METERS = 0.008;

    /** One tube along z and nothing else, of a fluid that forgets its transverse magnetisation from pulse to pulse. */
    private record Tube(FlowPhantom flow, Material fluid) implements Phantom {
        static Tube of(
                double metersPerSecond, boolean laminar, double pulsation, double periodSeconds, Material fluid) {
            FlowTube tube = new FlowTube(Vec3.ZERO, Vec3.Z, LENGTH_METERS, RADIUS_METERS, metersPerSecond, laminar);
            return new Tube(new FlowPhantom(List.of(tube), pulsation, periodSeconds), fluid);
        }

        @Override
        public String name() {
            return "tube";
        }

        @Override
        public List<Material> materials() {
            return List.of(fluid);
        }

        @Override
        public int materialAt(double x, double y, double z) {
            return flow.materialAt(x, y, z) == 1 ? 0 : -1;
        }

        @Override
        public Optional<Motion> motion() {
            return flow.motion();
        }

        @Override
        public Vec3 halfExtentMeters() {
            return new Vec3(RADIUS_METERS, RADIUS_METERS, 0.5 * LENGTH_METERS);
        }
    }

    private static final double SLICE_GRADIENT = 400e3;
    private static final double PULSE_SECONDS = 4e-3;
    private static final double TIME_BANDWIDTH = 32;

    /** A sharp slice of 20 mm, saturated again and again; each time its signal is read. */
    private static Experiment saturation(double repetitionSeconds, int pulses) {
        Experiment experiment = new Experiment();
        Gradient slice = Experiment.trapezoid(SLICE_GRADIENT, PULSE_SECONDS);
        for (int i = 0; i < pulses; i++) {
            double begin = experiment.endSeconds();
            experiment
                    .rf(
                            Experiment.delayed(
                                    Experiment.sincPulse(90, PULSE_SECONDS, TIME_BANDWIDTH, 0, 0), RAMP_SECONDS),
                            null,
                            null,
                            slice)
                    .gradient(null, null, Experiment.trapezoid(-SLICE_GRADIENT / 2, PULSE_SECONDS))
                    .read(Experiment.adc(1, 2e-6));
            experiment.pause(repetitionSeconds - (experiment.endSeconds() - begin));
        }
        return experiment;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.02, 0.05, 0.09, 0.15})
    void plugFlowBringsAFreshShareOfTheSliceIntoEachRepetition(double metersPerSecond) {
        double repetition = 0.2;
        double t1 = 1.0;
        // So short a T2 that nothing transverse is left at the next pulse.
        Material fluid = new Material("fluid", 1, t1, 0.03);
        int pulses = 8;
        Result result = saturation(repetition, pulses).on(Tube.of(metersPerSecond, false, 0, 1, fluid));
        double found = result.magnitude(pulses - 1, 0) / result.magnitude(0, 0);
        double thickness = TIME_BANDWIDTH / PULSE_SECONDS / SLICE_GRADIENT;
        double fresh = Math.min(1, metersPerSecond * repetition / thickness);
        // Who has been hit once or more has been saturated by the last pulse, whatever was before.
        double sharp = fresh + (1 - fresh) * (1 - Math.exp(-repetition / t1));
        assertThat(found).isCloseTo(sharp, within(0.07));
        assertThat(found).isCloseTo(shareOfFirst(metersPerSecond, repetition, pulses, fluid), within(3e-3));
    }

    /** The same with the slopes of the slice's profile: points a tenth of a millimetre apart, carried on from pulse to pulse. */
    private static double shareOfFirst(double metersPerSecond, double repetition, int pulses, Material fluid) {
        double apart = 1e-4;
        int points = 800;
        double[] amplitude = new double[(int) Math.round(PULSE_SECONDS * 1e6)];
        double area = 0;
        for (int i = 0; i < amplitude.length; i++) {
            double t = (i + 0.5) / amplitude.length - 0.5;
            double x = Math.PI * TIME_BANDWIDTH * t;
            amplitude[i] = Math.sin(x) / x * (0.5 + 0.5 * Math.cos(2 * Math.PI * t));
            area += amplitude[i] * 1e-6;
        }
        double[][] hit = new double[points][];
        for (int k = 0; k < points; k++) {
            double offset = SLICE_GRADIENT * (k - points / 2) * apart;
            hit[k] = new double[] {0, 0, 1};
            for (int i = 0; i < amplitude.length; i += 2) {
                double b1 = 0.25 / area * 0.5 * (amplitude[i] + amplitude[i + 1]);
                BlochOracle.step(hit[k], b1, 0, offset, fluid, 2e-6);
            }
            double back = -Math.PI * offset * PULSE_SECONDS;
            double along = hit[k][0] * Math.cos(back) - hit[k][1] * Math.sin(back);
            double across = hit[k][0] * Math.sin(back) + hit[k][1] * Math.cos(back);
            hit[k][0] = along;
            hit[k][1] = across;
        }
        int shift = (int) Math.round(metersPerSecond * repetition / apart);
        double recovery = Math.exp(-repetition / fluid.t1Seconds());
        double[] mz = new double[points];
        Arrays.fill(mz, 1);
        double first = 0;
        double last = 0;
        for (int p = 0; p < pulses; p++) {
            double along = 0;
            double across = 0;
            double[] next = new double[points];
            Arrays.fill(next, 1);
            for (int k = 0; k < points; k++) {
                along += hit[k][0] * mz[k];
                across += hit[k][1] * mz[k];
                if (k + shift < points) {
                    next[k + shift] = 1 + (hit[k][2] * mz[k] - 1) * recovery;
                }
            }
            last = Math.hypot(along, across);
            first = p == 0 ? last : first;
            mz = next;
        }
        return last / first;
    }

    @Test
    void laminarFlowThroughABipolarPairTurnsTheWholeTubeByItsMeanVelocity() {
        double mean = 0.1;
        double gradient = 100e3;
        double flat = 1.5e-3;
        Experiment experiment = new Experiment().rf(Experiment.hardPulse(90, 50e-6, 0, 0));
        for (double sign : new double[] {1, -1}) {
            experiment.gradient(null, null, Experiment.trapezoid(sign * gradient, flat));
        }
        experiment.read(Experiment.adc(1, 2e-6));
        Material fluid = new Material("fluid", 1, 10, 10);
        Result moved = experiment.on(Tube.of(mean, true, 0, 1, fluid));
        Result still = experiment.on(Tube.of(0, true, 0, 1, fluid));
        double firstMoment = -gradient * (flat + RAMP_SECONDS) * (flat + 2 * RAMP_SECONDS);
        double gone = mean * (2 * (flat + 2 * RAMP_SECONDS) + 50e-6) / LENGTH_METERS;
        // Velocities from 0 to twice the mean are equally frequent: the mean phase, and sinc of its spread.
        double phase = -2 * Math.PI * mean * firstMoment;
        double turned = Math.IEEEremainder(moved.phase(0, 0) - still.phase(0, 0), 2 * Math.PI);
        assertThat(phase).isGreaterThan(0.1);
        assertThat(turned).isCloseTo(phase, within(0.01 * phase));
        assertThat(moved.magnitude(0, 0) / still.magnitude(0, 0))
                .isCloseTo((1 - gone) * Math.sin(phase) / phase, within(1e-3));
    }

    @Test
    void pulsatileFlowTurnsByTheVelocityOfItsMoment() {
        double mean = 0.1;
        double period = 1;
        double gradient = 100e3;
        double flat = 1.5e-3;
        double[] starts = {0.25, 0.75};
        Material fluid = new Material("fluid", 1, 10, 10);
        for (double start : starts) {
            Experiment experiment = new Experiment().pause(start).rf(Experiment.hardPulse(90, 50e-6, 0, 0));
            for (double sign : new double[] {1, -1}) {
                experiment.gradient(null, null, Experiment.trapezoid(sign * gradient, flat));
            }
            experiment.read(Experiment.adc(1, 2e-6));
            Result moved = experiment.on(Tube.of(mean, false, 0.5, period, fluid));
            Result still = experiment.on(Tube.of(0, false, 0, period, fluid));
            double firstMoment = -gradient * (flat + RAMP_SECONDS) * (flat + 2 * RAMP_SECONDS);
            double velocity = mean * (1 + 0.5 * Math.sin(2 * Math.PI * start / period));
            double phase = -2 * Math.PI * velocity * firstMoment;
            double turned = Math.IEEEremainder(moved.phase(0, 0) - still.phase(0, 0), 2 * Math.PI);
            // What left the tube on the way is fresh and sends nothing.
            assertThat(turned).isCloseTo(phase, within(0.01 * phase));
        }
    }

    @Test
    void fluidThatLeavesTakesItsSignalWithIt() {
        double speed = 0.2;
        double wait = 0.1;
        Material fluid = new Material("fluid", 1, 1e6, 1e6);
        Experiment experiment = new Experiment()
                .rf(Experiment.hardPulse(90, 50e-6, 0, 0))
                .read(Experiment.adc(1, 2e-6))
                .pause(wait)
                .read(Experiment.adc(1, 2e-6));
        Result result = experiment.on(Tube.of(speed, false, 0, 1, fluid));
        double left = speed * wait / LENGTH_METERS;
        assertThat(result.magnitude(1, 0) / result.magnitude(0, 0)).isCloseTo(1 - left, within(0.01));
    }

    @Test
    void theNumberOfThreadsDoesNotMatter() {
        Material fluid = new Material("fluid", 1, 1, 0.1);
        Phantom tube = Tube.of(0.1, true, 0.5, 0.3, fluid);
        Experiment experiment = saturation(0.05, 3);
        Result one = run(experiment, tube, 1);
        for (int threads : new int[] {2, 5}) {
            Result several = run(experiment, tube, threads);
            for (int window = 0; window < one.re().size(); window++) {
                assertThat(several.re().get(window)).isEqualTo(one.re().get(window));
                assertThat(several.im().get(window)).isEqualTo(one.im().get(window));
            }
        }
    }

    private static Result run(Experiment experiment, Phantom phantom, int threads) {
        try (VirtualScanner scanner = Experiment.scanner(phantom, Imperfections.NONE, threads)) {
            return Experiment.collect(scanner, experiment.table());
        }
    }
}
