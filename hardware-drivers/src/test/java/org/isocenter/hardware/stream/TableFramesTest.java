package org.isocenter.hardware.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableFramesTest {
    /** Events of one channel after another, as text, so that a difference can be read. */
    private static List<String> events(EventChunk chunk, EventChannel channel) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < chunk.events(); i++) {
            if (chunk.channel()[i] == channel.ordinal()) {
                String value = "" + chunk.value()[i];
                if (channel == EventChannel.ADC) {
                    int row = (int) chunk.value()[i];
                    value = chunk.adcIndex()[row] + " " + chunk.adcSamples()[row] + " " + chunk.adcDwellTicks()[row]
                            + " " + chunk.adcFrequencyHertz()[row] + " " + chunk.adcPhaseRadians()[row];
                }
                events.add(chunk.tick()[i] + ": " + value);
            }
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gre2d", "se2d", "epi2d"})
    void everyEventAndWindowOfATableIsThereAtItsTickInOrder(String sequence) throws Exception {
        EventTable table = LibraryTables.table(sequence, 16, "osi2one");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TableFrames.Summary summary = TableFrames.write(table, bytes);
        assertThat(summary.bytes()).isEqualTo(bytes.size());
        Received received = new Received();
        new FrameDecoder(4096).take(bytes.toByteArray(), 0, bytes.size(), received);

        assertThat(received.header)
                .isEqualTo(TableHeader.of(table, table.limits().larmorHertz()));
        assertThat(received.end).isEqualTo(new TableEnd(summary.chunks(), summary.events()));
        assertThat(received.chunks).hasSize(summary.chunks());
        for (EventChannel channel : EventChannel.values()) {
            List<String> sent = new ArrayList<>();
            for (Iterator<EventChunk> chunks = table.chunks(); chunks.hasNext(); ) {
                sent.addAll(events(chunks.next(), channel));
            }
            List<String> got = new ArrayList<>();
            received.chunks.forEach(chunk -> got.addAll(events(chunk, channel)));
            assertThat(got).as("%s", channel).isEqualTo(sent);
        }
        for (EventChunk chunk : received.chunks) {
            for (int i = 1; i < chunk.events(); i++) {
                assertThat(chunk.tick()[i]).isGreaterThanOrEqualTo(chunk.tick()[i - 1]);
            }
        }
    }

    /** A waveform of 4 bytes a value would be the least. */
    @ParameterizedTest
    @ValueSource(strings = {"gre2d", "epi2d"})
    void anEventCostsLittleMoreThanItsValue(String sequence) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TableFrames.Summary summary = TableFrames.write(LibraryTables.table(sequence, 16, "osi2one"), bytes);
        assertThat((double) summary.bytes() / summary.events()).isBetween(4.0, 5.5);
    }

    private static final class Received implements FrameDecoder.Sink {
        private final EventsReader reader = new EventsReader();
        private final List<EventChunk> chunks = new ArrayList<>();
        private TableHeader header;
        private TableEnd end;
        private int next;

        @Override
        public void frame(Frame frame) throws IOException {
            assertThat(frame.number()).isEqualTo(next++);
            switch (frame.type()) {
                case ARM -> header = TableHeader.read(frame);
                case EVENTS -> chunks.add(reader.read(frame));
                case END -> end = TableEnd.read(frame);
                default -> throw new AssertionError(frame);
            }
        }

        @Override
        public void damaged() {
            throw new AssertionError("a damaged frame");
        }

        @Override
        public void abort() {
            throw new AssertionError("an abort");
        }
    }
}
