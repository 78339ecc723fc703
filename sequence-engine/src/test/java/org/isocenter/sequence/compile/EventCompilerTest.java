package org.isocenter.sequence.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Iterator;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCompilerTest {
    private static final long US = 1_000_000;
    private static final EventChannel[] GRADIENTS = {EventChannel.GX, EventChannel.GY, EventChannel.GZ};

    private final SystemLimits generous = TestSystems.generous();

    private static EventTable compile(Sequence sequence, SystemLimits limits) throws UnsafeSequenceException {
        return EventCompiler.compile(SafetyCheck.check(sequence, limits));
    }

    private static RfPulse pulse(double hertz, long delayUs, double frequencyHertz, Shape magnitude, Shape phase) {
        return new RfPulse(hertz, magnitude, phase, null, 0, delayUs * US, 0, 0, frequencyHertz, 0.5, RfUse.EXCITATION);
    }

    private static Shape constant(int samples) {
        double[] ones = new double[samples];
        java.util.Arrays.fill(ones, 1);
        return new Shape(ones);
    }

    private static Sequence.Builder builder(SystemLimits limits) {
        return new Sequence.Builder(Rasters.of(limits));
    }

    /** Random trapezoids, sampled shapes and corners on all axes, each block turned its own way. */
    private static Sequence randomGradients(long seed, int blocks) {
        Random random = new Random(seed);
        Sequence.Builder builder = builder(TestSystems.generous());
        for (int b = 0; b < blocks; b++) {
            Gradient[] g = new Gradient[3];
            for (int axis = 0; axis < 3; axis++) {
                g[axis] = switch (random.nextInt(4)) {
                    case 0 -> null;
                    case 1 ->
                        new Gradient.Trapezoid(
                                (random.nextDouble() - 0.5) * 1e6,
                                (10 + random.nextInt(30)) * 10 * US,
                                random.nextInt(20) * 10 * US,
                                (10 + random.nextInt(30)) * 10 * US,
                                random.nextInt(5) * 10 * US);
                    case 2 ->
                        new Gradient.Uniform(
                                (random.nextDouble() - 0.5) * 2e5, hump(41), 0, 0, 30 * US, random.nextBoolean());
                    default ->
                        new Gradient.Corners(
                                3e5,
                                new Shape(0, random.nextDouble(), random.nextDouble() - 0.5, 0),
                                new Shape(0, 12, 31, 50),
                                20 * US);
                };
            }
            Vec3 axis = new Vec3(random.nextDouble() + 0.1, random.nextDouble(), random.nextDouble());
            Rotation turn = Rotation.about(axis, random.nextDouble() * 6);
            builder.block(1000 * US, null, g[0], g[1], g[2], null, List.of(new Extension.Turn(turn)));
        }
        return builder.build();
    }

    private static Shape hump(int samples) {
        double[] values = new double[samples];
        for (int i = 0; i < samples; i++) {
            values[i] = Math.pow(Math.sin(Math.PI * (i + 1) / (samples + 1)), 2);
        }
        return new Shape(values);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theStaircaseHasTheMomentOfTheTurnedWaveformsAtEveryBlocksEnd(long seed) throws UnsafeSequenceException {
        Sequence sequence = randomGradients(seed, 40);
        EventTable table = compile(sequence, generous);
        Played played = new Played(table);

        Vec3 expected = Vec3.ZERO;
        for (int block = 0; block < sequence.blockCount(); block++) {
            double[] area = new double[3];
            for (Axis axis : Axis.values()) {
                int id = sequence.gradientId(block, axis);
                area[axis.ordinal()] = id == 0
                        ? 0
                        : sequence.gradient(id).held(sequence.rasters()).areaPerMeter();
            }
            expected = expected.plus(sequence.rotation(block).apply(new Vec3(area[0], area[1], area[2])));
            long endTick = Math.round(sequence.startPs(block + 1) * 1e-12 * table.clockHertz());
            double[] wanted = {expected.x(), expected.y(), expected.z()};
            for (int axis = 0; axis < 3; axis++) {
                assertThat(played.integralUntil(GRADIENTS[axis], endTick))
                        .as("axis %d after block %d", axis, block + 1)
                        .isCloseTo(wanted[axis], within(1e-4));
            }
        }
    }

    @Test
    void aFlatTopIsOneEvent() throws UnsafeSequenceException {
        Sequence sequence = builder(generous)
                .block(null, new Gradient.Trapezoid(1e5, 100 * US, 5000 * US, 100 * US, 0), null, null, null, List.of())
                .build();

        Played played = new Played(compile(sequence, generous));

        // Zero at the start, ten steps up, the top, ten steps down, zero at the end.
        assertThat(played.of(EventChannel.GX)).hasSize(1 + 10 + 1 + 10 + 1);
        assertThat(played.of(EventChannel.GY)).hasSize(2);
    }

    @Test
    void everySampleOfAGradientWithOneForEachRasterIsPlayedAsItIs() throws UnsafeSequenceException {
        Shape shape = hump(49);
        Sequence sequence = builder(generous)
                .block(null, null, new Gradient.Uniform(2e5, shape, 0, 0, 30 * US, false), null, null, List.of())
                .build();
        List<Played.Event> gy = new Played(compile(sequence, generous)).of(EventChannel.GY);

        assertThat(gy).hasSize(1 + 49 + 1);
        for (int i = 0; i < 49; i++) {
            Played.Event expected =
                    new Played.Event(30_000 + i * 10_000L, EventChannel.GY, (float) (2e5 * shape.at(i)));
            assertThat(gy.get(1 + i)).isEqualTo(expected);
        }
    }

    @Test
    void everyRfSampleIsHeldForOneRasterAndItsSignGoesIntoThePhase() throws UnsafeSequenceException {
        int n = 400;
        double[] magnitude = new double[n];
        double[] phase = new double[n];
        double re = 0;
        double im = 0;
        for (int i = 0; i < n; i++) {
            double x = (i + 0.5 - n / 2.0) / 60;
            double value = Math.sin(Math.PI * x) / (Math.PI * x);
            magnitude[i] = Math.abs(value);
            phase[i] = value < 0 ? 0.5 : 0;
            double angle = 0.5 + 2 * Math.PI * (phase[i] + 1500 * (i + 0.5) * 1e-6);
            re += 1000 * magnitude[i] * Math.cos(angle) * 1e-6;
            im += 1000 * magnitude[i] * Math.sin(angle) * 1e-6;
        }
        Sequence sequence = builder(generous)
                .block(pulse(1000, 20, 1500, new Shape(magnitude), new Shape(phase)), null, null, null, null, List.of())
                .build();
        Played played = new Played(compile(sequence, generous));

        double sumRe = 0;
        double sumIm = 0;
        float amplitude = 0;
        float angle = 0;
        long since = 0;
        for (Played.Event event : played.events) {
            double dt = (event.tick() - since) / 1e9;
            sumRe += amplitude * Math.cos(angle) * dt;
            sumIm += amplitude * Math.sin(angle) * dt;
            since = event.tick();
            if (event.channel() == EventChannel.TX_AMPLITUDE) {
                amplitude = event.value();
                assertThat(amplitude).isNotNegative();
            } else if (event.channel() == EventChannel.TX_PHASE) {
                angle = event.value();
                assertThat(Math.abs(angle)).isLessThanOrEqualTo((float) Math.PI);
            }
        }
        assertThat(sumRe).isCloseTo(re, within(1e-8));
        assertThat(sumIm).isCloseTo(im, within(1e-8));
    }

    @Test
    void aBlockPulseIsOneAmplitudeWhicheverWayItIsStored() throws UnsafeSequenceException {
        RfPulse corners =
                new RfPulse(2000, new Shape(1, 1), null, new Shape(0, 300), 150e-6, 0, 0, 0, 0, 0, RfUse.EXCITATION);
        for (RfPulse rf : List.of(corners, pulse(2000, 0, 0, constant(300), null))) {
            Sequence sequence = builder(generous)
                    .block(rf, null, null, null, null, List.of())
                    .build();
            Played played = new Played(compile(sequence, generous));

            assertThat(played.of(EventChannel.TX_AMPLITUDE)).hasSize(4);
            assertThat(played.integral(EventChannel.TX_AMPLITUDE)).isCloseTo(0.6, within(1e-9));
        }
    }

    @Test
    void coarselySampledPulsesAreJoinedByStraightLines() throws UnsafeSequenceException {
        // Samples at 5, 15, 25 and 35 rasters: Pulseq's coarse dwell.
        RfPulse coarse = new RfPulse(
                1000,
                new Shape(0.2, 1, 0.6, 0.2),
                new Shape(0, 0, 0, 0),
                new Shape(5, 15, 25, 35),
                20e-6,
                0,
                0,
                0,
                0,
                0,
                RfUse.EXCITATION);
        Sequence sequence = builder(generous)
                .block(coarse, null, null, null, null, List.of())
                .build();
        Played played = new Played(compile(sequence, generous));

        List<Played.Event> amplitudes = played.of(EventChannel.TX_AMPLITUDE);
        Played.Event eleventh =
                amplitudes.stream().filter(e -> e.tick() == 10_000).findFirst().orElseThrow();
        assertThat(eleventh.value()).isCloseTo(1000 * (0.2f + 0.8f * 5.5f / 10), within(1e-2f));
        assertThat(amplitudes.get(1).value()).isEqualTo(200f);
    }

    @Test
    void aFrequencyInPpmFollowsTheField() throws UnsafeSequenceException {
        RfPulse ppm = new RfPulse(100, constant(1000), null, null, 0, 0, -100, 0, 0, 0, RfUse.SATURATION);
        Sequence sequence =
                builder(generous).block(ppm, null, null, null, null, List.of()).build();
        List<Played.Event> phases = new Played(compile(sequence, generous)).of(EventChannel.TX_PHASE);

        double hertz = -100e-6 * generous.larmorHertz();
        double step = phases.get(2).value() - phases.get(1).value();
        assertThat(step).isCloseTo(2 * Math.PI * hertz * 1e-6, within(1e-6));
    }

    @Test
    void theGateOpensBeforeThePulseAndClosesAfterIt() throws UnsafeSequenceException {
        SystemLimits limits = TestSystems.lowField();
        Sequence sequence = builder(limits)
                .block(500 * US, pulse(1000, 150, 0, constant(200), null), null, null, null, null, List.of())
                .build();
        List<Played.Event> gate = new Played(compile(sequence, limits)).of(EventChannel.TX_GATE);

        assertThat(gate)
                .extracting(Played.Event::tick, Played.Event::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0L, 0f),
                        org.assertj.core.groups.Tuple.tuple(50_000L, 1f),
                        org.assertj.core.groups.Tuple.tuple(450_000L, 0f),
                        org.assertj.core.groups.Tuple.tuple(500_000L, 0f));
    }

    @Test
    void theTableStartsAndEndsWithEveryChannelAtZero() throws UnsafeSequenceException {
        Played played = new Played(compile(randomGradients(7, 30), generous));
        for (EventChannel channel : EventChannel.values()) {
            if (channel == EventChannel.ADC || channel == EventChannel.TRIGGER_WAIT) {
                continue;
            }
            List<Played.Event> events = played.of(channel);
            assertThat(events.get(0).tick()).isZero();
            assertThat(events.get(0).value()).isZero();
            assertThat(events.get(events.size() - 1).tick()).isEqualTo(30_000_000L);
            assertThat(events.get(events.size() - 1).value()).isZero();
        }
    }

    @Test
    void chunksFollowOneAnotherWithoutGapAndNoEventIsOutOfOrder() throws UnsafeSequenceException {
        EventTable table = compile(randomGradients(11, 600), generous);
        Played played = new Played(table);

        assertThat(played.chunks).hasSizeGreaterThan(3);
        long tick = 0;
        for (EventChunk chunk : played.chunks) {
            assertThat(chunk.startTick()).isEqualTo(tick);
            assertThat(chunk.events()).isLessThanOrEqualTo(ChunkIterator.MOST);
            long last = chunk.startTick();
            for (int i = 0; i < chunk.events(); i++) {
                assertThat(chunk.tick()[i]).isBetween(last, chunk.endTick());
                last = chunk.tick()[i];
            }
            tick = chunk.endTick();
        }
        assertThat(tick).isEqualTo(table.durationTicks());
    }

    @Test
    void aBlockLongerThanAChunkIsCutAndCarriesOn() throws UnsafeSequenceException {
        int samples = 200_000;
        double[] ramp = new double[samples];
        for (int i = 0; i < samples; i++) {
            ramp[i] = (i + 1.0) / samples;
        }
        Sequence sequence = builder(generous)
                .block(pulse(1000, 0, 0, new Shape(ramp), null), null, null, null, null, List.of())
                .build();
        Played played = new Played(compile(sequence, generous));

        assertThat(played.chunks).hasSizeGreaterThan(2);
        assertThat(played.integral(EventChannel.TX_AMPLITUDE)).isCloseTo(0.5 * 1000 * 0.2, within(1e-3));
    }

    @Test
    void everyAdcWindowComesOnceAndInOrderWithItsDemodulation() throws UnsafeSequenceException {
        Sequence.Builder builder = builder(generous);
        for (int i = 0; i < 2000; i++) {
            Adc adc = new Adc(16 + i % 3, 10 * US, 20 * US, 2, 0, 100.0 * i, 0.001 * i, null);
            builder.block(400 * US, null, null, null, null, adc, List.of());
        }
        Sequence sequence = builder.build();
        EventTable table = compile(sequence, generous);
        List<Played.Window> windows = new Played(table).windows;

        assertThat(table.adcWindows()).isEqualTo(2000);
        assertThat(table.maxSamplesPerWindow()).isEqualTo(18);
        assertThat(windows).hasSize(2000);
        long samples = 0;
        for (int i = 0; i < 2000; i++) {
            Played.Window window = windows.get(i);
            assertThat(window.index()).isEqualTo(i);
            assertThat(window.tick()).isEqualTo((400L * i + 20) * 1000);
            assertThat(window.dwellTicks()).isEqualTo(10_000);
            assertThat(window.frequencyHertz()).isCloseTo(100.0 * i + 2e-6 * generous.larmorHertz(), within(1e-9));
            assertThat(window.phaseRadians()).isEqualTo(0.001 * i);
            samples += window.samples();
        }
        assertThat(table.adcSamples()).isEqualTo(samples);
    }

    @Test
    void timesDoNotDriftOnAClockThatNoRasterDivides() throws UnsafeSequenceException {
        SystemLimits limits = TestSystems.weak();
        Sequence.Builder builder = builder(limits);
        for (int i = 0; i < 5000; i++) {
            builder.block(
                    1010 * US, null, null, null, null, new Adc(10, 50 * US, 50 * US, 0, 0, 0, 0, null), List.of());
        }
        EventTable table = compile(builder.build(), limits);
        List<Played.Window> windows = new Played(table).windows;

        for (int i = 0; i < 5000; i++) {
            double exact = (1010e-6 * i + 50e-6) * 122.88e6;
            assertThat((double) windows.get(i).tick()).isCloseTo(exact, within(0.5001));
        }
        assertThat(table.durationSeconds()).isCloseTo(5.05, within(1e-8));
    }

    @Test
    void triggersRaiseTheirBitAndWaitsNameTheirInput() throws UnsafeSequenceException {
        List<Extension> two =
                List.of(new Extension.Trigger(1, 3, 10 * US, 100 * US), new Extension.Trigger(2, 1, 50 * US, 0));
        Sequence sequence = builder(generous)
                .block(200 * US, null, null, null, null, null, two)
                .build();
        Played played = new Played(compile(sequence, generous));

        assertThat(played.of(EventChannel.TRIGGER_OUT).stream().map(Played.Event::value))
                .containsExactly(0f, 4f, 0f, 0f);
        assertThat(played.of(EventChannel.TRIGGER_WAIT))
                .containsExactly(new Played.Event(50_000, EventChannel.TRIGGER_WAIT, 1));
    }

    @Test
    void aGradientThatSpansBlocksIsNotInterruptedByALabelBlockBetweenThem() throws UnsafeSequenceException {
        Gradient up = new Gradient.Corners(1e5, new Shape(0, 1, 1), new Shape(0, 20, 40), 0);
        Gradient down = new Gradient.Corners(1e5, new Shape(1, 1, 0), new Shape(0, 20, 40), 0);
        Sequence sequence = builder(generous)
                .block(null, up, null, null, null, List.of())
                .block(0, null, null, null, null, null, List.of(new Extension.Label(false, "LIN", 3)))
                .block(null, down, null, null, null, List.of())
                .build();
        List<Played.Event> gx = new Played(compile(sequence, generous)).of(EventChannel.GX);

        assertThat(gx.stream().filter(e -> e.tick() >= 200_000 && e.tick() < 600_000))
                .containsExactly(new Played.Event(200_000, EventChannel.GX, 1e5f));
    }

    @Test
    void anHourIsCompiledInSmallChunks() throws UnsafeSequenceException {
        Sequence.Builder builder = builder(generous);
        RfPulse rf = pulse(500, 0, 300, constant(1000), null);
        Gradient slice = new Gradient.Trapezoid(1e5, 100 * US, 1000 * US, 100 * US, 0);
        for (int i = 0; i < 3600; i++) {
            builder.block(1_000_000 * US, rf, null, null, slice, null, List.of());
        }
        EventTable table = compile(builder.build(), generous);

        assertThat(table.durationSeconds()).isEqualTo(3600);
        long events = 0;
        int longest = 0;
        for (Iterator<EventChunk> chunks = table.chunks(); chunks.hasNext(); ) {
            EventChunk chunk = chunks.next();
            events += chunk.events();
            longest = Math.max(longest, chunk.tick().length);
        }
        assertThat(events).isGreaterThan(3_600_000L);
        assertThat(longest).isLessThanOrEqualTo(ChunkIterator.MOST);
    }
}
