package org.isocenter.sequence.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isocenter.model.Rotation;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks that come again are not worked out again: what is played is held against the events themselves, tick by tick. */
class RepeatedBlocksTest {
    private static final long US = 1_000_000;

    /** A clock that every raster divides, the usual one that none does, and one that is no whole number of hertz. */
    @ParameterizedTest(name = "seed {0}, {1} Hz")
    @CsvSource({"1, 1e9", "2, 122.88e6", "3, 122.88e6", "4, 33333333.3", "5, 99999999"})
    void everyBlockPlaysItsOwnEventsWhatEverCameBefore(long seed, double clockHertz) throws UnsafeSequenceException {
        Random random = new Random(seed);
        SystemLimits limits = withClock(clockHertz);
        Sequence sequence = random(random, limits);

        Played played = new Played(EventCompiler.compile(SafetyCheck.check(sequence, limits)));

        for (Axis axis : Axis.values()) {
            List<Played.Event> events = played.of(EventChannel.valueOf("G" + axis));
            changesOnly(events);
            Holding now = new Holding(events);
            long raster = sequence.rasters().gradientPs();
            for (int block = 0; block < sequence.blockCount(); block++) {
                for (long at = 0; at < sequence.blockDurationPs(block); at += raster) {
                    double expected = gradient(sequence, block, at + raster / 2, axis);
                    assertThat(now.at(tick(sequence.startPs(block) + at, clockHertz)))
                            .as("%s in block %d at %d ps", axis, block + 1, at)
                            .isCloseTo((float) expected, within(1e-2f));
                }
            }
        }
        Holding amplitude = new Holding(played.of(EventChannel.TX_AMPLITUDE));
        Holding phase = new Holding(played.of(EventChannel.TX_PHASE));
        changesOnly(played.of(EventChannel.TX_AMPLITUDE));
        int windows = 0;
        for (int block = 0; block < sequence.blockCount(); block++) {
            if (sequence.rfId(block) != 0) {
                RfPulse pulse = sequence.rfPulse(sequence.rfId(block));
                for (int i = 0; i < pulse.magnitude().length(); i++) {
                    long tick = tick(sequence.startPs(block) + pulse.delayPs() + i * US, clockHertz);
                    assertThat(amplitude.at(tick))
                            .isCloseTo((float) (1000 * pulse.magnitude().at(i)), within(1e-4f));
                    double radians =
                            2 * Math.PI * (pulse.phaseCycles().at(i) + pulse.frequencyHertz() * (i + 0.5) * 1e-6)
                                    + pulse.phaseRadians();
                    assertThat(Math.abs(Math.IEEEremainder(phase.at(tick) - radians, 2 * Math.PI)))
                            .as("phase of sample %d in block %d", i, block + 1)
                            .isLessThan(1e-5);
                }
            }
            if (sequence.adcId(block) != 0) {
                Adc adc = sequence.adc(sequence.adcId(block));
                Played.Window window = played.windows.get(windows++);
                assertThat(window.tick()).isEqualTo(tick(sequence.startPs(block) + adc.delayPs(), clockHertz));
                assertThat(window.phaseRadians()).isEqualTo(adc.phaseRadians());
                assertThat(window.samples()).isEqualTo(adc.samples());
            }
        }
        assertThat(played.windows).hasSize(windows);
        assertThat(played.chunks).hasSizeGreaterThan(3);
    }

    private static long tick(long ps, double hertz) {
        return Math.round(ps * 1e-12 * hertz);
    }

    private static double gradient(Sequence sequence, int block, long ps, Axis axis) {
        double[] g = new double[3];
        for (Axis file : Axis.values()) {
            int id = sequence.gradientId(block, file);
            g[file.ordinal()] = id == 0
                    ? 0
                    : sequence.gradient(id).waveform(sequence.rasters()).at(ps);
        }
        Vec3 turned = sequence.rotation(block).apply(new Vec3(g[0], g[1], g[2]));
        return switch (axis) {
            case X -> turned.x();
            case Y -> turned.y();
            case Z -> turned.z();
        };
    }

    private static void changesOnly(List<Played.Event> events) {
        for (int i = 1; i < events.size() - 1; i++) {
            assertThat(events.get(i).value()).isNotEqualTo(events.get(i - 1).value());
        }
    }

    /** The value of a channel at times that do not decrease; an event a tick late by rounding counts as in time. */
    private static final class Holding {
        private final List<Played.Event> events;
        private int next;

        Holding(List<Played.Event> events) {
            this.events = events;
        }

        float at(long tick) {
            while (next < events.size() && events.get(next).tick() <= tick + 1) {
                next++;
            }
            return events.get(next - 1).value();
        }
    }

    private static Sequence random(Random random, SystemLimits limits) {
        List<Gradient> gradients = new ArrayList<>();
        gradients.add(null);
        gradients.add(new Gradient.Trapezoid(3e5, 200 * US, 300 * US, 150 * US, 0));
        gradients.add(new Gradient.Trapezoid(-2e5, 100 * US, 0, 150 * US, 40 * US));
        gradients.add(new Gradient.Corners(1e5, new Shape(0, 0.5, 0.5, -1, 0), new Shape(0, 11, 25, 50, 80), 20 * US));
        List<RfPulse> pulses = new ArrayList<>();
        List<Adc> adcs = new ArrayList<>();
        pulses.add(null);
        adcs.add(null);
        double[] magnitude = new double[300];
        double[] cycles = new double[300];
        for (int i = 0; i < 300; i++) {
            magnitude[i] = Math.sin(Math.PI * (i + 1) / 301);
            cycles[i] = i < 100 ? 0 : 0.25;
        }
        for (int i = 0; i < 3; i++) {
            for (int phase = 0; phase < 3; phase++) {
                pulses.add(new RfPulse(
                        1000,
                        new Shape(magnitude),
                        new Shape(cycles),
                        null,
                        150e-6,
                        (20 + i) * US,
                        0,
                        0,
                        i * 1234.5,
                        phase * 1.1,
                        RfUse.EXCITATION));
                adcs.add(new Adc(10 + i, 10 * US, (400 + 3 * i) * US, 0, 0, 0, phase * 1.1, null));
            }
        }
        List<List<Extension>> turns = List.of(
                List.of(),
                List.of(new Extension.Turn(Rotation.about(new Vec3(1, 2, -1), 1))),
                List.of(new Extension.Label(true, "LIN", 1)));
        Sequence.Builder builder = new Sequence.Builder(Rasters.of(limits));
        for (int block = 0; block < 300; block++) {
            builder.block(
                    (1000 + 10 * random.nextInt(3)) * US,
                    pulses.get(random.nextInt(pulses.size())),
                    gradients.get(random.nextInt(4)),
                    gradients.get(random.nextInt(4)),
                    gradients.get(random.nextInt(4)),
                    adcs.get(random.nextInt(adcs.size())),
                    turns.get(random.nextInt(3)));
        }
        return builder.build();
    }

    private static SystemLimits withClock(double hertz) {
        SystemLimits g = TestSystems.generous();
        return new SystemLimits(
                "clock",
                g.fieldTesla(),
                g.gammaHertzPerTesla(),
                g.gradientHertzPerMeter(),
                g.slewHertzPerMeterPerSecond(),
                g.rfPeakHertz(),
                1,
                10e-6,
                1e-6,
                1e-7,
                10e-6,
                0,
                0,
                0,
                g.maxFrequencyOffsetHertz(),
                hertz,
                1);
    }
}
