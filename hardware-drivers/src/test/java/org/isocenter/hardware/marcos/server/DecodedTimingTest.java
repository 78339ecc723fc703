package org.isocenter.hardware.marcos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
        String console = "board=" + board + "&spi=" + divider;
        MarcosAddress address = MarcosAddress.parse(URI.create("marcos://none?" + console));
        TimedEvents decoded = TablesOfWords.played(table, console);
        double lead = changes(decoded, EventChannel.TX_GATE).get(1).clock()
                - changes(table, EventChannel.TX_GATE).get(1).clock();
        List<Change> windows = changes(decoded, EventChannel.ADC);
        for (Change window : changes(table, EventChannel.ADC)) {
            assertThat(windows.remove(0).clock()).isCloseTo(window.clock() + lead, within(1.0));
        }
        compare(table, decoded, EventChannel.TX_GATE, lead, 1, 0);
        compare(table, decoded, EventChannel.TX_AMPLITUDE, lead, 1, 0);
        boolean together = address.marga().board().updatesTogether();
        // One channel after the other: the first comes so much earlier, the last so much later.
        double apart = together ? 1 : address.marga().board().spacingClocks(divider) + 1;
        for (EventChannel gradient : new EventChannel[] {EventChannel.GX, EventChannel.GY, EventChannel.GZ}) {
            compare(table, decoded, gradient, lead, apart, together ? 0 : GIVEN_BACK);
        }
        assertThat(decoded.adcWindows()).isEqualTo(table.adcWindows());
        assertThat(decoded.adcSamples()).isEqualTo(table.adcSamples());
    }

    /** The formula of decision 22: by it one can tell from the table when each channel changes, to the clock. */
    @ParameterizedTest
    @CsvSource({
        "gre2d, 2, ocra1, 19",
        "se2d, 2, ocra1, 4",
        "gre2d, 2, gpa-fhdo, 2",
        "se2d, 2, gpa-fhdo, 4",
        "epi2d, 8, gpa-fhdo, 2",
        "gre2d, 2, gpa-fhdo, 9"
    })
    void eachChannelChangesAtTheClockThatTheFormulaTells(String sequence, int lines, String board, int divider)
            throws Exception {
        EventTable table = LibraryTables.table(sequence, lines, "osi2one");
        TimedEvents decoded = TablesOfWords.played(table, "board=" + board + "&spi=" + divider);
        long lead = Math.round(changes(decoded, EventChannel.TX_GATE).get(1).clock())
                - Math.round(changes(table, EventChannel.TX_GATE).get(1).clock());
        List<EventChannel> axes = List.of(EventChannel.GX, EventChannel.GY, EventChannel.GZ);
        SortedMap<Long, Set<EventChannel>> asked = new TreeMap<>();
        Map<EventChannel, List<Long>> played = new EnumMap<>(EventChannel.class);
        Map<EventChannel, List<Long>> expected = new EnumMap<>(EventChannel.class);
        for (EventChannel axis : axes) {
            double before = 0;
            for (Change change : changes(table, axis)) {
                if (change.value() != before) {
                    asked.computeIfAbsent(lead + Math.round(change.clock()), none -> EnumSet.noneOf(EventChannel.class))
                            .add(axis);
                    before = change.value();
                }
            }
            // The first is what the console begins with.
            played.put(
                    axis,
                    changes(decoded, axis).stream()
                            .skip(1)
                            .map(c -> Math.round(c.clock()))
                            .toList());
            expected.put(axis, new ArrayList<>());
        }
        int spacing = board.equals("ocra1") ? 0 : 26 * (divider + 1) + 2;
        long next = Long.MIN_VALUE;
        for (Map.Entry<Long, Set<EventChannel>> moment : asked.entrySet()) {
            int channels = moment.getValue().size();
            next = Math.max(next, moment.getKey() - (channels - 1) * spacing / 2);
            for (EventChannel axis : List.of(EventChannel.GZ, EventChannel.GY, EventChannel.GX)) {
                if (moment.getValue().contains(axis)) {
                    expected.get(axis).add(next);
                    next += spacing;
                }
            }
        }
        for (EventChannel axis : axes) {
            List<Long> found = played.get(axis);
            assertThat(found).as("%s", axis).hasSizeGreaterThan(40).hasSameSizeAs(expected.get(axis));
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i))
                        .as("change %d of %s", i, axis)
                        .isEqualTo(expected.get(axis).get(i));
            }
        }
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
