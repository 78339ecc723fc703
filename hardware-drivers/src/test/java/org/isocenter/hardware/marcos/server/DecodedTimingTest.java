package org.isocenter.hardware.marcos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.marcos.MarcosAddress;
import org.isocenter.hardware.marcos.MargaCompiler;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.compile.TimedEvents;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table of our own as words and decoded again. */
class DecodedTimingTest {
    /** More than half a step of any converter. */
    private static final double TOLERANCE = 11;

    /** Of a step, what the channels of a board that change one after the other make up for it. */
    private static final double GIVEN_BACK = 0.5;

    private record Change(double clock, double value) {}

    @ParameterizedTest
    @CsvSource({"ocra1, 4", "ocra1, 19", "ocra1, 40", "gpa-fhdo, 2", "gpa-fhdo, 4", "gpa-fhdo, 10"})
    void everythingHappensAtItsClock(String board, int divider) throws Exception {
        EventTable table = LibraryTables.table("gre2d", 2, "osi2one");
        MarcosAddress address = MarcosAddress.parse(URI.create("marcos://none?board=" + board + "&spi=" + divider));
        AnnouncedRuns runs =
                new AnnouncedRuns(new MargaBoard((c, o, v) -> {}, (r, f, c, d) -> {}), new ConsoleUnits(address));
        runs.add(Program.alone(ByteBuffer.wrap(ClientOfTests.payload(table, address.marga()))));
        TimedEvents decoded = new DecodedEvents(runs, 0);
        double lead = changes(decoded, EventChannel.TX_GATE).get(1).clock()
                - changes(table, EventChannel.TX_GATE).get(1).clock();
        List<Change> windows = changes(decoded, EventChannel.ADC);
        for (Change window : changes(table, EventChannel.ADC)) {
            assertThat(windows.remove(0).clock()).isCloseTo(window.clock() + lead, within(1.0));
        }
        compare(table, decoded, EventChannel.TX_GATE, lead, 1, 0);
        compare(table, decoded, EventChannel.TX_AMPLITUDE, lead, 2, 0);
        boolean together = address.marga().board().updatesTogether();
        // One channel after the other: the first comes so much earlier, the last so much later.
        double apart = together ? 2 : address.marga().board().spacingClocks(divider) + 2;
        for (EventChannel gradient : new EventChannel[] {EventChannel.GX, EventChannel.GY, EventChannel.GZ}) {
            compare(table, decoded, gradient, lead, apart, together ? 0 : GIVEN_BACK);
        }
        assertThat(decoded.adcWindows()).isEqualTo(table.adcWindows());
        assertThat(decoded.adcSamples()).isEqualTo(table.adcSamples());
    }

    private static void compare(
            TimedEvents table,
            TimedEvents decoded,
            EventChannel channel,
            double lead,
            double clocks,
            double shareOfStep) {
        List<Change> expected = changes(table, channel);
        List<Change> found = changes(decoded, channel);
        assertThat(expected).hasSizeGreaterThan(2);
        double before = 0;
        int next = 0;
        double now = 0;
        for (int i = 0; i < expected.size(); i++) {
            Change change = expected.get(i);
            double at = change.clock() + lead;
            double following = expected.subList(i, expected.size()).stream()
                    .mapToDouble(Change::value)
                    .filter(v -> v != change.value())
                    .findFirst()
                    .orElse(change.value());
            for (; next < found.size() && found.get(next).clock() <= at - clocks; next++) {
                now = found.get(next).value();
            }
            assertThat(now)
                    .as("%s before %s", channel, at)
                    .isCloseTo(before, within(TOLERANCE + shareOfStep * Math.abs(change.value() - before)));
            for (; next < found.size() && found.get(next).clock() <= at + clocks; next++) {
                now = found.get(next).value();
            }
            before = change.value();
            assertThat(now)
                    .as("%s after %s", channel, at)
                    .isCloseTo(before, within(TOLERANCE + shareOfStep * Math.abs(following - before)));
        }
    }

    /** In clocks of the FPGA. */
    private static List<Change> changes(TimedEvents events, EventChannel channel) {
        List<Change> changes = new ArrayList<>();
        for (Iterator<EventChunk> chunks = events.chunks(); chunks.hasNext(); ) {
            EventChunk chunk = chunks.next();
            for (int i = 0; i < chunk.events(); i++) {
                if (chunk.channel()[i] == channel.ordinal()) {
                    double clock = chunk.tick()[i] * MargaCompiler.CLOCK_HERTZ / events.clockHertz();
                    // Of several in one tick the last one counts.
                    if (!changes.isEmpty() && changes.get(changes.size() - 1).clock() == clock) {
                        changes.remove(changes.size() - 1);
                    }
                    changes.add(new Change(clock, chunk.value()[i]));
                }
            }
        }
        return changes;
    }
}
