package org.isocenter.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.Iterator;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventGuardTest {
    private static final SystemLimits LIMITS = ScannerProfile.builtIn("osi2one").limits();
    private static final EventTable TABLE = LibraryTables.table("gre2d", 8, "osi2one");
    private static final EventTable LONG = LibraryTables.table("se2d", 64, "osi2one");

    private static EventGuard guard(EditedEvents events) {
        return new EventGuard(events, TABLE.gradientRasterSeconds(), LIMITS, "test");
    }

    /** What is done to a table, and what the guard must say. */
    static Stream<Arguments> mutations() {
        return Stream.of(
                spoilt("RF above the peak", "TX_AMPLITUDE: RF", EventChannel.TX_AMPLITUDE, 1.01 * LIMITS.rfPeakHertz()),
                spoilt("RF below zero", "TX_AMPLITUDE: RF -1 Hz", EventChannel.TX_AMPLITUDE, -1),
                spoilt("RF that is no number", "TX_AMPLITUDE: RF NaN", EventChannel.TX_AMPLITUDE, Double.NaN),
                spoilt("a phase that is no number", "TX_PHASE", EventChannel.TX_PHASE, Double.NaN),
                spoilt("a gate that is half open", "neither open", EventChannel.TX_GATE, 0.5),
                spoilt(
                        "a gradient above the limit",
                        "GZ: gradient",
                        EventChannel.GZ,
                        1.01 * LIMITS.gradientHertzPerMeter()),
                spoilt("a gradient that is no number", "GX: gradient NaN", EventChannel.GX, Double.NaN),
                spoilt("a gradient that jumps", "GZ: slew rate", EventChannel.GZ, 0.9 * LIMITS.gradientHertzPerMeter()),
                spoilt("a window that is not there", "no window", EventChannel.ADC, 77),
                gone("a gate that never opens", "gate is closed", EventChannel.TX_GATE),
                mutation(
                        "a gate that does not close",
                        "opens though it is open",
                        e -> e.remove(nextOf(e, EventChannel.TX_GATE, e.first(EventChannel.TX_GATE, 0)))),
                mutation("a window while the gate is open", "receiver opens while", e -> {
                    int gate = e.first(EventChannel.TX_GATE, 0);
                    e.chunks.get(0).channel()[gate + 1] = (byte) EventChannel.ADC.ordinal();
                    e.chunks.get(0).value()[gate + 1] = 0;
                }),
                mutation(
                        "a window that reaches into the next pulse",
                        "while the receiver is open",
                        e -> e.chunks.get(0).adcDwellTicks()[0] *= 20),
                mutation(
                        "a window of a wrong number",
                        "is due",
                        e -> e.chunks.get(0).adcIndex()[0] = 3),
                mutation(
                        "a window far off the carrier",
                        "frequency offset",
                        e -> e.chunks.get(0).adcFrequencyHertz()[0] = 1e6),
                mutation(
                        "a dwell time too short",
                        "dwell time",
                        e -> e.chunks.get(0).adcDwellTicks()[0] = 1),
                mutation(
                        "more samples than announced",
                        "samples",
                        e -> e.chunks.get(0).adcSamples()[0] = 1 << 20),
                mutation(
                        "a channel that is not there",
                        "no such channel",
                        e -> e.chunks.get(0).channel()[9] = 99),
                mutation(
                        "time that runs backwards",
                        "comes after",
                        e -> e.chunks.get(0).tick()[20] = 0),
                mutation(
                        "an event beyond its stretch",
                        "in a stretch that ends at",
                        e -> e.chunks.get(0).tick()[20] = Long.MAX_VALUE),
                mutation("a stretch that is missing", "follows one that ends", e -> e.chunks.add(e.chunks.get(0))),
                mutation("a gradient that stays on", "at the end", e -> {
                    EventChunk last = e.chunks.get(e.chunks.size() - 1);
                    for (int i = last.events() - 1; last.channel()[i] != EventChannel.GX.ordinal(); i--) {
                        last.value()[i] = 0;
                    }
                    last.value()[last.events() - 1 - 3] = 100;
                }));
    }

    private static int nextOf(EditedEvents e, EventChannel channel, int after) {
        EventChunk chunk = e.chunks.get(0);
        for (int i = after + 1; i < chunk.events(); i++) {
            if (chunk.channel()[i] == channel.ordinal()) {
                return i;
            }
        }
        return -1;
    }

    private static Arguments mutation(String name, String said, Consumer<EditedEvents> spoil) {
        return Arguments.of(name, said, spoil);
    }

    private static Arguments spoilt(String name, String said, EventChannel channel, double value) {
        return mutation(name, said, e -> e.chunks.get(0).value()[e.first(channel, 0)] = (float) value);
    }

    private static Arguments gone(String name, String said, EventChannel channel) {
        return mutation(name, said, e -> e.remove(e.first(channel, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutations")
    void whatIsWrongIsNamed(String name, String said, Consumer<EditedEvents> spoil) {
        EditedEvents events = new EditedEvents(TABLE).joined();
        spoil.accept(events);
        assertThatThrownBy(() -> guard(events).check())
                .isInstanceOfSatisfying(
                        ScannerException.class, e -> assertThat(e.kind()).isEqualTo(ScannerException.Kind.REFUSED))
                .hasMessageContaining(said)
                .hasMessageContaining(" s, ");
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    /** Any one value of a table that is set beyond what the hardware bears is found, wherever it is. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aValueBeyondTheLimitsIsFoundWhereverItIs(long seed) {
        Random random = new Random(seed);
        EditedEvents events = new EditedEvents(TABLE).joined();
        EventChunk chunk = events.chunks.get(0);
        int at = random.nextInt(chunk.events());
        float factor = (float) (1.01 + 100 * random.nextDouble() * random.nextDouble());
        float sign = random.nextBoolean() ? 1 : -1;
        String place = chunk.tick()[at] + " " + EventChannel.values()[chunk.channel()[at]];
        switch (EventChannel.values()[chunk.channel()[at]]) {
            case TX_AMPLITUDE -> chunk.value()[at] = factor * (float) LIMITS.rfPeakHertz();
            case TX_PHASE -> chunk.value()[at] = Float.POSITIVE_INFINITY * sign;
            case TX_GATE -> chunk.value()[at] = factor;
            case GX, GY, GZ -> chunk.value()[at] = sign * factor * (float) LIMITS.gradientHertzPerMeter();
            case ADC, TRIGGER_OUT, TRIGGER_WAIT -> chunk.value()[at] = -factor;
        }
        assertThatThrownBy(() -> guard(events).check()).as(place).isInstanceOf(ScannerException.class);
    }

    private static EventGuard guard(HandMadeEvents events) {
        return new EventGuard(events, LIMITS.gradientRasterSeconds(), LIMITS, "test");
    }

    /** A ramp up and down in so many steps of a raster. */
    private static HandMadeEvents ramp(double stepHertzPerMeter, int steps) {
        HandMadeEvents events = new HandMadeEvents();
        for (int i = 1; i <= 2 * steps; i++) {
            events.at(1000 + 10L * i, EventChannel.GX, stepHertzPerMeter * Math.min(i, 2 * steps - i));
        }
        return events;
    }

    @Test
    void aRampThatIsTooSteepIsFoundThoughNoStepIsAJump() throws Exception {
        double step = LIMITS.slewHertzPerMeterPerSecond() * LIMITS.gradientRasterSeconds();
        guard(ramp(step, 20)).check();
        assertThatThrownBy(() -> guard(ramp(1.2 * step, 20)).check())
                .hasMessageContaining("GX: slew rate over several steps");
    }

    @Test
    void stepsThatComeFasterThanTheRasterAreFound() {
        HandMadeEvents events = new HandMadeEvents()
                .at(1000, EventChannel.GX, 100)
                .at(1003, EventChannel.GX, 200)
                .at(2000, EventChannel.GX, 0);
        assertThatThrownBy(() -> guard(events).check()).hasMessageContaining("GX: time since the last step");
    }

    /** A pulse each 10 ms for three seconds; the duty limit is 0.3. */
    private static HandMadeEvents train(long lasting) {
        HandMadeEvents events = new HandMadeEvents();
        for (int i = 0; i < 300; i++) {
            events.pulse(1000 + 10_000L * i, lasting);
        }
        return events;
    }

    @Test
    void transmittingForTooMuchOfASecondIsFound() throws Exception {
        guard(train(3000)).check();
        assertThatThrownBy(() -> guard(train(3010)).check())
                .hasMessageContaining("RF duty over a second of 0.30")
                .hasMessageContaining("is above 0.3 of the time");
    }

    @Test
    void aPauseLetsTheDutyFall() throws Exception {
        HandMadeEvents events = new HandMadeEvents();
        for (int i = 0; i < 10; i++) {
            events.pulse(1000 + 1_000_000L * i, 250_000).pulse(300_000 + 1_000_000L * i, 49_000);
        }
        guard(events).check();
    }

    @Test
    void aGateThatStaysOpenIsFoundEvenWithoutAnyOtherEvent() throws Exception {
        HandMadeEvents events =
                new HandMadeEvents().at(1000, EventChannel.TX_GATE, 1).at(200_000, EventChannel.TX_GATE, 0);
        guard(events).check();
        HandMadeEvents longer =
                new HandMadeEvents().at(1000, EventChannel.TX_GATE, 1).at(400_000, EventChannel.GX, 0);
        assertThatThrownBy(() -> guard(longer).check()).hasMessageContaining("TX_GATE: open for");
    }

    @Test
    void rfTooSoonAfterTheGateOpensAndAGateThatClosesTooSoonAreFound() {
        HandMadeEvents soon = new HandMadeEvents()
                .at(1000, EventChannel.TX_GATE, 1)
                .at(1090, EventChannel.TX_AMPLITUDE, 1000)
                .at(1500, EventChannel.TX_AMPLITUDE, 0)
                .at(1600, EventChannel.TX_GATE, 0);
        assertThatThrownBy(() -> guard(soon).check()).hasMessageContaining("time since the gate opened");
        HandMadeEvents hasty = new HandMadeEvents()
                .at(1000, EventChannel.TX_GATE, 1)
                .at(1100, EventChannel.TX_AMPLITUDE, 1000)
                .at(1500, EventChannel.TX_AMPLITUDE, 0)
                .at(1590, EventChannel.TX_GATE, 0);
        assertThatThrownBy(() -> guard(hasty).check()).hasMessageContaining("time since the last RF");
    }

    @Test
    void nothingIsAllocatedForAnEvent() throws Exception {
        EditedEvents events = new EditedEvents(LONG);
        long count = events.chunks.stream().mapToLong(EventChunk::events).sum();
        guard(events).check();
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        guard(events).check();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(count).isGreaterThan(40_000);
        assertThat(allocated).isLessThan(40_000);
    }

    @Test
    void whatIsFineIsHandedOutUnchangedAndWhatIsNotIsHeldBack() {
        EditedEvents events = new EditedEvents(LONG);
        int last = events.chunks.size() - 1;
        EventChunk spoilt = events.chunks.get(last);
        spoilt.value()[spoilt.events() / 2] = Float.NaN;
        Iterator<EventChunk> pass = guard(events).chunks();
        for (int i = 0; i < last; i++) {
            assertThat(pass.next()).isSameAs(events.chunks.get(i));
        }
        assertThat(last).isPositive();
        assertThatThrownBy(pass::next).isInstanceOf(UncheckedScannerException.class);
    }
}
